"""A text made ready once for all who look for words in it: folded, split, and cut to a bounded length."""

import re
from dataclasses import dataclass
from functools import cached_property

from crible.model.facts import Reading

HEAD = 40_000
TAIL = 8_000
"""Characters looked at from the start and from the end: what a paper says of itself stands there."""
OPENING = 80
"""Words that count as the opening of a text."""

_BLANKS = str.maketrans("\u202f\u2009\u2007\u00a0\u2028\u2029", "      ")
_BASE = {
    "àâäáãå": "a", "éèêë": "e", "îïíì": "i", "ôöóòõø": "o", "ùûüú": "u", "ç": "c", "ñ": "n", "ÿý": "y", "’‘´": "'",
    "“”«»": '"', "–—": "-", "œ": "o", "š": "s", "ž": "z",
}  # fmt: skip


def _table() -> bytes:
    table = bytearray(range(256))
    for letters, base in _BASE.items():
        for letter in letters:
            table[letter.encode("cp1252")[0]] = ord(base)
    return bytes(table)


_FOLD = _table()
# By bytes of cp1252: a table of str.translate took 60 ns a letter, this takes one.
_WORDS = bytes(c if chr(c).isascii() and chr(c).isalnum() else 32 for c in range(256))
_LINES = re.compile(r"[^\n]+")
_RUN = re.compile(r"[0-9][0-9AB .()/-]{7,28}[0-9]")


def fold(text: str) -> str:
    """Lower case without accents, letter for letter: as long as the text, and `?` for what Windows-1252 lacks."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(one if len(one) == 1 else one[0] for one in map(str.lower, text))
    if lowered.isascii():
        return lowered
    return lowered.encode("cp1252", "replace").translate(_FOLD).decode("cp1252", "replace")


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as text."""
    return frozenset(text.split())


def words_of(text: str) -> list[str]:
    """The words and figures of a text, folded."""
    return fold(text).encode("cp1252", "replace").translate(_WORDS).decode("ascii").split()


def spaced(text: str) -> str:
    """The words of a text between single blanks, one at each end: a phrase stands in it as ` a few words `."""
    return f" {' '.join(words_of(text))} "


@dataclass
class Page:
    """What is looked at of a document."""

    reading: Reading
    text: str
    """At most HEAD + TAIL characters, blanks of every kind plain, lines ended by a line feed."""
    title: str
    """A mail's subject or a file's own title, as spaced words."""

    @classmethod
    def of(cls, reading: Reading) -> "Page":
        """The page of a reading."""
        text = reading.text
        if len(text) > HEAD + TAIL:
            text = f"{text[:HEAD]}\n{text[-TAIL:]}"
        if not text.isascii():
            text = text.translate(_BLANKS) if any(blank in text for blank in "\u202f\u00a0\u2009\u2007") else text
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        title = reading.mail.subject if reading.mail else reading.file.title if reading.file else ""
        return cls(reading, text, spaced(title[:500]))

    @cached_property
    def folded(self) -> str:
        """`text`, folded, character for character."""
        return fold(self.text)

    @cached_property
    def words(self) -> list[str]:
        """Its words in order."""
        folded = self.folded
        whole = folded.encode("ascii" if folded.isascii() else "cp1252", "replace")
        return whole.translate(_WORDS).decode("ascii").split()

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
        """Every word of title and text."""
        return frozenset(self.words).union(self.title.split())

    @cached_property
    def runs(self) -> list[tuple[int, int]]:
        """Where ten or more figures stand together, whatever parts them: no number of a person is elsewhere."""
        return [met.span() for met in _RUN.finditer(self.text)]

    @cached_property
    def lines(self) -> list[tuple[int, str]]:
        """Lines that hold something, with where they begin."""
        return [(found.start(), found[0]) for found in _LINES.finditer(self.text) if not found[0].isspace()]
