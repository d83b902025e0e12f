"""mbox: mails one after the other, each after a line that starts with `From ` (RFC 4155, and what is really met).

A From_ line is taken for a separator where both hold:

* it opens the file, or follows an empty line (LF or CRLF); a UTF-8 byte order mark before the first one is allowed;
* it ends in a date as mail programs write it: `Thu Jan  1 00:00:00 1970`, with or without seconds, with a zone before
  or after the year, with a year of two digits, as in RFC 5322, or as in ISO 8601; the address before it may lack.

Rejected: every `From ` (the standard library's rule) tears mails in archives that were never quoted, at sentences like
"From the 12:30 train"; asking for an address loses `From - Thu Jan  1 ...`; Content-Length is wrong whenever somebody
edited the file. One exception: Eudora's `From ???@??? DATE` needs no empty line, as Eudora writes none.

A mail is what stands between its From_ line and the empty line before the next one. From_ lines and those empty lines
are framing, as is one empty line that ends the file. Bytes before the first From_ line belong to no mail: remainder,
or framing where they are blank.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from crible.intake.budget import Budget
from crible.model.entry import Closed, Entry, Resume, Slice
from crible.model.ledger import Reason
from crible.sandbox.window import Window

LONGEST = 1000
"""Bytes of the longest From_ line (RFC 5322 §2.1.1 ends lines at 998)."""
BOM = b"\xef\xbb\xbf"

_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_DAY = rb"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? ?)?"
_TIME = rb"[0-2]?\d:[0-5]\d(?::[0-6]\d)?"
_YEAR = rb"(?:(?:19|20)\d\d|\d\d)"
_ZONE = rb"(?: (?:[+-]\d{4}|\(?[A-Z]{1,5}\)?(?:[+-]\d{1,4})?))"
_DATE = re.compile(
    rb"(?:^| )(?:"
    + rb"%s%s [0-3]?\d,? %s%s{0,2} %s%s{0,2}" % (_DAY, _MONTH, _TIME, _ZONE, _YEAR, _ZONE)
    + rb"|%s[0-3]?\d[ -]%s[ -]%s %s%s{0,2}" % (_DAY, _MONTH, _YEAR, _TIME, _ZONE)
    + rb"|(?:19|20)\d\d[-/][01]\d[-/][0-3]\d[ T]%s(?:\.\d{1,9})?(?:Z| ?[+-]\d\d:?\d\d|%s)?" % (_TIME, _ZONE)
    + rb")(?: remote from \S{1,255})?$"
)


def is_from_line(line: bytes) -> bool:
    """Whether a line, without its line end, is a From_ line; where it stands is not asked."""
    if not line.startswith(b"From ") or len(line) > LONGEST:
        return False
    words = line[5:].split()
    return _DATE.search(b" ".join(words[-12:])) is not None


@dataclass(frozen=True, slots=True)
class _Cut:
    """Framing between two mails, as offsets into the window."""

    start: int
    end: int
    last: bool = False
    """The end of the file: no mail follows."""


def walk(
    window: Window,
    name: str,  # noqa: ARG001 every walker is called alike
    budget: Budget,
    resume: Resume | None = None,
) -> Iterator[Entry]:
    """Each mail as a Slice with its SHA-256, in one pass, then Closed.

    With `resume` the walk goes on there; what Closed says holds for the whole file all the same.
    """
    size = max(budget.chunk, 4 * LONGEST)
    ordinal, start, sliced = resume or (0, 0, 0)
    opened: int | None = None
    lead, blank = _lead(window, size) if resume else (0, True)
    framing = start - sliced - lead
    digest = sha256()
    for content, cut in _cuts(window, start, size):
        if opened is None:
            lead += len(content)
            blank = blank and not bytes(content).strip()
        else:
            digest.update(content)
        if cut is None:
            continue
        if opened is not None:
            yield Slice(ordinal, f"{ordinal:06d}", opened, cut.start - opened, digest.digest(), mail=True, quoted=True)
            ordinal += 1
        elif cut.last:
            if resume:  # the empty line that ends the file belongs to the last mail, whichever walk took that
                framing += cut.end - cut.start
            else:
                lead += cut.end - cut.start
            break
        if ordinal >= budget.entries and not cut.last:
            reason = Reason("budget", {"which": "entries", "limit": budget.entries})
            yield Closed(ordinal, framing, reason, window.length - cut.start + lead)
            return
        framing += cut.end - cut.start
        opened, digest = cut.end, sha256()
    yield _closed(ordinal, framing, lead, blank=blank)


def _closed(ordinal: int, framing: int, lead: int, *, blank: bool) -> Closed:
    """The account; blank lines before the first mail are framing, anything else there is nobody's."""
    if blank:
        return Closed(ordinal, framing + lead)
    return Closed(ordinal, framing, Reason("before-first", {"count": lead}), lead)


def _lead(window: Window, size: int) -> tuple[int, bool]:
    """How many bytes stand before the first From_ line, and whether they are blank."""
    lead, blank = 0, True
    for content, cut in _cuts(window, 0, size):
        lead += len(content)
        blank = blank and not bytes(content).strip()
        if cut is not None:
            break
    return lead, blank


def _cuts(window: Window, start: int, size: int) -> Iterator[tuple[memoryview, _Cut | None]]:
    """All bytes from `start` on that are no framing, in order; each piece with the framing that follows it, if any.

    `start` is where a line starts. A read of `size` bytes may cut a line, so the last `LONGEST` bytes of each read are
    looked at again together with the next.
    """
    held, base, looked = b"", start, start - 1
    while True:
        more = window.read(base + len(held), size)
        buffer = held + more
        last = len(more) < size
        view = memoryview(buffer)
        done = 0
        for cut in _separators(buffer, base, looked, first=base == start and not held, last=last):
            yield view[done : cut.start - base], cut
            done = cut.end - base
        if last:
            yield _ending(buffer, view, done, base)
            return
        looked = base + len(buffer) - LONGEST - 2
        keep = max(done, len(buffer) - LONGEST - 8)
        yield view[done:keep], None
        held, base = buffer[keep:], base + keep


def _separators(buffer: bytes, base: int, looked: int, *, first: bool, last: bool) -> Iterator[_Cut]:
    """The framing of each From_ line in the buffer that starts after offset `looked`."""
    limit = len(buffer) if last else len(buffer) - LONGEST - 2
    previous = 0
    if first:
        lead = len(BOM) if buffer.startswith(BOM) else 0
        if end := _line_end(buffer, lead):
            yield _Cut(base, base + end)
            previous = end
    at = buffer.find(b"\nFrom ", max(looked - base, 0))
    while 0 <= at < limit:
        at += 1
        end = _line_end(buffer, at)
        start = _empty_line(buffer, at)
        if start is None and at != previous and buffer.startswith(b"From ???@??? ", at):
            start = at
        if end and start is not None:
            yield _Cut(base + start, base + end)
            previous = end
        at = buffer.find(b"\nFrom ", at)


def _line_end(buffer: bytes, at: int) -> int | None:
    """Where the From_ line that starts at `at` ends, its line end included; None where none stands there."""
    if not buffer.startswith(b"From ", at):
        return None
    end = buffer.find(b"\n", at, at + LONGEST + 2)
    if end < 0:
        if len(buffer) - at > LONGEST:
            return None
        end = len(buffer)
    return min(end + 1, len(buffer)) if is_from_line(buffer[at:end].rstrip(b"\r")) else None


def _empty_line(buffer: bytes, at: int) -> int | None:
    """Where the empty line starts that ends just before `at`; None where the line before is not empty."""
    if at < 1 or buffer[at - 1] != 0x0A:
        return None
    start = at - 2 if at > 1 and buffer[at - 2] == 0x0D else at - 1
    return start if start == 0 or buffer[start - 1] == 0x0A else None


def _ending(buffer: bytes, view: memoryview, done: int, base: int) -> tuple[memoryview, _Cut]:
    """What is left of the last mail, and the empty line that ends the file as framing."""
    end = len(buffer)
    start = _empty_line(buffer, end) if end > done else None
    stop = end if start is None else start
    return view[done:stop], _Cut(base + stop, base + end, last=True)
