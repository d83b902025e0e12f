"""Two texts that claim to be one: what differs for a reader, after what mail systems do to text is set aside."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby, islice, pairwise

from crible.assess.align import Block, align
from crible.assess.kinds import kinds
from crible.assess.relations import Change
from crible.assess.tokens import Tokens, line_form, tokens
from crible.assess.verbatim import verbatim

MOST_CHANGES = 20
LOOKED_AT = 200
"""Differing passages among which those that tell something are sought; the others are counted."""
RUN = 4
"""Words in a row that must agree before they count as quoted; fewer agree by chance."""
LINE = 6
"""A changed line must have at least this many words, all others of which agree."""
SWAP = 3
"""Words that may differ inside such a line; a longer difference is somebody's own sentence."""
NEAR_WORDS = 20
"""Words of a text that is said to be nearly another."""
NEAR_SHARE = 85
"""Per cent of the longer text that both have."""
NEAR_CHANGES = 3
_HEADER = re.compile(
    r"[>|* \t]*(?:from|sent|to|cc|subject|date|reply-to|de|envoyé|à|objet|répondre à)[* \t\xa0]*:", re.IGNORECASE
)
_TIME = re.compile(r"\d{1,2}[:h]\d\d")
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?:[AP]M)?,?")
_STAMPED = re.compile(r"@|\b(?:19|20)\d\d\b")
_LETTERS = re.compile(r"[^\W_]|[.,+-](?=\d)|(?<=\d)[/:](?=\d)|[$€£%]")
_LEADING = re.compile(r"[^\w\s]?\d{1,3}(?: \d{3})*")
_GROUP = re.compile(r"\d{3}(?:[.,]\d{1,4})?\W{0,2}")
_SHAPES = str.maketrans(
    dict.fromkeys("’‘ʼ", "'")
    | dict.fromkeys("“”", '"')
    | dict.fromkeys("–—‐‑−", "-")
    | dict.fromkeys("\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}")
)
TELLING = frozenset({"number", "date", "name", "negation", "iban"})


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far two texts are one."""

    shared: int
    """Words that stand in both, in order."""
    ours: int
    theirs: int
    """Words of each, up to 20,000."""
    changes: tuple[Change, ...] = ()
    """Passages that differ for a reader, those that tell something first, at most 20."""
    count: int = 0
    """All of them."""

    @property
    def similarity(self) -> int:
        """Per cent of the longer text that both have."""
        return 100 * self.shared // max(self.ours, self.theirs, 1)

    @property
    def contained(self) -> int:
        """Per cent of the shorter text that both have."""
        return 100 * self.shared // max(min(self.ours, self.theirs), 1)


def likeness(ours: str, theirs: str, least: int = 0) -> Likeness:
    """Two texts held against each other, whatever they are; passages only where `least` per cent of one is shared."""
    return likeness_of(tokens(ours), tokens(theirs), least)


def likeness_of(a: Tokens, b: Tokens, least: int = 0) -> Likeness:
    """The same of texts cut into words, for one that is held against several."""
    blocks = align(a.keys, b.keys)
    bare = Likeness(sum(block.n for block in blocks), len(a), len(b))
    if max(bare.similarity, bare.contained) < least:
        return bare
    gaps = _gaps(a, b, blocks)
    looked_at = (_whole_figures(a, b, gap) for gap in gaps[:LOOKED_AT])
    found = [change for change in (_change(a, b, *gap) for gap in looked_at) if change.kinds]
    told = sorted(found, key=lambda change: not TELLING.intersection(change.kinds))
    count = len(found) + max(0, len(gaps) - LOOKED_AT)
    return Likeness(bare.shared, len(a), len(b), tuple(told[:MOST_CHANGES]), count)


def passages(a: Tokens, b: Tokens, most: int) -> Iterator[tuple[tuple[int, int, int, int], Change]]:
    """Where two texts cut into words differ for a reader: ranges of words of each, and what stands there.

    In order, the first `most`; figures are whole.
    """
    for gap in islice(_gaps(a, b, align(a.keys, b.keys)), most):
        whole = _whole_figures(a, b, gap)
        if (change := _change(a, b, *whole)).kinds:
            yield whole, change


def identical(ours: str, theirs: str) -> bool:
    """Whether two texts are the same but for spacing, line breaks and the shape of quotes and dashes.

    This is what a copy is vouched for by, so nothing else is set aside: `changes`, which must not accuse, passes over
    links, `>` and question marks, and says of two texts that nothing tells them apart, never that they are one.
    """
    return ours == theirs or ours.translate(_SHAPES).split() == theirs.translate(_SHAPES).split()


def changes(ours: str, theirs: str, *, boilerplate: Collection[str] = ()) -> tuple[tuple[Change, ...], bool]:
    """Passages that differ between two versions of one text, at most 20, and whether ours only adds around theirs.

    `boilerplate` holds lines, as written anywhere, to set aside on both sides. Texts are compared up
    to 20,000 words each. Ours only adds when theirs stands in it whole, with text before or after and none within.
    """
    aside = frozenset(map(line_form, boilerplate)) - {""}
    a, b = tokens(ours, aside), tokens(theirs, aside)
    gaps = _gaps(a, b, align(a.keys, b.keys))
    added = bool(gaps) and bool(b) and all(b0 == b1 and (a0 == 0 or a1 == len(a)) for a0, a1, b0, b1 in gaps)
    return tuple(_change(a, b, *gap) for gap in gaps[:MOST_CHANGES]), added


def quoted(ours: str, quote: str) -> tuple[int, bool, tuple[Change, ...]]:
    """How much of `quote` is ours: words in order, whether every quoted line of ours is exact, and telling changes.

    Lines with no passage of ours (a reply's own comment, an older quote) count neither way, nor do passages of ours
    that the reply left out. A change is a number, date, name or negation that differs in a line of six words or
    more that is otherwise ours; a longer difference makes the quote inexact, no more.
    """
    if (words := verbatim(ours, quote)) >= RUN:
        return words, True, ()
    a, b = tokens(without_headers(ours)), tokens(without_headers(quote))
    blocks = align(a.keys, b.keys)
    covered = [False] * len(b)
    for block in blocks:
        covered[block.j : block.j + block.n] = [True] * block.n
    found = tuple(islice(_telling(a, b, blocks, covered), MOST_CHANGES))
    words = sum(block.n for block in blocks if block.n >= RUN)
    return words, words > 0 and not found and _lines_exact(b, covered), found


def nearly(ours: str, theirs: str) -> tuple[int, tuple[Change, ...]]:
    """Words in common, and telling changes, if two texts are one but for at most three of these; else no changes.

    One: 20 words or more, 85 % of the longer text, stand in both in order, and all that differs is a number, date,
    name, account or negation replaced by another.
    """
    a, b = tokens(without_headers(ours)), tokens(without_headers(theirs))
    if min(len(a), len(b)) < NEAR_WORDS or 100 * min(len(a), len(b)) < NEAR_SHARE * max(len(a), len(b)):
        return 0, ()
    blocks = align(a.keys, b.keys)
    shared = sum(block.n for block in blocks)
    gaps = _gaps(a, b, blocks)
    if not gaps or len(gaps) > NEAR_CHANGES or 100 * shared < NEAR_SHARE * max(len(a), len(b)):
        return shared, ()
    found = tuple(_change(a, b, *gap) for gap in gaps)
    alike = all(
        _tells(change) and max(a1 - a0, b1 - b0) <= SWAP for change, (a0, a1, b0, b1) in zip(found, gaps, strict=True)
    )
    return shared, found if alike else ()


def without_headers(text: str) -> str:
    """The text less what mail programs write above a quote: `Sent: …` blocks and `On …, … wrote:` lines.

    These differ from mail to mail in nothing but the time, which is just what a changed figure looks like.
    """
    lines = text.splitlines()
    heads = [bool(_HEADER.match(line)) for line in lines]
    kept: list[str] = []
    start = 0
    for head, group in groupby(heads):
        end = start + len(list(group))
        if not head or end - start < 2:
            kept.extend(line for line in lines[start:end] if not _introduces(line))
        start = end
    return "\n".join(kept)


def _introduces(line: str) -> bool:
    return line.rstrip().endswith(":") and _TIME.search(line) is not None


def _gaps(a: Tokens, b: Tokens, blocks: list[Block]) -> list[tuple[int, int, int, int]]:
    """Unmatched ranges (a0, a1, b0, b1) between matching runs."""
    gaps = []
    i = j = 0
    for block in (*blocks, Block(len(a), len(b), 0)):
        if (block.i > i or block.j > j) and not _same_letters(a.shown[i : block.i], b.shown[j : block.j]):
            gaps.append((i, block.i, j, block.j))
        i, j = block.i + block.n, block.j + block.n
    return gaps


def _whole_figures(a: Tokens, b: Tokens, gap: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """The range grown to whole figures where a blank groups their digits: `16 542,50`, where only `16` differs."""
    a0, a1, b0, b1 = gap
    while min(a0, b0) > 0 and _heads(a, a0, a1) and _heads(b, b0, b1):
        a0, b0 = a0 - 1, b0 - 1
    while max(a1 - len(a), b1 - len(b)) < 0 and _tails(a, a0, a1) and _tails(b, b0, b1):
        a1, b1 = a1 + 1, b1 + 1
    return a0, a1, b0, b1


def _heads(side: Tokens, start: int, end: int) -> bool:
    return start < end and bool(_GROUP.fullmatch(side.shown[start]) and _LEADING.fullmatch(side.shown[start - 1]))


def _tails(side: Tokens, start: int, end: int) -> bool:
    return start < end and bool(_LEADING.fullmatch(side.shown[end - 1]) and _GROUP.fullmatch(side.shown[end]))


def _same_letters(ours: list[str], theirs: list[str]) -> bool:
    """Only blanks and marks differ: a word broken at its hyphen, stars for bold type, a blank eaten at a line's end."""
    return _LETTERS.findall("".join(ours)) == _LETTERS.findall("".join(theirs))


def _change(a: Tokens, b: Tokens, a0: int, a1: int, b0: int, b1: int) -> Change:
    around = (b.shown[max(0, b0 - 8) : b0], b.shown[b1 : b1 + 8])
    return Change(a.between(a0, a1), b.between(b0, b1), kinds(a.shown[a0:a1], b.shown[b0:b1], *around))


def _telling(a: Tokens, b: Tokens, blocks: list[Block], covered: list[bool]) -> Iterator[Change]:
    whole = ""
    for before, after in pairwise(blocks):
        a0, a1, b0, b1 = before.i + before.n, after.i, before.j + before.n, after.j
        if max(a1 - a0, b1 - b0) > SWAP or before.n + after.n < LINE - 1:
            continue
        start, end = _line(b, b0, b1)
        if covered[start:end].count(False) > SWAP or not any(covered[start:end]):
            continue  # too much differs, or the line is the reply's own comment
        change = _change(a, b, a0, a1, b0, b1)
        if not _tells(change) or _same_letters(a.shown[a0:a1], b.shown[b0:b1]):
            continue
        if _CLOCK.fullmatch(change.ours) and _STAMPED.search(b.between(start, end)):
            continue  # "On 3 March 2023 at 9:59, X <x@y> wrote", wrapped so that its colon stands elsewhere
        whole = whole or _padded(a.keys)
        if _padded(b.keys[start:end]) not in whole:  # a patch holds nearly the same line twice: the other one is ours
            yield change


def _tells(change: Change) -> bool:
    """A word left out or put in tells something only if it turns the sentence round."""
    if change.ours and change.theirs:
        return bool(TELLING.intersection(change.kinds))
    return "negation" in change.kinds


def _line(b: Tokens, b0: int, b1: int) -> tuple[int, int]:
    """The range of the quoted line, or lines, that hold the words b0 to b1, or the place between b0-1 and b0."""
    first = b.lines[b0] if b1 > b0 else b.lines[b0 - 1]
    last = b.lines[b1 - 1] if b1 > b0 else first
    return bisect_left(b.lines, first), bisect_right(b.lines, last)


def _lines_exact(b: Tokens, covered: list[bool]) -> bool:
    """No line is ours for the most part only; lines under four words say too little."""
    start = 0
    while start < len(b):
        end = bisect_right(b.lines, b.lines[start])
        ours = covered[start:end].count(True)
        if end - start >= RUN and ours < end - start <= 2 * ours:
            return False
        start = end
    return True


def _padded(keys: list[str]) -> str:
    return f" {' '.join(keys)} "
