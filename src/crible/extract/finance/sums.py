"""Which sum of a paper is what: net, VAT, total, due, by the words beside it and by what adds up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from crible.extract.finance.amounts import Sum, sums
from crible.extract.finance.dates import dates
from crible.extract.finance.labels import DUE, KINDS
from crible.extract.page import Page

MOST = 100
"""Sums of one paper that are kept; labelled ones before others."""
LOOKED_AT = 600
CENT = Decimal("0.01")
REACH = 70
"""Characters before a sum in which its label stands."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sum and what the words beside it call it."""

    sum: Sum
    kind: str = ""
    rank: int = 0
    """How plainly: 3 names it without a doubt."""
    line: int = 0
    """Where its line begins."""


def labelled(page: Page) -> list[Labelled]:
    """The sums of a paper with their labels, in order."""
    heads = columns(page)
    found: list[Labelled] = []
    before: list[str] = []
    for start, line in page.lines:
        folded = page.folded[start : start + len(line)]
        met = list(sums(folded))
        at = 0
        for one in met:
            # The first sum of a line is what its label says; the others of a row belong to columns.
            label = folded[max(at, one.start - REACH) : one.start]
            if not label.strip(" :.-|#*()"):
                label = heads.get(start) or ("" if at else _above(before))
            kind, rank = kind_of(label)
            if not kind and at == 0:
                kind, rank = kind_of(folded[one.end : one.end + 12])
            if not kind and at and found and found[-1].kind == "vat":
                kind, rank = "vat", 1  # `VAT 20 % of 112.90: 16.94`, the base first
            placed = Sum(one.value, one.currency, start + one.start, start + one.end)
            found.append(Labelled(placed, kind, rank, start))
            at = one.end
        before = [*before[-1:], "" if met else folded]
        if len(found) >= LOOKED_AT:
            break
    return found


def _above(before: Sequence[str]) -> str:
    """The line above, where it ends as a label does or is nothing but one."""
    line = before[-1] if before else ""
    return line if len(line) <= 40 and (line.rstrip().endswith(":") or kind_of(line)[1] >= 2) else ""


@lru_cache(maxsize=2000)  # one form's papers have one set of labels, and fourteen patterns are asked of each
def kind_of(label: str) -> tuple[str, int]:
    """What a label calls its sum, and how plainly."""
    if label.swapcase() == label:
        return "", 0  # no letters, no name
    for kind, rank, pattern in KINDS:
        if pattern.search(label):
            return kind, rank
    return "", 0


def columns(page: Page) -> dict[int, str]:
    """Labels of lines that stand in a block of values before or after the block of their labels, by line start.

    PDF readers give a form's two columns one after the other: `1 Jan 2022 / $127.50 / Date: / Balance due:`.
    """
    lines = [(start, page.folded[start : start + len(line)].strip()) for start, line in page.lines[:400]]
    found: dict[int, str] = {}
    at = 0
    while at < len(lines):
        end = at
        while end < min(len(lines), at + 12) and lines[end][1].endswith(":") and len(lines[end][1]) <= 40:
            end += 1
        found.update(_paired(lines, at, end))
        at = max(end, at + 1)
    return found


def _paired(lines: Sequence[tuple[int, str]], at: int, end: int) -> dict[int, str]:
    """The values of a block of labels, before it or after it; a label at its end may belong to what follows."""
    best: tuple[int, dict[int, str]] = (0, {})
    for size in range(end - at, 1, -1):
        labels = [text for _, text in lines[at : at + size]]
        for side in (lines[max(0, at - size) : at], lines[end : end + size]):
            if (fits := _fit(labels, [text for _, text in side])) > best[0]:
                best = fits, {start: label for (start, _), label in zip(side, labels, strict=True)}
    return best[1]


def _fit(labels: Sequence[str], values: Sequence[str]) -> int:
    """How many labels of dates and sums have such a value; -1 if one has none."""
    if len(labels) != len(values):
        return -1
    fits = 0
    for label, value in zip(labels, values, strict=True):
        if "date" in label or DUE.search(label):
            wanted: object = dates(value)
        elif kind_of(label)[1] >= 2:
            wanted = list(sums(value))
        else:
            continue
        if not wanted:
            return -1
        fits += 1
    return fits


@dataclass(frozen=True, slots=True)
class Totals:
    """What a paper adds up to."""

    net: Decimal | None = None
    vat: Decimal | None = None
    total: Decimal | None = None
    consistent: bool = False
    """Some net and VAT of the paper make its total."""


def totals(found: Sequence[Labelled]) -> Totals:
    """Net, VAT and total: three sums that add up before others, plainer labels before vaguer ones."""
    rows = [*_rows(found)]
    by = {kind: _ranked(found, kind) for kind in ("net", "vat", "total", "due")}
    ends = by["total"] or by["due"]
    for total in ends:
        for net, vat in _pairs(by, rows, total):
            return Totals(net, vat, total, consistent=True)
    # The label of a row of three stands beside its first sum, which is the net amount.
    if found_row := next((row for row in rows if not ends or ends[0] in row), None):
        return Totals(*found_row, consistent=True)
    first = {kind: values[0] if values else None for kind, values in by.items()}
    whole = first["total"] if by["total"] else first["due"]
    if whole is not None and first["net"] is None and by["vat"] and not any(by["vat"]):
        return Totals(whole, by["vat"][0], whole, consistent=True)
    return Totals(first["net"], first["vat"], whole)


def _pairs(
    by: dict[str, list[Decimal]], rows: Sequence[tuple[Decimal, Decimal, Decimal]], total: Decimal
) -> Iterator[tuple[Decimal, Decimal]]:
    for net, vat, whole in rows:
        if abs(whole - total) <= CENT:
            yield net, vat
    for net in by["net"]:
        vats = by["vat"]
        for vat in (*vats, *_together(vats)):
            if abs(net + vat - total) <= CENT and bool(vat) == (net != total):
                yield net, vat


def _together(vats: Sequence[Decimal]) -> list[Decimal]:
    """Two or more rates: their sum, and that of any two."""
    some = list(dict.fromkeys(vats))[:6]
    return [sum(some, Decimal(0)), *(a + b for place, a in enumerate(some) for b in some[place + 1 :])]


def _rows(found: Sequence[Labelled]) -> Iterator[tuple[Decimal, Decimal, Decimal]]:
    """Lines whose last three sums are net, VAT and total."""
    by_line: dict[int, list[Decimal]] = {}
    for one in found:
        by_line.setdefault(one.line, []).append(one.sum.value)
    for values in by_line.values():
        for net, vat, total in zip(values, values[1:], values[2:], strict=False):
            if vat and abs(net + vat - total) <= CENT and abs(vat) < abs(net):
                yield net, vat, total


def _ranked(found: Sequence[Labelled], kind: str) -> list[Decimal]:
    """Values of a kind: the plainer first, then the larger."""
    some = [one for one in found if one.kind == kind]
    some.sort(key=lambda one: (-one.rank, -abs(one.sum.value), one.sum.start))
    return list(dict.fromkeys(one.sum.value for one in some))[:8]
