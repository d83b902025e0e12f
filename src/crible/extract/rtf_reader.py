"""Tokens of Rich Text Format (Microsoft's specification, version 1.9.1) in one pass, without recursion."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from crible.extract.capped import clean
from crible.extract.property_set import codec
from crible.extract.text import decode

GROUPS = 1000
"""Groups within one another that are told apart; deeper ones count as the last."""
_TOKEN = re.compile(
    rb"\\(?:([a-zA-Z]{1,32})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|([^a-zA-Z']))|([{}])|[\r\n\0]+|([^\\{}\r\n\0]+)"
)
_CHARSETS = {
    0: 1252, 77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256,
    186: 1257, 204: 1251, 222: 874, 238: 1250, 255: 437,
}  # fmt: skip
_MULTIBYTE = frozenset({"cp932", "cp949", "gb18030", "big5hkscs"})
_SHOWN = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "row": "\n", "nestrow": "\n", "tab": "\t", "cell": "\t",
    "nestcell": "\t", "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ", "qmspace": " ", "bullet": "•",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "softline": "\n", "column": "\n",
}  # fmt: skip
_SYMBOLS = {b"~": " ", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n", b"\r": "\n", b"\t": "\t"}
_SKIPPED = frozenset({
    "colortbl", "stylesheet", "pict", "listtable", "listoverridetable", "rsidtbl", "filetbl", "revtbl", "themedata",
    "xmlnstbl", "colorschememapping", "datastore", "latentstyles", "panose", "fontemb", "fontfile", "falt", "xmlopen",
    "datafield", "pgptbl", "nonshppict", "blipuid", "bkmkstart", "bkmkend", "template", "mmathPr", "wgrffmtfilter",
    "objname", "oldcprops", "oldpprops", "do", "fchars", "lchars", "listname", "listtext", "sp", "sn", "sv", "pntext",
    "picprop",
})  # fmt: skip
"""Destinations that hold no text of the document."""
_KNOWN = frozenset({
    "annotation", "shptxt", "shprslt", "shpinst", "shp", "result", "nesttableprops", "shppict", "upr", "ud",
})  # fmt: skip
"""Destinations that are read although their star lets a reader skip them."""
INFO = {
    "title": "title", "author": "author", "operator": "last_author", "company": "company", "manager": "manager",
    "subject": "subject", "keywords": "keywords", "doccomm": "description", "category": "category",
}  # fmt: skip
_ASIDE = {
    "header": "headers", "headerl": "headers", "headerr": "headers", "headerf": "headers", "footer": "headers",
    "footerl": "headers", "footerr": "headers", "footerf": "headers", "footnote": "notes", "annotation": "comments",
}  # fmt: skip
MOMENTS = {"creatim": "created", "revtim": "modified", "printim": "printed"}
_PARTS = {"yr": 0, "mo": 1, "dy": 2, "hr": 3, "min": 4, "sec": 5}
_LINK = re.compile(r'\s*HYPERLINK\s+(?:\\l\s+)?"?([^"\s]{1,500})')
FACT = 1000
_LETTERS = frozenset({"f", "plain", "deff", "fcharset", "ansicpg", "mac", "pc", "pca", "uc", "deleted", "v"})
_NUMBERS = frozenset({"edmins", "version", "paperw", "paperh", "deflang", "nofpages"})
_OBJECTS = 200


@dataclass(slots=True)
class _Group:
    """What a group inherits from the one around it, and where its text goes."""

    into: str = "body"
    """A destination's name; empty where text is dropped."""
    codec: str = "cp1252"
    skip: int = 1
    """Characters that follow `\\u` for readers without Unicode (`\\uc`)."""
    deleted: bool = False
    hidden: bool = False
    starred: bool = False
    link: bool = False


@dataclass(slots=True)
class Found:
    """What a document holds beside its text."""

    facts: dict[str, list[str]] = field(default_factory=dict)
    moments: dict[str, list[int]] = field(default_factory=dict)
    fonts: dict[int, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    links: dict[str, None] = field(default_factory=dict)
    objects: list[bytearray] = field(default_factory=list)
    """Hexadecimal data of each embedded object, in order."""
    classes: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    comments: list[list[str]] = field(default_factory=list)
    """Author and text of each comment."""


class Reader:
    """One pass over the tokens of a document."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._stack: list[_Group] = []
        self._group = _Group()
        self._default = "cp1252"
        self._left = 0
        """Characters still to drop after a `\\u`."""
        self._bytes = bytearray()
        """Bytes given in hexadecimal, decoded together: two of them may be one letter."""
        self._surrogate = 0
        self._room = 20_000_000
        self._font = 0
        self.texts: dict[str, list[str]] = {}
        self.found = Found()

    def run(self) -> None:
        """Read it all; at the end `texts` by destination and `found`."""
        at, end = 0, len(self._data)
        scan = _TOKEN.match
        while at < end:
            token = scan(self._data, at)
            if token is None:
                at += 1
                continue
            at = token.end()
            word, number, code, symbol, brace, plain = token.groups()
            if code is not None:
                self._byte(int(code, 16))
            elif plain is not None:
                self._plain(plain)
            elif brace is not None:
                self._flush()
                self._open() if brace == b"{" else self._close()
            elif word is not None:
                self._flush()
                if word == b"bin" and number:
                    at = min(end, at + max(0, int(number)))
                else:
                    self._word(word.decode(), int(number) if number else None)
            elif symbol is not None:
                self._flush()
                self._symbol(symbol)
        self._flush()

    def _open(self) -> None:
        if len(self._stack) < GROUPS:
            self._stack.append(self._group)
            self._group = replace(self._group, starred=False)
        self._left = 0

    def _close(self) -> None:
        self._left = 0
        if self._stack:
            inner, self._group = self._group, self._stack.pop()
            if inner.into == "fonttbl" and self._group.into == "fonttbl":
                self._group.codec = self._default

    def _word(self, word: str, number: int | None) -> None:
        if self._left and word != "u":
            self._left -= 1  # a control word counts as one of the characters to skip
        if word == "u" and number is not None:
            self._unicode(number)
        elif word in _SHOWN:
            self._add(_SHOWN[word])
        elif word in _LETTERS:
            self._letters(word, number)
        elif word in _PARTS and self._group.into in MOMENTS:
            self.found.moments.setdefault(self._group.into, [0, 1, 1, 0, 0, 0])[_PARTS[word]] = number or 0
        elif word in _NUMBERS and number is not None:
            self.found.numbers.setdefault(word, number)
        else:
            self._destination(word)

    def _letters(self, word: str, number: int | None) -> None:
        """How letters are to be read from here on in the group: their character set, whether they are shown."""
        group = self._group
        if word == "f" and number is not None:
            self._font = number
            group.codec = self.found.fonts.get(number, self._default) if group.into != "fonttbl" else self._default
        elif word in ("plain", "deff"):
            group.codec = self._default
            group.deleted = group.hidden = False
        elif word == "fcharset" and number is not None and group.into == "fonttbl":
            group.codec = self.found.fonts[self._font] = codec(_CHARSETS.get(number, 1252))
        elif word == "ansicpg" and number:
            self._default = group.codec = codec(number)
        elif word in ("mac", "pc", "pca"):
            self._default = group.codec = {"mac": "mac-roman", "pc": "cp437", "pca": "cp850"}[word]
        elif word == "uc":
            group.skip = max(0, min(number or 0, 20))
        elif word == "deleted":
            group.deleted = number != 0
        elif word == "v":
            group.hidden = number != 0

    def _destination(self, word: str) -> None:
        """The first word of a group may say that its text goes elsewhere."""
        group = self._group
        if word in _ASIDE:
            group.into = _ASIDE[word]
        elif word in INFO or word in MOMENTS or word in ("atnauthor", "generator", "objclass", "fonttbl", "atnid"):
            group.into = word
            if word == "atnauthor" and len(self.found.comments) < _OBJECTS:
                self.found.comments.append(["", ""])
        elif word == "objdata":
            group.into = word if len(self.found.objects) < _OBJECTS else ""
            if group.into:
                self.found.objects.append(bytearray())
        elif word == "fldinst":
            group.into = "fldinst"
            self.texts["fldinst"] = []
        elif word == "fldrslt":
            self._field_ends()
            group.into = next((each.into for each in reversed(self._stack) if each.into != "fldinst"), "body")
        elif word in _SKIPPED or (group.starred and word not in _KNOWN):
            group.into = ""
        elif word == "info":
            group.into = "info"

    def _field_ends(self) -> None:
        instruction = "".join(self.texts.pop("fldinst", ()))
        if len(self.found.links) < 200 and (link := _LINK.match(instruction)):
            self.found.links[link[1]] = None

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._group.starred = True
        elif self._left:
            self._left -= 1
        elif symbol in _SYMBOLS:
            self._add(_SYMBOLS[symbol])

    def _byte(self, value: int) -> None:
        if self._left:
            self._left -= 1
        else:
            self._bytes.append(value)

    def _plain(self, raw: bytes) -> None:
        """Characters that stand for themselves; in an Asian set one of them may be the second half of a letter."""
        if self._left:
            raw, self._left = raw[self._left :], max(0, self._left - len(raw))
        if self._bytes or not raw.isascii():
            self._bytes += raw
            if not (self._group.codec in _MULTIBYTE and len(raw) == 1):
                self._flush()
        elif self._group.into == "objdata":
            self.found.objects[-1].extend(raw)
        elif raw:
            self._add(raw.decode("ascii"))

    def _flush(self) -> None:
        if self._bytes:
            raw = bytes(self._bytes)
            self._bytes.clear()
            self._add(decode(raw, self._group.codec))

    def _unicode(self, number: int) -> None:
        """A UTF-16 unit, negative above 32,767; pairs stand in two words."""
        unit = number & 0xFFFF
        if 0xD800 <= unit < 0xDC00:
            self._surrogate = unit
        elif 0xDC00 <= unit < 0xE000:
            if self._surrogate:
                self._add(chr(0x10000 + (self._surrogate - 0xD800 << 10) + unit - 0xDC00))
            self._surrogate = 0
        else:
            self._add(chr(unit))
        self._left = self._group.skip

    def _add(self, text: str) -> None:
        group, found = self._group, self.found
        if not group.into or group.deleted or self._room <= 0:
            return
        self._room -= len(text)
        if group.into == "objclass":
            found.classes[len(found.objects) :] = [text.strip()[:100]]  # it stands before the object's data
        elif group.into == "atnauthor":
            found.comments[-1][0] = (found.comments[-1][0] + text)[:200]
        elif group.into in INFO or group.into in ("generator", "atnid"):
            found.facts.setdefault(group.into, []).append(text[:FACT])
        elif group.into == "fonttbl":
            name = text.rstrip(";").strip()
            if name and name.isprintable() and len(found.names) < 100:
                found.names.add(name[:100])
        elif group.into not in ("info", "objdata") and group.into not in MOMENTS:
            self.texts.setdefault(group.into, []).append(text)
            if group.into == "comments" and found.comments and len(found.comments[-1][1]) < 200:
                found.comments[-1][1] += text
            if group.hidden and group.into == "body" and text.strip() and len(found.hidden) < 100:
                found.hidden.append(f"text: {clean(text.strip())[:200]}")


def objects(data: bytes) -> Iterator[bytes]:
    """Bytes of each embedded object of a document (`objdata`), in order."""
    reader = Reader(data)
    reader.run()
    for digits in reader.found.objects:
        even = bytes(digits).translate(None, b" \t")
        try:
            yield bytes.fromhex(even[: len(even) & ~1].decode("ascii"))
        except ValueError:
            yield b""
