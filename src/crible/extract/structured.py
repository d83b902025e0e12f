"""JSON and XML as text: as they stand, but for escapes that would hide words from a search."""

import re
from dataclasses import replace
from html import unescape

from crible.extract import charset, text
from crible.extract.capped import Collector
from crible.extract.guard import reading
from crible.extract.language import detect
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.sandbox.window import Window

_UNITS = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")
_REFERENCE = re.compile(r"&#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6});")
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{1,40})")
_CAP = 64 << 20


def read_json(window: Window) -> Reading:
    """The text with the letters that escapes (backslash, u, four digits) stand for; everything else as written."""
    read = text.read(window)
    if "\\u" not in read.text:
        return read
    shown = _UNITS.sub(_letters, read.text)
    return replace(read, text=shown, language=detect(shown))


def _letters(units: re.Match[str]) -> str:
    raw = bytes.fromhex("".join(units[0].split("\\u")))
    letters = raw.decode("utf-16-be", "replace")
    return letters if letters.isprintable() else units[0]


def read_xml(window: Window) -> Reading:
    """The markup in the character set that it declares, with numbered characters (`&#233;`) as letters."""
    declared = _DECLARED.match(window.read(0, 400).lstrip())
    if declared is None:
        read = text.read(window)
        return replace(read, text=_REFERENCE.sub(_letter, read.text)) if "&#" in read.text else read
    with reading("xml"):
        markup, defect = charset.decode(window.read(0, _CAP), declared[1].decode("ascii"))
        collector = Collector()
        collector.add(_REFERENCE.sub(_letter, markup) if "&#" in markup else markup)
        shown = collector.text()
        facts = FileFacts(properties={"charset": declared[1].decode().lower()}, defects=(defect,) if defect else ())
        left_out = collector.left_out + max(0, window.length - _CAP)
        return Reading("text/xml", shown, detect(shown), file=facts, truncated=left_out)


def _letter(reference: re.Match[str]) -> str:
    letter = unescape(reference[0])
    return letter if letter.isprintable() and letter not in "<>&" else reference[0]
