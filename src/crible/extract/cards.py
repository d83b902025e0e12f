"""Calendars and visiting cards as lines a person can search.

iCalendar: RFC 5545; vCard: RFC 6350, and versions 2.1 of both.
"""

import binascii
import quopri
import re

from crible.extract import charset
from crible.extract.capped import Collector
from crible.extract.guard import reading
from crible.extract.language import detect
from crible.extract.moments import office_instant
from crible.extract.text import HEAD, codec_of
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.model.instant import Instant
from crible.sandbox.window import Window

CAP = 64 << 20
_MOST = 500_000
_FOLD = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(
    r"([A-Za-z0-9.-]{1,60})((?:;[^:;\"]{0,200}(?:\"[^\"]{0,200}\"[^:;\"]{0,200})*){0,30}):(.*)", re.DOTALL
)
_ESCAPED = re.compile(r"\\(.)")
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?$")
_BINARY = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "ATTACH"})
_MOMENTS = {"CREATED": "created", "LAST-MODIFIED": "modified", "REV": "modified", "DTSTAMP": "created"}


def read(window: Window) -> Reading:
    """`NAME: value` a line, folded lines joined, encodings undone, pictures and keys left out; one section an entry."""
    with reading("cards"):
        data = window.read(0, CAP)
        markup, defect = charset.decode(data, codec_of(data[:HEAD]).replace("utf-16-", "utf-16"))
        collector = Collector()
        facts: dict[str, Instant] = {}
        said: dict[str, str] = {}
        for line in _lines(markup):
            name, parameters, value = _property(line)
            if name == "BEGIN":
                collector.add_section(value.strip())
            elif name and name != "END" and not (name in _BINARY and _is_binary(parameters)):
                shown = _decoded(value, parameters)
                if shown.strip():
                    collector.add(f"\n{name}: {_dated(shown)}")
                if name in _MOMENTS and (moment := office_instant(_dated(shown).replace(" ", "T"))):
                    facts[_MOMENTS[name]] = moment
                said.setdefault(name, shown.strip()[:1000])
        text = collector.text()
        file = FileFacts(
            title=said.get("SUMMARY", "") or said.get("FN", ""),
            author=said.get("ORGANIZER", ""),
            application=said.get("PRODID", ""),
            created=facts.get("created"),
            modified=facts.get("modified"),
            instants=tuple(facts.values()),
            defects=(defect,) if defect else (),
        )
        left_out = collector.left_out + max(0, window.length - CAP)
        return Reading("text/calendar", text, detect(text), file=file, truncated=left_out)


def _lines(markup: str) -> list[str]:
    """Logical lines: folds joined; in version 2.1 a line of quoted-printable goes on after `=` at its end."""
    unfolded = _FOLD.sub("", markup)
    lines: list[str] = []
    pending = ""
    for line in unfolded.split("\n", _MOST):
        line = line.rstrip("\r")
        if pending or "QUOTED-PRINTABLE" in line[:300].upper():
            pending += line
            if pending.endswith("="):
                pending = pending[:-1]
                continue
            line, pending = pending, ""
        lines.append(line)
    return [*lines, pending] if pending else lines


def _property(line: str) -> tuple[str, str, str]:
    """Name without its group, parameters, value; an empty name for what is no property."""
    match = _LINE.match(line)
    return (match[1].rpartition(".")[2].upper(), match[2].upper(), match[3]) if match else ("", "", "")


def _is_binary(parameters: str) -> bool:
    return "BASE64" in parameters or "ENCODING=B" in parameters or "VALUE=BINARY" in parameters


def _decoded(value: str, parameters: str) -> str:
    if "QUOTED-PRINTABLE" in parameters:
        named = re.search(r"CHARSET=\"?([\w.:-]{1,40})", parameters)
        value, _ = charset.decode(quopri.decodestring(value.encode()), named[1] if named else "utf-8")
    elif _is_binary(parameters) and len(value) < 1 << 20:
        try:
            value, _ = charset.decode(binascii.a2b_base64(value), "utf-8")
        except binascii.Error:
            return value
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def _dated(value: str) -> str:
    """`20170427T140500Z` as `2017-04-27 14:05:00Z`, which is what people type when they search."""
    match = _STAMP.match(value.strip())
    if match is None:
        return value
    year, month, day, hour, minute, second, zone = match.groups()
    return f"{year}-{month}-{day}" + (f" {hour}:{minute}:{second}{zone or ''}" if hour else "")
