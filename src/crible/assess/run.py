"""Puts the questions to a document and keeps the answers: rows for what was said, a set of ids for silence."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
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
    kind = _kind(reading)
    asked = _local(kind) if checks is None else _asked(kind, ((check, check.look) for check in checks))
    return _collected(asked, reading)


def weigh_corpus(reading: Reading, relations: Relations, checks: Iterable[Check] | None = None) -> Answers:
    """What the checks over signatures and other documents say, in the order of the list, and the silent ones' ids."""
    kind = _kind(reading)
    asked = _corpus(kind) if checks is None else _asked(kind, ((check, check.look_around) for check in checks))
    return _collected(asked, reading, relations)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The questions for one kind of document."""

    looks: tuple[tuple[Check, Look], ...]
    aside: tuple[str, ...]
    """Ids of those that are about the other kind: silent without being asked."""


@cache
def _local(kind: str) -> _Asked:
    return _asked(kind, ((check, check.look) for check in local()))


@cache
def _corpus(kind: str) -> _Asked:
    return _asked(kind, ((check, check.look_around) for check in corpus()))


def _asked(kind: str, looks: Iterable[tuple[Check, Look | None]]) -> _Asked:
    known = [(check, look) for check, look in looks if look]
    about = tuple((check, look) for check, look in known if _about(check.id) in ("", kind))
    return _Asked(about, tuple(check.id for check, _ in known if _about(check.id) not in ("", kind)))


def _collected(asked: _Asked, reading: Reading, *known: Relations) -> Answers:
    rows: list[Weighed] = []
    silent = list(asked.aside)
    for check, look in asked.looks:
        try:
            said = list(islice(look(reading, *known), MOST))
        except KNOWN as error:
            said = [_failed(check, error)]
        if said:  # of forty that are asked of a mail one or two answer
            said = [evidence for evidence in said if evidence.says is not Says.SILENT]
            rows.extend(_weighed(check, evidence) for evidence in said)
        if not said:
            silent.append(check.id)
    return rows, sorted(silent)


def _kind(reading: Reading) -> str:
    return "file" if reading.mail is None else "mail"


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
