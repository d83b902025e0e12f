"""The text parts of a draft, decoded, and changes to their words written back in the part's own encoding."""

import binascii
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from crible.extract.mail.decoding import IDENTITY, quoted_printable
from crible.extract.mail.fields import Header
from crible.extract.mail.walker import leaves, walk
from crible.proof.repair.draft import Draft, Edit
from crible.proof.repair.recipes.transfer import STYLES, base64, quoted

MOST = 8
"""Text parts of one draft that are looked at."""
LONGEST = 1 << 18
"""Bytes of one text part whose words are looked at."""
CODECS = {
    "": "latin-1", "us-ascii": "latin-1", "utf-8": "utf-8", "utf8": "utf-8", "iso-8859-1": "latin-1",
    "iso-8859-15": "iso8859-15", "windows-1252": "cp1252", "cp1252": "cp1252", "windows-1250": "cp1250",
    "iso-8859-2": "iso8859-2", "windows-1251": "cp1251", "koi8-r": "koi8-r",
}  # fmt: skip
"""Only those that give back the bytes they were given; a text in another one is left alone."""


@dataclass(frozen=True)
class Text:
    """One text part of a draft."""

    start: int
    end: int
    """Of its body, in the draft."""
    mime: str
    encoding: str
    codec: str
    raw: bytes
    """Transfer encoding undone, line ends LF."""
    text: str
    """The words."""

    @cached_property
    def lines(self) -> list[bytes]:
        """The lines of `raw`."""
        return self.raw.split(b"\n")


@dataclass(frozen=True, slots=True)
class Change:
    """Characters `start` to `end` of a text replaced by others."""

    start: int
    end: int
    by: str


def texts(draft: Draft) -> list[Text]:
    """The text parts that can be written back just as they stand. Recipe after recipe asks it of the same draft."""
    if draft.mail.read is None or draft.mail.read[0] is not draft:
        draft.mail.read = draft, _texts(draft)
    found: list[Text] = draft.mail.read[1]
    return found


def _texts(draft: Draft) -> list[Text]:
    prefix = b"".join(field.raw if field.raw.endswith(b"\n") else field.raw + b"\n" for field in draft.mime) + b"\n"
    data = prefix + draft.body
    header = Header(tuple(field for field in draft.mime if field.name.startswith("content-")), len(prefix))
    found: list[Text] = []
    for part in leaves(walk(data, header)):
        if not part.mime.startswith("text/") or part.body_end - part.body_start > LONGEST or len(found) >= MOST:
            continue
        codec = CODECS.get(part.charset)
        raw = _decoded(data[part.body_start : part.body_end], part.encoding)
        words = _words(raw, codec) if codec and raw is not None else None
        if codec and raw is not None and words is not None:
            start, end = part.body_start - len(prefix), part.body_end - len(prefix)
            found.append(Text(start, end, part.mime, part.encoding, codec, raw, words))
    return found


def written(draft: Draft, text: Text, changes: Sequence[Change]) -> Iterator[Edit]:
    """The edit that makes the changes in the draft; none where the new words have no bytes in the part's charset."""
    shown = text.text
    out, at = [], 0
    for change in changes:
        out += [shown[at : change.start], change.by]
        at = change.end
    try:
        raw = "".join([*out, shown[at:]]).encode(text.codec)
    except UnicodeEncodeError:
        return
    stored = draft.body[text.start : text.end]
    low, high, new = _narrowed(text, stored, raw)
    if low < high or new:
        yield Edit(text.start + low, text.start + high, new)


def _decoded(body: bytes, encoding: str) -> bytes | None:
    if encoding == "base64":
        try:
            raw = binascii.a2b_base64(body)
        except binascii.Error:
            return None
    elif encoding == "quoted-printable":
        raw = quoted_printable(body)
    elif encoding in IDENTITY:
        raw = body
    else:
        return None
    return raw.replace(b"\r\n", b"\n")


def _words(raw: bytes, codec: str) -> str | None:
    """The text, if it can be written back as it was."""
    try:
        text = raw.decode(codec)
        return text if text.encode(codec) == raw else None
    except UnicodeError:
        return None


def _narrowed(text: Text, stored: bytes, raw: bytes) -> tuple[int, int, bytes]:
    """What range of the stored part changes, and into what; lines that stay keep their very bytes."""
    if text.encoding == "base64":
        width = len(stored.partition(b"\n")[0].rstrip(b"\r")) or 76
        crlf = b"\r\n" in binascii.a2b_base64(stored)
        return 0, len(stored), base64(raw, width, crlf=crlf)
    if text.encoding != "quoted-printable":
        return _difference(stored, raw if b"\r\n" not in stored else raw.replace(b"\n", b"\r\n"))
    lines, units = raw.split(b"\n"), _units(stored)
    old = text.lines
    if len(units) != len(old):
        return _difference(stored, quoted(raw, STYLES[0]))
    head = 0
    while head < min(len(old), len(lines)) and old[head] == lines[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(lines)) - head and old[-1 - tail] == lines[-1 - tail]:
        tail += 1
    changed = old[head : len(old) - tail]
    written = units[head : len(old) - tail]
    put_in = lines[head : len(lines) - tail]
    # Where lines are only cut, which is most of what is tried, no style is asked for: a sixth of the search's time.
    style = next((one for one in STYLES if put_in and _same(changed, written, one)), STYLES[0])
    new = b"\n".join(quoted(line, style) for line in put_in)
    low = sum(len(unit) + 1 for unit in units[:head])
    high = low + len(b"\n".join(written))
    return low, high, new


def _same(lines: Sequence[bytes], units: Sequence[bytes], style: "object") -> bool:
    return all(quoted(line, style) == unit.replace(b"\r", b"") for line, unit in zip(lines, units, strict=True))  # type: ignore[arg-type]


def _units(stored: bytes) -> list[bytes]:
    """The lines of quoted-printable with their soft breaks inside."""
    units: list[bytes] = []
    joined: list[bytes] = []
    for line in stored.split(b"\n"):
        joined.append(line)
        if not line.rstrip(b" \t\r").endswith(b"="):
            units.append(b"\n".join(joined))
            joined = []
    if joined:
        units.append(b"\n".join(joined))
    return units


def _difference(old: bytes, new: bytes) -> tuple[int, int, bytes]:
    """The range of the old bytes that differs, and what stands there in the new ones."""
    most = min(len(old), len(new))
    low = _agreeing(most, lambda size: old[:size] == new[:size])
    tail = _agreeing(most - low, lambda size: old[len(old) - size :] == new[len(new) - size :])
    return low, len(old) - tail, new[low : len(new) - tail]


def _agreeing(most: int, agree: Callable[[int], bool]) -> int:
    """The largest size up to `most` that agrees, where every smaller one does too."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if agree(middle) else (low, middle - 1)
    return low
