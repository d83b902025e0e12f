"""A workbook's stored values held against its formulas, and its calculation chain against its cells.

Excel computes before it saves. Whoever changes a number outside of it leaves the old total; whoever puts a number in
the place of a formula leaves the cell in the chain. Programs that write files without computing do both innocently.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice

from crible.extract.formulas import AREA_CAP, OTHER, Cells, Place, Unsupported, Value, close, evaluate, place
from crible.extract.ooxml import Element, parse
from crible.model.office import Formulas, Mismatch

SHEETS_CAP = 3 << 20
"""Bytes of all sheets of a workbook that are looked into: 60 ms."""
FORMULAS_CAP = 2_000
"""Of one workbook, that are computed."""
LOOKUPS = 200_000
SPREAD_CAP = 50_000
"""Cells of a sheet's array formulas that are told from overwritten ones."""
_KEPT = 20
_HAS_FORMULA = re.compile(rb"<(?:\w{1,20}:)?f[ >/]")
_STALE = re.compile(rb"<(?:\w{1,20}:)?calcPr\b[^>]{0,500}")
_STALE_FLAGS = re.compile(
    rb'calcMode="manual"|fullCalcOnLoad="(?:1|true)"|fullPrecision="(?:0|false)"|iterate="(?:1|true)"'
)
_LINK = re.compile(rb"<(?:\w{1,20}:)?c\b([^>]{1,200})")
_TOTAL = re.compile(r"(?:SUM|SOUS\.TOTAL|SUBTOTAL)\(", re.IGNORECASE)
_FEWEST_TOTALS = 4


def recalculated(sheets: Iterable[tuple[str, str, bytes]], chain: bytes, workbook: bytes) -> Formulas | None:
    """What is found in (sheetId, title, XML) of each sheet; None where none has a formula or lost one."""
    found, formulas_of = _Found(), dict[str, set[Place]]()
    for number, title, data in sheets:
        if not data or not (chain or has_formula(data)):
            continue
        with suppress(ValueError, ArithmeticError, LookupError, Unsupported, SyntaxError):  # the reader reports it
            formulas_of[number] = found.sheet(title, parse(data))
    calculation = _STALE.search(workbook)
    orphans = tuple(_orphans(chain, formulas_of))[:_KEPT]
    if not found.count and not orphans:
        return None
    return Formulas(
        count=found.count,
        checked=found.checked,
        mismatches=tuple(found.mismatches[:_KEPT]),
        mismatched=len(found.mismatches),
        typed=tuple(found.typed[:_KEPT]),
        orphans=orphans,
        stale=bool(calculation and _STALE_FLAGS.search(calculation[0])),
    )


def has_formula(data: bytes) -> bool:
    """Whether a sheet's XML has an element `f`."""
    return _HAS_FORMULA.search(data) is not None


class _Found:
    """What was met so far, over all sheets of one workbook."""

    def __init__(self) -> None:
        self.count = self.checked = 0
        self._lookups = LOOKUPS
        self.mismatches: list[Mismatch] = []
        self.typed: list[str] = []

    def sheet(self, title: str, root: Element) -> set[Place]:
        """Take in one sheet; the places of its formulas."""
        cells = Cells(self._lookups)
        formulas: dict[Place, Element] = {}
        for cell in root.iter("{*}c"):
            at = place(cell.get("r", ""))
            value, formula = _value(cell)
            cells.values[at] = value
            if formula is not None:
                formulas[at] = formula
        left = max(0, FORMULAS_CAP - self.count)
        self.count += len(formulas)
        masters: dict[str, tuple[str, Place]] = {}
        texts: dict[Place, str] = {}
        for at, formula in islice(formulas.items(), left):
            text, shift = _text(formula, at, masters)
            texts[at] = text
            stored = cells.values.get(at)
            if not text or not isinstance(stored, float):
                continue
            self._hold(f"{title[:60]}!{_name(at)}", text, stored, cells, shift)
        self.typed += [f"{title[:60]}!{_name(at)}" for at in _typed(texts, cells)]
        self._lookups = cells.left
        spread = (at for formula in formulas.values() for at in _spread(formula))
        return set(formulas).union(islice(spread, SPREAD_CAP))

    def _hold(self, where: str, text: str, stored: float, cells: Cells, shift: Place) -> None:
        try:
            computed = evaluate(text, cells, shift)
        except Unsupported:
            return
        self.checked += 1
        if not close(computed, stored):
            self.mismatches.append(Mismatch(where, text[:120], f"{stored:.15g}", f"{computed:.15g}"))


def _value(cell: Element) -> tuple[Value, Element | None]:
    """A cell's stored value as the evaluator knows it, and its formula element."""
    raw: str | None = None
    formula = None
    for child in cell:
        tag = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if tag == "f":
            formula = child
        elif tag == "v":
            raw = child.text
    kind = cell.get("t", "n")
    if kind == "n":
        try:
            return (float(raw) if raw and len(raw) < 40 else None), formula
        except ValueError:
            return OTHER, formula
    if kind in ("s", "inlineStr"):
        return "\1", formula  # some text: which one, no arithmetic asks
    return ((raw or "") if kind == "str" else OTHER), formula


def _text(formula: Element, at: Place, masters: dict[str, tuple[str, Place]]) -> tuple[str, Place]:
    """A formula's text and by how much its references move; the text of a shared one is its master's (§18.3.1.40)."""
    kind, text = formula.get("t", "normal"), (formula.text or "").strip()
    if kind == "shared":
        if text:
            masters[formula.get("si", "")] = text, at
        elif (master := masters.get(formula.get("si", ""))) is not None:
            return master[0], (at[0] - master[1][0], at[1] - master[1][1])
    return (text if kind in ("normal", "shared") else ""), (0, 0)


def _spread(formula: Element) -> Iterator[Place]:
    """The cells that one array formula or data table fills; the chain names each of them (§18.3.1.40)."""
    area = formula.get("ref", "")
    if formula.get("t") in ("array", "dataTable") and area:
        first, _, last = area.partition(":")
        (top, left), (bottom, right) = place(first), place(last or first)
        if (bottom - top + 1) * (right - left + 1) <= AREA_CAP:
            yield from ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


def _typed(texts: dict[Place, str], cells: Cells) -> Iterator[Place]:
    """Numbers that stand where a row of totals has its only cell without a formula, below numbers like its neighbours.

    Rows only: a column of totals is as often broken by a line that is none.
    """
    totals: dict[int, list[int]] = {}
    for (row, column), text in texts.items():
        if _TOTAL.match(text):
            totals.setdefault(row, []).append(column)
    for row, columns in sorted(totals.items()):
        if len(columns) < _FEWEST_TOTALS:
            continue
        between = set(range(min(columns), min(max(columns), min(columns) + 60))) - set(columns)
        bare = [column for column in sorted(between) if isinstance(cells.values.get((row, column)), float)]
        bare = [column for column in bare if (row, column) not in texts]
        if len(bare) == 1 and _numbers_above(cells, row, bare[0]) >= 3:
            yield row, bare[0]


def _numbers_above(cells: Cells, row: int, column: int) -> int:
    return sum(isinstance(cells.values.get((above, column)), float) for above in range(max(1, row - 12), row))


def _orphans(chain: bytes, formulas_of: dict[str, set[Place]]) -> Iterator[str]:
    """Cells of the chain, in sheets that were looked into, that have no formula.

    One without `i` is in the sheet of the one before it (§18.6.1).
    """
    sheet = ""
    for index, match in enumerate(_LINK.finditer(chain)):
        if index >= 20 * FORMULAS_CAP:
            return
        attributes = dict(re.findall(rb'(\w+)="([^"]{0,20})"', match[1]))
        sheet = attributes.get(b"i", sheet.encode()).decode("ascii", "replace")
        try:
            at = place(attributes.get(b"r", b"").decode("ascii", "replace"))
        except Unsupported:
            continue
        if sheet in formulas_of and at not in formulas_of[sheet]:
            yield _name(at)


def _name(at: Place) -> str:
    row, column = at
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
