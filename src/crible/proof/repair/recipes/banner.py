"""What gateways put above or below the text: warnings of outside senders, disclaimers, list headers and adverts."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import product

from crible.proof.repair.draft import Draft, Made
from crible.proof.repair.recipe import BodyRecipe
from crible.proof.repair.texts import Change, texts, written

_Cuts = Callable[[str], Sequence[Change]]

LINES = 24
"""Lines at either end of a text within which something may have been added."""
CUTS = 40
"""Places tried at one end of one part."""
PAIRS = 600
_BODY = re.compile(r"<body\b[^<>]{0,2000}>\s{0,20}", re.IGNORECASE)
_CLOSE = re.compile(
    r"</(?:div|p|table|span|blockquote|font|center)>(?:\s{0,9}<br ?/?>){0,3}\s{0,9}|<(?:hr|br)\b[^<>]{0,200}>\s{0,9}",
    re.IGNORECASE,
)
_OPEN = re.compile(r"\s{0,9}<(?:div|p|table|span|hr|br|font|center)\b", re.IGNORECASE)
_END = re.compile(r"\s{0,20}</body\b", re.IGNORECASE)


def _top(draft: Draft) -> Iterator[tuple[Draft, Made]]:
    return _cut(draft, _first_lines, _first_elements, "banner-cut")


def _bottom(draft: Draft) -> Iterator[tuple[Draft, Made]]:
    return _cut(draft, _last_lines, _last_elements, "disclaimer-cut")


def _cut(draft: Draft, plain: _Cuts, html: _Cuts, name: str) -> Iterator[tuple[Draft, Made]]:
    found = [text for text in texts(draft) if text.mime in ("text/plain", "text/html")][:3]
    choices: list[Sequence[Change]] = [(plain if text.mime == "text/plain" else html)(text.text) for text in found]
    for chosen in _chosen(choices):
        edits = []
        stored = ""
        for text, change in zip(found, chosen, strict=True):
            if change is not None:
                edits += list(written(draft, text, (change,)))
                stored = stored or text.text[change.start : change.end]
        if edits:
            origin = draft.origin(edits[0].start, edits[0].end)
            yield draft.edited(edits), Made(name, stored=stored.strip(), origin=origin)


def _chosen(choices: Sequence[Sequence[Change]]) -> Iterator[tuple[Change | None, ...]]:
    """A cut in each part, then in one part only; all pairs, those near each other in rank first."""
    if len(choices) > 1:
        pairs = sorted(product(*(range(len(one)) for one in choices)), key=sum)[:PAIRS]
        for ranks in pairs:
            yield tuple(one[rank] for one, rank in zip(choices, ranks, strict=True))
    for at, one in enumerate(choices):
        for change in one:
            yield tuple(change if n == at else None for n in range(len(choices)))


def _first_lines(text: str) -> Sequence[Change]:
    ends: list[int] = []
    at = 0
    while len(ends) < LINES and (at := text.find("\n", at) + 1):
        ends.append(at)
    return [Change(0, end, "") for end in ends]


def _last_lines(text: str) -> Sequence[Change]:
    starts: list[int] = []
    at = len(text)
    while len(starts) < LINES and at > 0:
        at = text.rfind("\n", 0, at)
        if at >= 0:
            starts += [at + 1, at]
    return [Change(start, len(text), "") for start in starts if start < len(text)]


def _first_elements(text: str) -> Sequence[Change]:
    body = _BODY.search(text)
    start = body.end() if body else 0
    return [Change(start, found.end(), "") for _, found in zip(range(CUTS), _CLOSE.finditer(text, start), strict=False)]


def _last_elements(text: str) -> Sequence[Change]:
    found = _END.search(text, max(0, len(text) - 400))
    end = found.start() if found else len(text)
    starts = [one.start() for one in _OPEN.finditer(text, max(0, end - 8_000), end)]
    return [Change(start, end, "") for start in starts[-CUTS:][::-1]]


TOP = BodyRecipe("banner-cut", _top, cost=5, changing=True)
BOTTOM = BodyRecipe("disclaimer-cut", _bottom, cost=5, changing=True)
