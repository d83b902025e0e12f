"""A document's text as a hundred bytes, by which near copies find one another (MinHash, Broder 1997; rensa).

The first part is of the text's *form*: runs of three words, every figure written as one `0`, so that an altered amount
changes nothing and two versions of an invoice meet. The second is of its *figures*, in twos: among a thousand papers of
one form, those with the same number and date stand together (a figure alone, a year, all of them share). Words are
folded in case, nothing else.
"""

import re
import struct
from collections.abc import Iterable
from itertools import pairwise
from zlib import crc32

from rensa import RMinHash

from crible.model.facts import MailFacts, Reading

BANDS, ROWS, FIGURES = 16, 3, 16
"""Form: 16 bands of 3 values, so that texts with 4 of 10 runs in common meet in 66 % of cases, with 7 of 10 in 99.9 %.
Figures: 16 single values."""
KEY = 4
"""Bytes of a band: two of 10^6 documents share one by chance 116 times a band, and are then compared and let go."""
SIZE = KEY * (BANDS + FIGURES)
SHORTEST = 30
"""Words. Shorter texts (a thank-you, a signature block, a scan's page number) resemble one another by nature."""
LONGEST = 20_000
"""Words that count, as many as a comparison of two texts looks at (`assess.tokens.MOST`)."""
SEED = 1
_DIGITS = re.compile(r"(\d[\d.,'\xa0\u202f]*)")
_PLAIN = re.compile(r"([0-9][0-9.,'\xa0]*)")
"""The same for Latin-1, which has no other figures: `\\d` asks each letter's category and takes twice as long."""


def sketch_of(reading: Reading) -> bytes:
    """Of a document's own text; empty for mail of lists and machines.

    That is alike by the thousand, and one make's messages are no versions of one another; its copies are found by
    Message-ID.
    """
    mail = reading.mail
    if mail is not None and (mail.bulk or mail.list_id):
        return b""
    return sketch(unquoted(reading.text, mail))


def sketch(text: str) -> bytes:
    """`SIZE` bytes; none for a text under 30 words."""
    pieces = _figured(text.casefold())
    words = "0".join(pieces[::2]).split(None, LONGEST)[:LONGEST]
    if len(words) < SHORTEST:
        return b""
    form = RMinHash(BANDS * ROWS, SEED)
    form.update(map(" ".join, zip(words, words[1:], words[2:], strict=False)))
    figures = RMinHash(FIGURES, SEED)
    figures.update(map(" ".join, pairwise(pieces[1 : 2 * LONGEST : 2])))
    packed = struct.pack(f">{BANDS * ROWS}I", *form.digest())
    width = ROWS * 4
    bands = (crc32(packed[at : at + width]) for at in range(0, len(packed), width))
    return struct.pack(f">{BANDS + FIGURES}I", *bands, *figures.digest())


def _figured(folded: str) -> list[str]:
    """What stands between figures, and these, in turn."""
    try:
        folded.encode("latin-1")
    except UnicodeEncodeError:
        return _DIGITS.split(folded)
    return _PLAIN.split(folded)


def unquoted(text: str, mail: MailFacts | None) -> str:
    """A mail's text without what it quotes: two answers under one long quote are no copies. A file's is its own."""
    if mail is None or not mail.quotes:
        return text
    return without(text, ((quote.start, quote.end) for quote in mail.quotes))


def without(text: str, ranges: Iterable[tuple[int, int]]) -> str:
    """The text less these ranges, which may overlap."""
    kept: list[str] = []
    at = 0
    for start, end in sorted(ranges):
        if end > at:
            kept.append(text[at : max(at, start)])
            at = end
    return "".join([*kept, text[at:]])
