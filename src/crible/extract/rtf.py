"""Rich Text Format: its text and what it says of itself.

Not by striprtf, whose regular expression reads a whole file as one string of Latin-1 and knows no font's character set:
Czech, Russian and Japanese letters come out wrong.
"""

import re
from datetime import UTC, datetime
from typing import Any

from crible.extract.capped import Collector, clean
from crible.extract.guard import reading
from crible.extract.language import detect
from crible.extract.locales import tag
from crible.extract.paper import paper
from crible.extract.rtf_reader import FACT, INFO, MOMENTS, Found, Reader
from crible.model.facts import Reading
from crible.model.files import Embedded, FileFacts, Mark
from crible.model.instant import Clock, Instant
from crible.sandbox.window import Window

MIME = "application/rtf"
CAP = 256 << 20


def read(window: Window) -> Reading:
    """The body, then headers and footers, notes, comments, parted by form feeds.

    Deleted text under revision, and the instruction of a field, are no text; hidden text is, and is listed.
    """
    with reading("rtf"):
        data = window.read(0, CAP)
        if b"{" not in data[:200]:
            raise ValueError("no group")
        reader = Reader(data)
        reader.run()
        collector = Collector()
        for name in ("body", "headers", "notes", "comments"):
            collector.add_section(_tidy("".join(reader.texts.get(name, ()))))
        text = collector.text()
        return Reading(MIME, text, detect(text), file=_facts(reader.found), truncated=collector.left_out)


def _tidy(text: str) -> str:
    return re.sub(r"[\t ]+\n", "\n", text).strip("\n\t ")


def _facts(found: Found) -> FileFacts:
    said = {name: clean("".join(pieces)).strip()[:FACT] for name, pieces in found.facts.items()}
    moments = {MOMENTS[name]: _moment(parts) for name, parts in found.moments.items()}
    known: dict[str, Any] = {MOMENTS[name]: moments[MOMENTS[name]] for name in found.moments}
    classes = [*found.classes, *[""] * len(found.objects)]
    objects = [
        Embedded("object", clean(name) or "OLE", len(data) // 2)
        for name, data in zip(classes, found.objects, strict=False)
    ]
    marks = tuple(Mark("comment", clean(who)[:200], None, clean(text)[:200]) for who, text in found.comments)
    kept = {INFO[name]: said[name] for name in ("subject", "keywords", "doccomm", "category") if said.get(name)}
    numbers = found.numbers
    return FileFacts(
        title=said.get("title", ""),
        author=said.get("author", ""),
        last_author=said.get("operator", ""),
        company=said.get("company", ""),
        manager=said.get("manager", ""),
        application=said.get("generator", "").rstrip(";"),
        **known,
        revision=numbers.get("version"),
        minutes=numbers.get("edmins"),
        pages=numbers.get("nofpages"),
        locale=tag(numbers.get("deflang", 0)),
        fonts=tuple(sorted(found.names)),
        paper=paper(numbers.get("paperw", 0) / 56.7, numbers.get("paperh", 0) / 56.7),
        embedded=(*objects, *(Embedded("link", target) for target in found.links)),
        marks=marks,
        hidden=tuple(found.hidden),
        instants=tuple(moment for moment in moments.values() if moment),
        properties=dict(sorted(kept.items())),
    )


def _moment(parts: list[int]) -> Instant | None:
    """Wall-clock time of the writing machine: RTF keeps no zone."""
    year, month, day, hour, minute, second = parts
    try:
        written = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    if not 1 < written.year < 9999:
        return None
    return Instant(written.timestamp(), None, Clock.OFFICE, written.strftime("%Y-%m-%dT%H:%M:%S"))
