"""Word documents of before 2007 ([MS-DOC]), those of Word 6 and 95, fast-saved ones too."""

import re
import struct
from datetime import UTC, datetime

from crible.extract import doc_fib, ole_facts
from crible.extract.capped import Collector, clean
from crible.extract.compound import Compound
from crible.extract.doc_fib import Fib
from crible.extract.guard import reading
from crible.extract.language import detect
from crible.extract.locales import tag
from crible.extract.ole2 import SIGNATURE
from crible.extract.text import decode
from crible.model.facts import Reading
from crible.model.files import Embedded, FileFacts
from crible.model.instant import Clock, Instant
from crible.model.office import OfficeFacts
from crible.sandbox.window import Window

MIME = "application/msword"
_ROW_END = re.compile("\x07\x07")
_SPECIAL = str.maketrans(
    {
        "\x07": "\t", "\x0b": "\n", "\x0c": "\n", "\r": "\n", "\x0e": "\n", "\x1e": "-", "\xa0": " ",
        **dict.fromkeys("\x00\x01\x02\x03\x04\x05\x06\x08\x0f\x10\x11\x12\x13\x14\x15\x1f", ""),
    }
)  # fmt: skip
_LINK = re.compile(r'\s*HYPERLINK\s+(?:\\l\s+)?"([^"]{1,500})"')
_EQUATION = re.compile(r"\s*EQ\s+(.{1,500})", re.DOTALL)
_FIELD = re.compile("[\x13\x14\x15]")
_RUN = re.compile(rb"[\x09\x0a\x0d\x20-\x7e\x80-\xfe]{24,}")
_WIDE_RUN = re.compile(rb"(?:[\x09\x0a\x0d\x20-\x7e\xa0-\xff]\x00){12,}")


def read(window: Window) -> Reading:
    """Main text, then footnotes, headers, comments, endnotes and text boxes, parted by form feeds.

    Fields show their result, not their instruction; a link's target is listed among the embedded things. What tracked
    changes deleted is still part of the stored text and is read with it.
    """
    with reading("doc"):
        compound = Compound(window) if window.read(0, 8) == SIGNATURE else None
        fib = doc_fib.read(compound) if compound else doc_fib.of(window.read(), None)
        collector = Collector()
        links: dict[str, None] = {}
        at = 0
        total = sum(piece.characters for piece in fib.pieces)
        counts = fib.counts if compound and 0 < fib.counts[0] <= total else (total,)
        for count in counts:
            collector.add_section(shown(doc_fib.text(fib, at, count), links))
            at += count
            collector.left_out += max(0, count - doc_fib.TEXT_CAP)
        text = collector.text()
        facts = _facts(compound, fib, links) if compound else FileFacts()
        return Reading(MIME, text, detect(text), file=facts, truncated=collector.left_out)


def scavenge(window: Window) -> Reading:
    """Whatever runs of text lie in the bytes, in their order; for a file whose tables are gone.

    Raises Unreadable `corrupt` where there are none. Text that was deleted before the last saving may come up too.
    """
    with reading("doc-text"):
        data = window.read(0, 64 << 20)
        wide = [run[0].decode("utf-16-le") for run in _WIDE_RUN.finditer(data)]
        narrow = [decode(run[0], "cp1252") for run in _RUN.finditer(data) if _is_prose(run[0])]
        collector = Collector()
        for run in (*wide, *narrow):
            collector.add(clean(run.replace("\r", "\n")) + "\n")
        text = collector.text()
        if not text.strip():
            raise ValueError("no text")
        return Reading(MIME, text, detect(text), file=FileFacts(), truncated=collector.left_out)


def _is_prose(run: bytes) -> bool:
    """Letters and blanks are the rule in it: compressed pictures have runs of printable bytes as well."""
    plain = sum(run.count(byte) for byte in b" etaoinsrlu")
    return run.count(b" ") * 40 > len(run) and plain * 3 > len(run)


def shown(raw: str, links: dict[str, None]) -> str:
    """Stored characters as a reader sees them; targets of links are put into `links`."""
    if "\x13" in raw:
        raw = _fields(raw, links)
    return _ROW_END.sub("\n", raw).translate(_SPECIAL).strip("\n\t ")


def _fields(raw: str, links: dict[str, None]) -> str:
    """Drop what stands between a field's begin and its separator (§2.8.25); fields may be nested."""
    kept: list[str] = []
    open_fields: list[bool] = []
    """For each open field, whether its instruction is still going on."""
    hidden = at = 0
    for mark in _FIELD.finditer(raw):
        piece = raw[at : mark.start()]
        at = mark.end()
        if not hidden:
            kept.append(piece)
        elif len(links) < 200 and (found := _LINK.match(piece)):
            links[found[1]] = None
        elif mark[0] == "\x15" and (ruby := _EQUATION.match(piece)):
            kept.append(ruby[1])  # text set above other text: a field without a result of its own
        if mark[0] == "\x13":
            open_fields.append(True)
            hidden += 1
        elif open_fields and open_fields[-1]:
            hidden -= 1
            open_fields[-1] = False
        if mark[0] == "\x15" and open_fields:
            open_fields.pop()
    kept.append(raw[at:])
    return "".join(kept)


def _facts(compound: Compound, fib: Fib, links: dict[str, None]) -> FileFacts:
    saved = doc_fib.strings(fib.span(doc_fib.SAVED_BY), 20)
    pairs = list(zip(saved[::2], saved[1::2], strict=False))
    targets = tuple(Embedded("link", target) for target in links)
    revisers = [name for name in doc_fib.strings(fib.span(doc_fib.REVISERS), 200) if name not in ("", "Unknown")]
    commenters = _owners(fib.span(doc_fib.COMMENTERS))
    properties = {
        "revisers": ", ".join(map(clean, revisers))[:1000],
        "commenters": ", ".join(map(clean, commenters))[:1000],
        **_dop(fib.span(doc_fib.DOP)),
    }
    return ole_facts.file_facts(
        ole_facts.said(compound),
        (*ole_facts.embedded(compound), *targets)[: ole_facts.EMBEDDED],
        properties,
        locale=tag(fib.lid),
        fonts=_fonts(fib.span(doc_fib.FONTS)),
        office=OfficeFacts(savings=tuple((clean(who)[:200], clean(path)[:500]) for who, path in pairs))
        if pairs
        else None,
    )


def _owners(raw: bytes) -> list[str]:
    """Names of those who commented: strings with a length before each (§2.9.119)."""
    at = 0
    found: list[str] = []
    while at + 2 <= len(raw) and len(found) < 200:
        size = 2 * struct.unpack_from("<H", raw, at)[0]
        found.append(raw[at + 2 : at + 2 + size].decode("utf-16-le", "replace"))
        at += 2 + size
    return found


def _fonts(raw: bytes) -> tuple[str, ...]:
    """Names of the font table (§2.9.286): records of a length byte, 39 bytes, and the name in UTF-16."""
    names: set[str] = set()
    at = 4
    while at < len(raw) and len(names) < 100:
        size = raw[at]
        name = raw[at + 40 : at + 1 + size].decode("utf-16-le", "replace").partition("\0")[0]
        if name.isprintable() and name:
            names.add(clean(name)[:100])
        at += 1 + size
    return tuple(sorted(names))


def _dop(raw: bytes) -> dict[str, str]:
    """Moments that Word keeps a second time, in the document's settings (§2.7.3), to the minute and in local time."""
    if len(raw) < 38:
        return {}
    created, revised, printed = struct.unpack_from("<3I", raw, 20)
    found = {"word-created": _dttm(created), "word-revised": _dttm(revised), "word-printed": _dttm(printed)}
    return {key: value.iso() for key, value in found.items() if value}


def _dttm(value: int) -> Instant | None:
    """A DTTM (§2.9.68): minutes, hours, day, month and year since 1900 in bits."""
    minute, hour, day = value & 63, value >> 6 & 31, value >> 11 & 31
    month, year = value >> 16 & 15, (value >> 20 & 511) + 1900
    try:
        moment = datetime(year, month, day, hour, minute, tzinfo=UTC)
    except ValueError:
        return None
    return Instant(moment.timestamp(), None, Clock.OFFICE)
