"""Which passages differ between two states of a page: lines first, then the words of lines that were replaced."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

MOST_LINES = 300
"""Lines of the differing middle that are held against each other; beyond, the two middles are one difference. difflib
takes cubic time on lines made to repeat: 0.4 s for this many."""
MOST_WORDS = 150
CONTEXT = 3
"""Words on both sides of a difference, so that a reader finds it on the page."""
TEXT = 200


def passages(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Differing passages in order, with a little context, each at most `TEXT` characters; spacing plays no part."""
    ours, theirs = (_lines(text) for text in (before, after))
    start, end = _shared(ours, theirs)
    ours, theirs = ours[start : len(ours) - end], theirs[start : len(theirs) - end]
    if max(len(ours), len(theirs)) > MOST_LINES:
        yield _cut(" ".join(ours).split()), _cut(" ".join(theirs).split())
        return
    for tag, i0, i1, j0, j1 in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from _words(" ".join(ours[i0:i1]).split(), " ".join(theirs[j0:j1]).split())


def _words(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[str, str]]:
    if list(ours) == list(theirs):  # a line broken elsewhere
        return
    if not ours or not theirs or max(len(ours), len(theirs)) > MOST_WORDS:
        yield _cut(ours), _cut(theirs)
        return
    for tag, i0, i1, j0, j1 in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag != "equal":
            yield (
                _cut(ours[max(0, i0 - CONTEXT) : i1 + CONTEXT]) if i0 < i1 else "",
                _cut(theirs[max(0, j0 - CONTEXT) : j1 + CONTEXT]) if j0 < j1 else "",
            )


def _lines(text: str) -> list[str]:
    return [line for line in (" ".join(raw.split()) for raw in text.splitlines()) if line]


def _shared(ours: Sequence[str], theirs: Sequence[str]) -> tuple[int, int]:
    """How many lines the two have in common at the start and at the end."""
    least = min(len(ours), len(theirs))
    start = next((n for n in range(least) if ours[n] != theirs[n]), least)
    end = next((n for n in range(least - start) if ours[-1 - n] != theirs[-1 - n]), least - start)
    return start, end


def _cut(words: Sequence[str]) -> str:
    text = " ".join(words)
    return text if len(text) <= TEXT else text[: TEXT - 1] + "…"
