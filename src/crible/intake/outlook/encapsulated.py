"""HTML or plain text that Outlook wrapped in RTF, taken out again ([MS-OXRTFEX]).

Only what that document defines is read: this is no RTF reader. Genuine RTF stays RTF and is read as a file.
"""

import re
from typing import NamedTuple

from crible.intake.outlook.codepages import WESTERN, codec

HTML, TEXT = "html", "text"

_TOKEN = re.compile(
    rb"\\(?:([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|'([0-9a-fA-F]{2})|([^a-zA-Z]))|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\"
)
_FIRST = 10
"""Tokens among which the mark must stand (§2.1.3.1.1: in the header, before the font table)."""
_DEEPEST = 2000
_SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet info pict object header footer generator listtable xmlnstbl pntext".split()
)
_WORDS = {
    b"par": "\r\n", b"line": "\r\n", b"tab": "\t", b"lquote": "\u2018", b"rquote": "\u2019", b"ldblquote": "\u201c",
    b"rdblquote": "\u201d", b"bullet": "\u2022", b"endash": "\u2013", b"emdash": "\u2014",
}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"_": "\u00ad", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\r\n", b"\r": "\r\n"}
_ENTITIES = {"\u00a0": "&nbsp;", "\u00ad": "&shy;"}
_CHARSETS = {
    77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256,
    186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437,
}  # fmt: skip
"""Code pages by a font's character set (RTF 1.9.1, \\fcharset); Western for the others."""


class _Group(NamedTuple):
    """What ends with a group's brace."""

    skipped: bool = False
    """In a destination that shows nothing."""
    rtf_only: bool = False
    """After \\htmlrtf: what RTF readers show instead of the HTML."""
    tag: bool = False
    """In \\*\\htmltag: markup as it stood."""
    fonts: bool = False
    width: int = 1
    """Fallback characters after \\u (\\uc)."""
    codec: str = ""


def unwrapped(rtf: bytes) -> tuple[str, str]:
    """(`html` or `text`, what was wrapped), or two empty strings where the RTF wraps neither.

    Work is linear in the size of `rtf`; nothing in it raises.
    """
    kind = _kind(rtf)
    return (kind, _joined(_Unwrapping(rtf, kind).text())) if kind else ("", "")


def _kind(rtf: bytes) -> str:
    if rtf.lstrip()[:5] != b"{\\rtf":
        return ""
    at = 0
    for _ in range(_FIRST):
        token = _TOKEN.match(rtf, at)
        if token is None:
            break
        if token[1] == b"fromhtml":
            return HTML
        if token[1] == b"fromtext":
            return TEXT
        at = token.end()
    return ""


class _Unwrapping:
    def __init__(self, rtf: bytes, kind: str) -> None:
        self._rtf, self._html = rtf, kind == HTML
        self._out: list[str] = []
        self._bytes = bytearray()
        """8-bit text not decoded yet: characters of two bytes come as two escapes."""
        self._group = _Group()
        self._stack: list[_Group] = []
        self._too_deep = 0
        self._skip = 0
        """Fallback characters of the last \\u still to come."""
        self._star = False
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._default = WESTERN

    def text(self) -> str:
        at, end = 0, len(self._rtf)
        while at < end and (token := _TOKEN.match(self._rtf, at)):
            at = token.end()
            if word := token[1]:
                number = int(token[2]) if token[2] else None
                if word == b"bin":
                    at += max(number or 0, 0)
                else:
                    self._word(word.lower(), number)
            elif token[5]:
                self._brace(token[5])
            elif token[3]:
                self._character(bytes([int(token[3], 16)]))
            elif token[4]:
                self._symbol(token[4])
            elif token[6]:
                self._run(token[6])
        self._flush()
        return "".join(self._out)

    def _shown(self) -> bool:
        group = self._group
        return not group.skipped and not group.rtf_only and (group.tag or bool(self._stack))

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._skip, self._star = 0, False
        if brace == b"{":
            if len(self._stack) < _DEEPEST:
                self._stack.append(self._group)
            else:
                self._too_deep += 1
        elif self._too_deep:
            self._too_deep -= 1
        elif self._stack:
            self._group = self._stack.pop()

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._star = True
        elif self._skip:
            self._skip -= 1
        elif (said := _SYMBOLS.get(symbol)) and self._shown():
            self._add(_ENTITIES.get(said, said) if self._html and not self._group.tag else said)

    def _word(self, word: bytes, number: int | None) -> None:
        star, self._star = self._star, False
        group = self._group
        if word == b"u" and number is not None:
            self._unicode(number)
        elif word in _WORDS:
            if self._skip:
                self._skip -= 1
            elif self._shown():
                self._add(_WORDS[word])
        elif word == b"htmlrtf":
            self._flush()
            self._group = group._replace(rtf_only=number != 0)
        elif word == b"htmltag" and star:
            self._group = group._replace(tag=True)
        elif word in _SKIPPED or star:
            self._group = group._replace(skipped=True, fonts=word == b"fonttbl")
        elif word == b"uc":
            self._group = group._replace(width=min(max(number or 0, 0), 8))
        else:
            self._setting(word, number)

    def _setting(self, word: bytes, number: int | None) -> None:
        if word == b"ansicpg":
            self._default = codec(number) or WESTERN
        elif word == b"f" and number is not None:
            self._font = number
            if not self._group.fonts:
                self._flush()
                self._group = self._group._replace(codec=self._fonts.get(number, ""))
        elif word == b"fcharset" and self._group.fonts and len(self._fonts) < 10_000:
            self._fonts[self._font] = codec(_CHARSETS.get(number or 0)) or (WESTERN if number == 0 else "")

    def _unicode(self, number: int) -> None:
        self._skip = self._group.width
        if self._shown() and -0x8000 <= number <= 0xFFFF:
            self._add(chr(number & 0xFFFF))

    def _character(self, byte: bytes) -> None:
        if self._skip:
            self._skip -= 1
        elif self._shown():
            self._bytes += byte

    def _run(self, run: bytes) -> None:
        skipped = min(self._skip, len(run))
        self._skip -= skipped
        if self._shown():
            self._bytes += run[skipped:]

    def _add(self, text: str) -> None:
        self._flush()
        self._out.append(text)

    def _flush(self) -> None:
        if self._bytes:
            # Markup is in the document's own code page, whatever font the text around it has (§2.1.3.1.4).
            font = "" if self._group.tag else self._group.codec
            self._out.append(self._bytes.decode(font or self._default, "replace"))
            self._bytes.clear()


def _joined(text: str) -> str:
    """Surrogates that were written one by one, as the characters they make; lone ones replaced."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
