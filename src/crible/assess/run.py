"""Puts the questions to a document and keeps the answers: rows for what was said, a set of ids for silence."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice

from crible.assess.check import Check
from crible.assess.checks import corpus, local
from crible.assess.relations import Relations
from crible.model.errors import CribleError
from crible.model.evidence import Evidence, Param, Says, Strength, Weighed
from crible.model.facts import Reading
from crible.proof.alignment import warm

MOST = 50
"""Answers kept of one check on one document, so that ten thousand signatures are not ten thousand rows."""
KNOWN = (CribleError, ValueError, LookupError, ArithmeticError, AttributeError, TypeError, RecursionError)
"""What a check may raise on a document nobody foresaw. It becomes an answer: this one could not be asked."""

ABOUT = {"mail": "mail", "office": "file", "pdf": "file", "image": "file"}
"""Families whose checks are silent on the other kind of document. They are not even asked there, which was half of all
that was asked of a mailbox with files."""

Answers = tuple[list[Weighed], list[str]]
Look = Callable[..., Iterator[Evidence]]


def prepare() -> None:
    """Load the outsiders' checks and the public suffix list while files can still be opened."""
    local()
    warm()


def weigh_local(reading: Reading, checks: Iterable[Check] | None = None) -> Answers:
    """What the checks of one document alone say, in the order of the list, and the ids of those that were silent."""
    asked = local() if checks is None else checks
    return _collected(((check, check.look) for check in asked if check.look), reading)


def weigh_corpus(reading: Reading, relations: Relations, checks: Iterable[Check] | None = None) -> Answers:
    """What the checks over signatures and other documents say, in the order of the list, and the silent ones' ids."""
    asked = corpus() if checks is None else checks
    looks = ((check, check.look_around) for check in asked if check.look_around)
    return _collected(looks, reading, relations)


def _collected(asked: Iterable[tuple[Check, Look]], reading: Reading, *known: Relations) -> Answers:
    rows: list[Weighed] = []
    silent: list[str] = []
    kind = "file" if reading.mail is None else "mail"
    for check, look in asked:
        if _about(check.id) not in ("", kind):
            silent.append(check.id)
            continue
        try:
            said = [evidence for evidence in islice(look(reading, *known), MOST) if evidence.says is not Says.SILENT]
        except KNOWN as error:
            said = [_failed(check, error)]
        if said:
            rows.extend(_weighed(check, evidence) for evidence in said)
        else:
            silent.append(check.id)
    return rows, sorted(silent)


@cache
def _about(check: str) -> str:
    """The kind of document that a check is about, by its id; empty for both."""
    return ABOUT.get(check.partition(".")[0], "")


def _failed(check: Check, error: Exception) -> Evidence:
    params: dict[str, Param] = {"check": check.id, "error": type(error).__name__}
    return Evidence(Says.UNTESTABLE, "check-failed", params, strength=Strength.NONE)


def _weighed(check: Check, evidence: Evidence) -> Weighed:
    return Weighed(
        check.id,
        check.version,
        evidence,
        evidence.strength if evidence.strength is not None else check.strength,
        evidence.bears_on if evidence.bears_on is not None else check.bears_on,
    )
