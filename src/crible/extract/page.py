"""A text made ready once for all who look for words in it: folded, split, and cut to a bounded length."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import AnyStr

from crible.model.facts import Reading

HEAD = 40_000
TAIL = 8_000
"""Characters looked at from the start and from the end: what a paper says of itself stands there."""
OPENING = 80
"""Words that count as the opening of a text."""

_USUAL = "\u202f\u00a0\u2009\u2007"
_BLANKS = _USUAL + "\u2028\u2029"
_BASE = {
    "àâäáãå": "a", "éèêë": "e", "îïíì": "i", "ôöóòõø": "o", "ùûüú": "u", "ç": "c", "ñ": "n", "ÿý": "y", "’‘´": "'",
    "“”«»": '"', "–—": "-", "œ": "o", "š": "s", "ž": "z",
}  # fmt: skip


def _table(codec: str) -> bytes:
    """For each byte of an eight-bit alphabet that of Windows-1252 for its letter, folded; `?` for what that lacks."""
    table = bytearray(b"?" * 256)
    for byte in range(256):
        letter = bytes([byte]).decode(codec, "replace").lower()
        base = next((base for letters, base in _BASE.items() if letter in letters), letter)
        table[byte] = base.encode("cp1252", "replace")[0]
    return bytes(table)


_LATIN, _WINDOWS = _table("latin-1"), _table("cp1252")
_STRANGE = "\u0130\u0191\u1e9e\u212a\u212b"
"""Capitals that Windows-1252 lacks although it has their small letters."""
# By bytes of cp1252: a table of str.translate took 60 ns a letter, this takes one.
_WORDS = bytes(c if chr(c).isascii() and chr(c).isalnum() else 32 for c in range(256))
_LINES = re.compile(r"[^\n]+")
_SHAPE = bytes(
    57 if chr(c) in "0123456789" else 65 if chr(c).isupper() or c == ord("?") else 46 if c == ord(",") else c
    for c in range(256)
)
_IN_RUN = bytes(57 if chr(c) in "0123456789" else 120 if chr(c) in "AB .()/-" else 10 for c in range(256))
_RUN = re.compile(rb"9[9x]{7,28}9")


def fold(text: str) -> str:
    """Lower case without accents, letter for letter: as long as the text, and `?` for what Windows-1252 lacks."""
    return _folded(text).decode("cp1252")


def _folded(text: str) -> bytes:
    """The same as Windows-1252. By its bytes: `str.lower` and that codec take ten times as long where a text has é."""
    if text.isascii():
        return text.encode("ascii").lower()
    try:
        return text.encode("latin-1").translate(_LATIN)
    except UnicodeEncodeError:
        if any(letter in text for letter in _STRANGE):
            text = "".join(letter.lower()[0] for letter in text)
        return text.encode("cp1252", "replace").translate(_WINDOWS)


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as text."""
    return frozenset(text.split())


def words_of(text: str) -> list[str]:
    """The words and figures of a text, folded."""
    return _folded(text).translate(_WORDS).decode("ascii").split()


def spaced(text: str) -> str:
    """The words of a text between single blanks, one at each end: a phrase stands in it as ` a few words `."""
    return f" {' '.join(words_of(text))} "


def places(text: AnyStr, parts: Iterable[AnyStr]) -> list[int]:
    """Where any of these stands in the text, in order."""
    found = set()
    for part in parts:
        at = text.find(part)
        while at >= 0:
            found.add(at)
            at = text.find(part, at + 1)
    return sorted(found)


@dataclass
class Page:
    """What is looked at of a document."""

    reading: Reading
    text: str
    """At most HEAD + TAIL characters, blanks of every kind plain, lines ended by a line feed."""
    title: str
    """A mail's subject or a file's own title, as spaced words."""
    among: frozenset[str] | None = None
    """The words that anything is asked of; all of them if None."""

    @classmethod
    def of(cls, reading: Reading, among: frozenset[str] | None = None) -> "Page":
        """The page of a reading."""
        text = reading.text
        if len(text) > HEAD + TAIL:
            text = f"{text[:HEAD]}\n{text[-TAIL:]}"
        if not text.isascii() and any(blank in text for blank in _USUAL):
            for blank in _BLANKS:  # one by one: a table of str.translate took 60 ns a letter
                text = text.replace(blank, " ")
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        title = reading.mail.subject if reading.mail else reading.file.title if reading.file else ""
        return cls(reading, text, spaced(title[:500]), among)

    @cached_property
    def _bytes(self) -> bytes:
        return _folded(self.text)

    @cached_property
    def folded(self) -> str:
        """`text`, folded, character for character."""
        return self._bytes.decode("ascii" if self._bytes.isascii() else "cp1252")

    @cached_property
    def words(self) -> list[str]:
        """Its words in order."""
        return self._bytes.translate(_WORDS).decode("ascii").split()

    @cached_property
    def spaced(self) -> str:
        """Its words between single blanks."""
        return f" {' '.join(self.words)} "

    @cached_property
    def opening(self) -> str:
        """Its first words, spaced."""
        return f" {' '.join(self.words[:OPENING])} "

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of title and text that is asked for."""
        words = [*self.words, *self.title.split()]
        # A set of all words, then met with each table of words, took 50 µs of a mail; this takes 12.
        return frozenset(words) if self.among is None else self.among.intersection(words)

    @cached_property
    def _latin(self) -> bytes:
        return self.text.encode("latin-1", "replace")

    @cached_property
    def shape(self) -> bytes:
        """`text` by kind of character, one byte each: `9` for a figure, `A` for what may be a capital, `.` for a comma.

        What Latin-1 lacks may be a capital; the rest of Latin-1 stands as it is. Where no `99999 A` stands, there is no
        postcode with its town: bytes are searched for it in 1 µs, a mail for the first figure of a pattern in 20.
        """
        return self._latin.translate(_SHAPE)

    @cached_property
    def runs(self) -> list[tuple[int, int]]:
        """Where nine or more figures and marks stand together: no number of a person is elsewhere."""
        return [met.span() for met in _RUN.finditer(self._latin.translate(_IN_RUN))]

    @cached_property
    def lines(self) -> list[tuple[int, str]]:
        """Lines that hold something, with where they begin."""
        return [(found.start(), found[0]) for found in _LINES.finditer(self.text) if not found[0].isspace()]
