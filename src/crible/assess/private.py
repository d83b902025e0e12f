"""Does a document look private? Decided from its clues and from who takes part, over the whole corpus.

The shelf errs towards closing: a document on it is counted, graded and one click with a reason away, whereas a private
letter shown to a whole newsroom cannot be taken back.
"""

from collections.abc import Iterable

from crible.model.sorting import Clue

ALONE = 1.0
"""Weight from which a clue closes the shelf by itself."""
WITH = 0.4
"""Weight of a clue that does where no office takes part."""
NO_OFFICE = "private-no-office"
ATTACHED = "private-attached"
"""Keys of domain `classes`, as those of the clues are."""
MOST = 5


def private(clues: Iterable[Clue], domains: Iterable[str] | None, offices: frozenset[str]) -> tuple[str, ...]:
    """Why a document looks private, as message keys of domain `classes`; empty if it does not.

    `domains` are those of everybody who takes part in a mail, one for each address, None for files and for mail to
    lists; `offices` are the corpus's own domains without those that give addresses to anybody. One office address may
    be the box owner's own: it takes two for office mail.
    """
    heaviest = sorted(clues, key=lambda clue: (-clue.weight, clue.key))
    alone = [clue.key for clue in heaviest if clue.weight >= ALONE]
    if domains is None:
        return tuple(alone[:MOST])
    met = list(domains)
    outside = len(met) >= 2 and sum(domain in offices for domain in met) < 2 and not _strangers(met, offices)
    if outside and (some := [clue.key for clue in heaviest if clue.weight >= WITH]):
        return (NO_OFFICE, *some)[:MOST]
    return tuple(alone[:MOST])


def _strangers(met: list[str], offices: frozenset[str]) -> bool:
    """So many that it is no private circle."""
    return len(met) - sum(domain in offices for domain in met) > 8
