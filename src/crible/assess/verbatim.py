"""The common case of a quote, at a tenth of the price: whole lines of the original, in order, left as they were."""

from bisect import bisect_right
from collections.abc import Iterable

from crible.assess.tokens import plain_words, unquoted, words

MOST = 20
LEAST = 4
"""Words of a line that is sure to be the quoted one, wherever it stands."""


def verbatim(ours: str, quote: str) -> int:
    """Words of the quote if each of its lines is a line of ours, in the same order; 0 if any is not.

    Quoting prefixes and spacing play no part; a re-wrapped quote answers 0 and wants the full comparison. Linear.
    """
    lines = map(_form, ours.splitlines())
    if all(line in lines for line in map(_form, quote.splitlines()) if line):
        return len(words(quote))
    return 0


def whole(ours: str, quotes: Iterable[str]) -> tuple[int, bool]:
    """How many words ours has, and whether the quotes together hold all of them, in order.

    All: a reply speaks for no sentence that it does not quote, be it one in ten, under the dashes of a signature block
    or dressed as a quote.
    """
    own, quoted = plain_words(ours), list(quotes)
    if sum(map(len, own)) > sum(map(len, quoted)):  # most answers quote in part: half of the work
        return len(own), False
    said = (word for quote in quoted for word in plain_words(quote))
    return len(own), all(word in said for word in own)


def _form(line: str) -> str:
    return " ".join(unquoted(line).split())


def placed(ours: str, quotes: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where lines of the quotes stand in ours as they are, blanks at their ends apart: character ranges, at most 20.

    Lines that adjoin in ours are one range. A line of under four words counts only right behind one that counted:
    "Merci." stands everywhere. A re-wrapped quote has no lines of ours, so it has no ranges. Linear but for the looking
    up of a line that ours repeats.
    """
    quoted = [[line for line in map(str.strip, quote.split("\n")) if line] for quote in quotes]
    lines, at = _lines(ours, {line for quote in quoted for line in quote})
    found: list[tuple[int, int]] = []
    for quote in quoted:
        last = -2
        for line in quote:
            known = at.get(line, ())
            nth = bisect_right(known, last)
            if nth == len(known) or (known[nth] != last + 1 and line.count(" ") < LEAST - 1):
                continue
            last = known[nth]
            found.append(lines[last])
    return tuple(_joined(ours, sorted(set(found))))[:MOST]


def _lines(text: str, wanted: set[str]) -> tuple[dict[int, tuple[int, int]], dict[str, list[int]]]:
    """Of the wanted lines, blanks at their ends cut off: ranges by ordinal among the lines with text, and ordinals."""
    ranges: dict[int, tuple[int, int]] = {}
    at: dict[str, list[int]] = {}
    start = ordinal = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare in wanted:
            begin = start + line.index(bare)
            at.setdefault(bare, []).append(ordinal)
            ranges[ordinal] = (begin, begin + len(bare))
        ordinal += bare != ""
        start += len(line) + 1
    return ranges, at


def _joined(text: str, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in ranges:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
