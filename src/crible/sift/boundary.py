"""What a child says is held against what it could honestly say, before a row is made of it.

`msgspec` has checked the types. A child that was taken over can still name a span outside its document, a number that
no column holds, or a sentence that does not exist: each would end the run, or an export years later, instead of one
document. What it says of its own document's content cannot be checked here, and stays its word.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from crible.assess.checks import local
from crible.intake.kinds import CONTAINER_KINDS
from crible.model.entry import Begin, Closed, Refused, Slice
from crible.model.evidence import Weighed
from crible.model.examined import EXAMINATIONS
from crible.model.facts import Reading
from crible.model.image import ImageFacts
from crible.model.instant import Instant
from crible.model.ledger import Reason, State
from crible.sift.wire import Job, Outcome
from crible.words import keys, render

ENDS = frozenset({State.READ, State.UNREADABLE, State.ENCRYPTED, State.IGNORED})
"""States that are a child's to give: the others are the coordinator's."""
LARGEST = (1 << 63) - 1
"""That a database column holds."""
YEARS = (-62_135_510_400, 253_402_214_400)
"""Unix seconds of the years 1 to 9999 but for their first and last day: readable in every zone."""
KINDS = frozenset({"", "mail", "file", "locked", *CONTAINER_KINDS})
ANY_CHECK = "check-failed"
"""The message that every check may give."""


class BrokenReplyError(Exception):
    """A child said something out of turn, of the wrong type, or that cannot be."""


def check_member(entry: Slice | Begin | Refused, job: Job, last: int) -> None:
    """Raise BrokenReplyError unless the member can be one of the job's document, listed after ordinal `last`."""
    _hold(last < entry.ordinal <= LARGEST, "an ordinal out of order")
    _hold("\0" not in entry.name, "a name")
    if isinstance(entry, Refused):
        _hold(entry.state in ENDS, "a state")
        check_reason(entry.reason)
        return
    _check_sizes(entry.offset, entry.length)
    _check_instants(entry.instants)
    if isinstance(entry, Slice):
        _hold(entry.offset + entry.length <= job.length, "a span")
        _hold(len(entry.sha256) == 32, "a digest")


def check_outcome(outcome: Outcome, job: Job) -> None:
    """Raise BrokenReplyError unless the job can have ended so."""
    _hold(outcome.document == job.document, "an outcome out of turn")
    _hold(outcome.state in ENDS, "a state")
    _hold(outcome.state is State.READ or outcome.reading is None, "a reading of what was not read")
    _hold(outcome.container in KINDS, "a container")
    check_reason(outcome.reason)
    if outcome.closed is not None:
        _check_closed(outcome.closed)
    if outcome.reading is not None:
        _check_reading(outcome.reading)
    for weighed in outcome.weighed:
        _check_weighed(weighed)


def _check_closed(closed: Closed) -> None:
    _check_sizes(closed.listed, closed.framing, closed.remainder_bytes)
    check_reason(closed.remainder)


def _check_reading(reading: Reading) -> None:
    _hold(len(reading.wire) == 32 and len(reading.language) <= 8, "a reading")
    wants = reading.file.wants if reading.file else ()
    _hold(len(set(wants)) == len(wants) and set(wants) <= set(EXAMINATIONS), "an examination")
    _check_instants(_instants(reading))


def _check_weighed(weighed: Weighed) -> None:
    said = weighed.evidence
    _hold(weighed.check in _spoken() and said.message in _spoken()[weighed.check], "an answer of no check")


@cache
def _spoken() -> dict[str, frozenset[str]]:
    """What each check of one document may say."""
    return {check.id: frozenset((*check.messages, ANY_CHECK)) for check in local()}


@cache
def _codes() -> frozenset[str]:
    return keys("ledger")


def _instants(reading: Reading) -> Iterator[Instant]:
    if reading.mail is not None:
        yield from reading.mail.received
        if reading.mail.date is not None:
            yield reading.mail.date
    if reading.file is not None:
        yield from reading.file.instants
        yield from (mark.instant for mark in reading.file.marks if mark.instant is not None)
        yield from filter(None, (reading.file.created, reading.file.modified, reading.file.printed))
        yield from _picture_instants(reading.file.image)


def _picture_instants(image: ImageFacts | None) -> Iterator[Instant]:
    if image is not None:
        yield from filter(None, (image.taken, image.digitized, image.saved, image.located))
        yield from (step.instant for step in image.history if step.instant is not None)


def _check_instants(instants: Iterable[Instant]) -> None:
    for instant in instants:
        _hold(YEARS[0] <= instant.seconds <= YEARS[1], "an instant")
        _hold(instant.offset is None or -1440 < instant.offset < 1440, "an offset")


def check_reason(reason: Reason | None) -> None:
    """A reason must have its sentence: it is shown for as long as the case lives."""
    if reason is None:
        return
    _hold(reason.code in _codes(), "a reason")
    try:
        render("ledger", reason.code, dict(reason.params))
    except (LookupError, ValueError, AttributeError) as error:
        raise BrokenReplyError("a reason's parameters") from error


def _check_sizes(*sizes: int | None) -> None:
    _hold(all(size is None or 0 <= size <= LARGEST for size in sizes), "a size")


def _hold(holds: bool, what: str) -> None:
    if not holds:
        raise BrokenReplyError(what)
