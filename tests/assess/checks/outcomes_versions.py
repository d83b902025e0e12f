"""Cases of the checks of versions: near copies, papers of one number, the same attachment, files from outside."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from crible.assess.relations import Carrier, Change, Relations, SameAttachment, Standing, Version
from crible.model.facts import Reading
from crible.model.files import FileFacts

Case = Callable[[Any], tuple[Reading, Relations]]
FILE = Reading("application/pdf", text="Facture 2017-031", file=FileFacts())
FIGURE = Change("15 000,00", "1 500,00", ("number",))
ADDED = Change("et la fondation Orme", "", ("words",))
ANOTHER = Change("Lucie Bonnet", "Karim Haddad", ("name",))
OTHER = Standing("b" * 64)
SAME = Version(OTHER, "leak/boite.mbox/000007/2~facture.pdf", 92, (FIGURE,), 1, number="2017031", dated=True)


def beside(version: Version, **near: Any) -> tuple[Reading, Relations]:
    return FILE, Relations(versions=(version,), **near)


def carried(make: Any, version: Version = SAME, **changes: Any) -> tuple[Reading, Relations]:
    """A version that a signed mail carries."""
    return beside(replace(version, carrier=make.other(), **changes))


def given(version: Version = SAME, **changes: Any) -> tuple[Reading, Relations]:
    """A version that the user brought from outside."""
    return beside(replace(version, reference=True, **changes))


def numbered(**changes: Any) -> tuple[Reading, Relations]:
    """A paper of the same number that nobody vouches for."""
    return beside(replace(SAME, **({"issuer": "imprimerievalette"} | changes)))


def attached(
    make: Any, *changes: Change, compared: bool = True, bound: bool = True, elsewhere: bool = False, **near: Any
) -> Any:
    same = SameAttachment("c" * 64, make.other(), "facture.pdf", "2", changes, len(changes), compared, bound, elsewhere)
    return FILE, Relations(attached=(same,), **near)


OUTCOMES: dict[str, dict[str, Case]] = {
    "corpus.near-version": {
        "version-differs-proven": lambda m: carried(m),
        "version-differs-reference": lambda m: given(),
        "version-edition-proven": lambda m: carried(m, announced="v2"),
        "version-edition-reference": lambda m: given(redated=True, dated=False),
        "version-differs": lambda m: beside(SAME),
    },
    "corpus.same-number": {"number-other-figures": lambda m: numbered()},
    "corpus.reference": {"reference-same-bytes": lambda m: (FILE, Relations(references=("presse/comptes.pdf",)))},
    "file.same-attachment": {
        "attachment-differs-signed": lambda m: attached(m, FIGURE),
        "attachment-differs-unbound": lambda m: attached(m, FIGURE, bound=False),
        "attachment-differs-elsewhere": lambda m: attached(m, FIGURE, elsewhere=True),
        "attachment-differs-both-signed": lambda m: attached(m, FIGURE, carriers=(Carrier(m.other("d")),)),
        "attachment-same-words": lambda m: attached(m),
        "attachment-other-bytes": lambda m: attached(m, compared=False),
    },
}
INNOCENT: dict[str, dict[str, Case]] = {
    "corpus.near-version": {
        "the same words in another format": lambda m: carried(m, changes=(), count=0),
        "a word for another": lambda m: carried(m, changes=(Change("joint", "annexé", ("words",)),)),
        "a mail, which has checks of its own": lambda m: (m.mail(), Relations(versions=(SAME,))),
        "a reference itself": lambda m: beside(SAME, reference=True),
    },
    "corpus.same-number": {
        "another number: the next of a series": lambda m: numbered(number=""),
        "another issuer": lambda m: numbered(issuer=""),
        "another date": lambda m: numbered(dated=False, redated=True),
        "it calls itself corrected": lambda m: numbered(announced="rectificative"),
        "a signed mail carries the other: asked once": lambda m: carried(m, issuer="imprimerievalette"),
        "the same figures": lambda m: numbered(changes=(ADDED,)),
    },
    "corpus.reference": {"none given": lambda m: (FILE, Relations())},
    "file.same-attachment": {"no signed copy": lambda m: (FILE, Relations())},
}
