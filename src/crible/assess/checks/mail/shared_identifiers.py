"""Does another mail of other words bear identifiers that programs give once?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.assess.relations import Relations, Shared
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """One answer for the identifiers of one header set, one for the conversation."""
    if reading.mail is None:
        return
    proven = relations.standing is not None and relations.standing.full
    once = [shared for shared in relations.shared if shared.kind != "thread-index"]
    if once:
        # A mail that its signature proves is the one copied from, if any was: the other is asked.
        yield _answer(once[0], once, "identifier-twice", Strength.WEAK if proven else Strength.MODERATE)
    for shared in relations.shared:
        if shared.kind == "thread-index":
            yield _answer(shared, [shared], "conversation-twice", Strength.WEAK)
            return


def _answer(first: Shared, all_: list[Shared], message: str, strength: Strength) -> Evidence:
    others = tuple(sorted({other for shared in all_ for other in shared.others}))
    params: Params = {
        "kinds": sorted({shared.where for shared in all_}),
        "name": excerpt(first.text),
        "other": excerpt(first.subject),
        "count": len(others),
    }
    return Evidence(Says.QUESTIONS, message, params, first.where, refs=others, strength=strength)


CHECK = Check(
    id="mail.shared-identifiers",
    version=1,
    question="Does another mail of other words bear identifiers that programs give once?",
    bears_on=Bears.ORIGIN,
    strength=Strength.MODERATE,
    source="RFC 2046 §5.1.1; ids of Exim and Google; MS-OXOMSG §2.2.1.3; measured on public mail",
    messages=("identifier-twice", "conversation-twice"),
    innocent=("innocent-sent-again", "innocent-constant-identifier", "innocent-list-changes", "innocent-topic-changed"),
    needs=frozenset({"shared"}),
    group="identifiers",
    look_around=look_around,
)
