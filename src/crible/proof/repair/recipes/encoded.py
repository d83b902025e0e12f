"""Encoded words written anew: other label, other encoding, other cuts, or the raw bytes (RFC 2047, RFC 6532)."""

import binascii
from collections.abc import Iterator, Sequence
from itertools import product

from crible.extract.mail.words import text as decoded
from crible.proof.repair.recipe import HeaderRecipe, Place, Raws
from crible.proof.repair.recipes.recipients import boxes
from crible.proof.repair.recipes.values import each

PHRASES = frozenset({"from", "to", "cc", "reply-to", "sender"})
LABELS = ("UTF-8", "utf-8", "ISO-8859-1", "iso-8859-1", "Windows-1252", "windows-1252", "ISO-8859-15", "iso-8859-15")
WIDTHS = (75, 10_000)
"""Of one encoded word: what RFC 2047 §2 allows, and what programs write that do not cut at all."""
LONGEST = 500
_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!*+-/")
_LOOSE = _PLAIN | frozenset(b"$%&'(),.:;@[]^`{|}~#<>\\")


def _subject(at: Place) -> Iterator[Raws]:
    return each(at.raws, lambda value: _encoded(value, len(at.name) + 2))


def _phrase(at: Place) -> Iterator[Raws]:
    def forms(value: bytes) -> Iterator[bytes]:
        found = boxes(value)[:20]
        for n, box in enumerate(found):
            name, angle, rest = box.rpartition(b"<")
            if angle and _odd(name):
                for form in _encoded(name.strip().strip(b'"'), 0):
                    yield b", ".join((*found[:n], form + b" <" + rest, *found[n + 1 :]))

    return each(at.raws, forms)


def _odd(value: bytes) -> bool:
    return b"=?" in value or not value.isascii()


def _encoded(value: bytes, taken: int) -> Iterator[bytes]:
    """The forms of a text that is not plain ASCII, likeliest first; `taken`: of its first line."""
    line = decoded(value)
    if not _odd(value) or not line or len(line) > LONGEST:
        return
    yield line.encode()
    for label, kind, width, loose in product(LABELS, "BQ", WIDTHS, (False, True)):
        if kind == "B" and loose:
            continue
        for head, middle, tail in _spans(line):
            words = _words(middle, label, kind, width, taken + len(head), loose)
            if words:
                shown = [part for part in (head.strip(), " ".join(words), tail.strip()) if part]
                yield " ".join(shown).encode()


def _spans(line: str) -> Sequence[tuple[str, str, str]]:
    """The whole line, from its first word that is not ASCII on, and from the first such to the last."""
    words = line.split(" ")
    odd = [n for n, word in enumerate(words) if not word.isascii()]
    if not odd:
        return (("", line, ""),)
    first, last = odd[0], odd[-1] + 1
    spans = [
        ("", line, ""),
        (" ".join(words[:first]), " ".join(words[first:]), ""),
        (" ".join(words[:first]), " ".join(words[first:last]), " ".join(words[last:])),
    ]
    return tuple(dict.fromkeys(spans))


def _words(text: str, label: str, kind: str, width: int, taken: int, loose: bool) -> list[str]:
    """The text in encoded words of at most `width` characters, cut between characters."""
    try:
        pieces = [letter.encode(label) for letter in text]
    except UnicodeEncodeError:
        return []
    room = width - len(label) - 7
    words, piece, space = [], b"", room - taken % 75 if width < 1000 and taken else room
    for letter in pieces:
        if piece and _size(piece + letter, kind, loose) > max(space, 8):
            words.append(piece)
            piece, space = b"", room
        piece += letter
    words.append(piece)
    return [f"=?{label}?{kind}?{_written(word, kind, loose)}?=" for word in words]


def _size(piece: bytes, kind: str, loose: bool) -> int:
    if kind == "B":
        return (len(piece) + 2) // 3 * 4
    plain = _LOOSE if loose else _PLAIN
    return sum(1 if byte in plain or byte == 32 else 3 for byte in piece)


def _written(piece: bytes, kind: str, loose: bool) -> str:
    if kind == "B":
        return binascii.b2a_base64(piece, newline=False).decode()
    plain = _LOOSE if loose else _PLAIN
    return "".join("_" if byte == 32 else chr(byte) if byte in plain else f"={byte:02X}" for byte in piece)


SUBJECT = HeaderRecipe("words-encoded", frozenset({"subject"}), _subject, cost=4)
PHRASE = HeaderRecipe("words-encoded", PHRASES, _phrase, cost=4)
