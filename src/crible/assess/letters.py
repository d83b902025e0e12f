"""Letters that cannot be seen, and letters of two alphabets in one word (UTS #39 §5)."""

import re
from collections.abc import Iterator
from itertools import islice

UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Zero-width and direction marks, and the soft hyphen."""
FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f\u0530-\u058f\u13a0-\u13ff\uff21-\uff3a\uff41-\uff5a]")
"""Alphabets whose letters pass for Latin ones: Greek, Cyrillic, Armenian, Cherokee, and the full-width forms."""
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_WORDS = re.compile(r"[.@\-_+/ ]+")

_CAPITALS = str.maketrans(
    "АВЕЅЅІЈКМНОРСТУХԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧ０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ",
    "ABESSIJKMHOPCTYXQWABEZHIKMNOPTYX0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
)
# Any other capital of those alphabets stands for some letter.
_CAPITALS |= {code: "X" for code in (*range(0x391, 0x3AA), *range(0x410, 0x430)) if code not in _CAPITALS}
_SUSPECT = re.compile("[" + "".join(map(chr, _CAPITALS)) + "\u00ad\u200b-\u200f\u2060\ufeff]")
"""Small letters are none: an account number has capitals, and Russian text would be looked at letter by letter."""
_NUMBER = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}\Z")
_FIGURES = re.compile(r"\d{2}")
_REACH = 48
"""Characters looked at on each side: an account number has 34 at most, in groups of four."""
_MOST = 2_000
"""Suspect places that are looked at in one text: newsletters are full of unseen spacing."""


def mixed(text: str) -> str:
    """The first word of an address or name that holds letters of two alphabets; empty if none does."""
    if text.isascii() or not FOREIGN.search(text):
        return ""
    return next((word for word in _WORDS.split(text[:500]) if FOREIGN.search(word) and _LATIN.search(word)), "")


def numbers(text: str) -> Iterator[tuple[str, bool]]:
    """Account numbers (IBAN) in which a letter or figure stands for another, or something unseen stands between.

    With each, whether it is only something unseen. Text that is all ASCII costs nothing.
    """
    if text.isascii():
        return
    seen = 0
    for suspect in islice(_SUSPECT.finditer(text), _MOST):
        at = suspect.start()
        if at < seen:
            continue
        if not _FIGURES.search(text, max(0, at - _REACH), at + 2 * _REACH):
            seen = at + _REACH
            continue
        start, end = _token(text, at)
        written = text[start:end].strip()
        bare = "".join(c for c in UNSEEN.sub("", written) if not c.isspace())
        plain = bare.translate(_CAPITALS)
        if _NUMBER.match(plain) and sum(c.isdigit() for c in plain) >= 8:
            yield written, plain == bare
        seen = max(end, suspect.end())


def _token(text: str, at: int) -> tuple[int, int]:
    """The run of capitals, figures, single blanks and suspects around a place."""
    start = end = at
    while start > max(0, at - _REACH) and _belongs(text, start - 1):
        start -= 1
    while end < min(len(text), at + _REACH) and _belongs(text, end):
        end += 1
    # A word before the number ("IBAN FR76 …") belongs to the sentence, not to it.
    groups = text[start:end].split(" ")
    for first in range(len(groups)):
        head = UNSEEN.sub("", groups[first]).translate(_CAPITALS)
        if len(head) >= 4 and head[:2].isalpha() and head[2:4].isdigit():
            return start + sum(len(group) + 1 for group in groups[:first]), end
    return start, end


def _belongs(text: str, at: int) -> bool:
    c = text[at]
    return c in " \u00a0\u202f" or c.isdecimal() or (c.isupper() and c.isalpha()) or UNSEEN.match(c) is not None
