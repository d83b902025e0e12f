"""Text of a page that stands in the file and is not seen on the page, and text set on a picture of a page.

What is looked at are boxes, so that a page costs about as much as reading it: what lies over or under a shape that is
no rectangle is not decided, and then nothing is said.
"""

import ctypes
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pypdfium2.raw as pdfium

from crible.extract.pdf.opening import folded
from crible.extract.pdf.painted import Cover, Run, clipped, rectangular
from crible.extract.pdf.sheet import Sheet
from crible.extract.pdf.strips import Rect, Strips, area, common, joined
from crible.model.pdf import HiddenText

FULL = 0.85
"""Share of the page that a picture of the page covers at least; pictures of a letterhead's top do not reach it."""
SMALL = 1.5
"""Points of height: no printer shows letters of less."""
COVERS = 200
"""Covers of one page that are asked what lies under them."""
WHOLE = 0.9
"""Share of a run that lies under a cover for all of it to count as covered."""
WORDS = 200


@dataclass
class Found:
    """Passages of one kind on one page, taken together."""

    box: Rect
    texts: list[str] = field(default_factory=list)
    over: list[str] = field(default_factory=list)


def hidden(sheet: Sheet, marked: list[tuple[Rect, str, str]]) -> list[HiddenText]:
    """One entry for each kind met. `marked`: box, tone and text of annotations that lie opaque on the page."""
    kinds: dict[str, Found] = {}
    left, bottom, right, top = sheet.frame
    backs: Strips[Cover] | None = None
    for run in sheet.painted.runs:
        box = run.box
        within = box[0] <= right + 1 and box[2] >= left - 1 and box[1] <= top + 1 and box[3] >= bottom - 1
        if within and box[3] - box[1] >= SMALL and not run.white and not run.invisible:
            continue
        backs = backs or _backs(sheet)
        kind = _unseen(run, backs, within=within)
        if kind and (text := sheet.words(run)):
            _add(kinds, kind, run.box, text, "")
    for tone, box, under, over in _covered(sheet, marked):
        _add(kinds, f"under-{tone}", box, under, over)
    return [
        HiddenText(kind, sheet.number, sheet.place(found.box), _cut(found.texts), _cut(found.over))
        for kind, found in sorted(kinds.items())
    ]


def _add(kinds: dict[str, Found], kind: str, box: Rect, text: str, over: str) -> None:
    found = kinds.setdefault(kind, Found(box))
    found.box = joined(found.box, box)
    found.texts.append(text)
    if over:
        found.over.append(over)


def _cut(texts: list[str]) -> str:
    return " … ".join(dict.fromkeys(texts))[:WORDS]


def _backs(sheet: Sheet) -> Strips[Cover]:
    backs: Strips[Cover] = Strips()
    for cover in sheet.painted.covers:
        if cover.tone != "white":
            backs.add(cover.box, cover)
    return backs


def _unseen(run: Run, backs: Strips[Cover], *, within: bool) -> str:
    left, bottom, right, top = run.box
    x, y = (left + right) / 2, (bottom + top) / 2
    if run.invisible:
        # Over a picture, or over letters drawn as outlines, it is there to be searched and copied.
        return "" if any(True for _ in backs.at(x, y)) or backs.spent else "invisible"
    if not within:
        return "outside"
    if run.white:
        return "" if any(cover.order < run.order for cover in backs.at(x, y)) or backs.spent else "white"
    return "tiny" if top - bottom < SMALL and _small(run) else ""


def _small(run: Run) -> bool:
    """A dot or a dash is low whatever its font's size."""
    return bool(run.box[2] - run.box[0] < 200 and _size(run) < SMALL)


def _size(run: Run) -> float:
    """Font size times the run's own scale; that of forms around it is left out."""
    size, matrix = ctypes.c_float(), pdfium.FS_MATRIX()
    if not pdfium.FPDFTextObj_GetFontSize(run.handle, size) or not pdfium.FPDFPageObj_GetMatrix(run.handle, matrix):
        return SMALL
    return float(size.value * max(abs(matrix.a), abs(matrix.b), abs(matrix.c), abs(matrix.d)))


def _covered(sheet: Sheet, marked: list[tuple[Rect, str, str]]) -> Iterator[tuple[str, Rect, str, str]]:
    """Tone, box, text under and text over each opaque rectangle that lies on text; pictures of whole pages left out."""
    whole = FULL * area(sheet.frame)
    covers = [cover for cover in sheet.painted.covers if cover.tone and area(cover.box) < whole]
    if not covers and not marked:
        return
    runs: Strips[Run] = Strips()
    for run in sheet.painted.runs:
        if not run.invisible:
            runs.add(run.box, run)
    for cover in islice((cover for cover in covers if _under(runs, cover.box, cover.order)), COVERS):
        yield from _beneath(sheet, runs, cover)
    for box, tone, text in marked:
        if under := _under(runs, box, None):
            yield from _said(sheet, tone, box, under, [text])


def _beneath(sheet: Sheet, runs: Strips[Run], cover: Cover) -> Iterator[tuple[str, Rect, str, str]]:
    if cover.tone != "picture" and not rectangular(cover.handle):
        return
    box = clipped(cover)
    if under := _under(runs, box, cover.order):
        yield from _said(sheet, cover.tone, box, under, [sheet.words(run) for run in _over(runs, box, cover.order)])


def _said(
    sheet: Sheet, tone: str, box: Rect, under: list[Run], over: list[str]
) -> Iterator[tuple[str, Rect, str, str]]:
    if any(over) or all(_held(run.box, box, WHOLE) for run in under):
        text = " ".join(filter(None, (sheet.words(run) for run in under if _held(run.box, box))))
    else:
        # A line of which a word is covered is one run: its letters are asked for by their place.
        text = " ".join(sheet.text(box).split())
    if any(letter.isalnum() for letter in text):
        yield tone, box, text, " ".join(filter(None, over))


def _held(inner: Rect, outer: Rect, share: float = 0.6) -> bool:
    return area(common(inner, outer)) >= share * area(inner)


def _under(runs: Strips[Run], box: Rect, order: int | None) -> list[Run]:
    """Runs painted before, whose middle line the box covers over a width of two letters or more, in their order."""
    found: dict[int, Run] = {}
    for (left, bottom, right, top), run in runs.meeting(box):
        middle = (bottom + top) / 2
        wide = min(right, box[2]) - max(left, box[0])
        if (
            (order is None or run.order < order)
            and box[1] + 1 < middle < box[3] - 1
            and (wide > min(top - bottom, 0.6 * (right - left)))
        ):
            found[run.order] = run
    return [found[order] for order in sorted(found)]


def _over(runs: Strips[Run], box: Rect, order: int) -> list[Run]:
    found = {run.order: run for other, run in runs.meeting(box) if run.order > order and _held(other, box)}
    return [found[order] for order in sorted(found)]


def layered(sheet: Sheet, names: frozenset[str]) -> HiddenText | None:
    """Text of layers that are not shown, by the names that its marks give (§8.11.3.2)."""
    found: dict[str, Found] = defaultdict(lambda: Found(sheet.frame))
    for run in sheet.painted.runs:
        name = _layer(run)
        if name in names and (text := sheet.words(run)):
            found[name].texts.append(text)
    if not found:
        return None
    texts = [f"{name}: {_cut(each.texts)}" for name, each in sorted(found.items())]
    return HiddenText("layer", sheet.number, sheet.place(sheet.frame), _cut(texts))


def _layer(run: Run) -> str:
    for at in range(min(pdfium.FPDFPageObj_CountMarks(run.handle), 20)):
        mark = pdfium.FPDFPageObj_GetMark(run.handle, at)
        if _wide(pdfium.FPDFPageObjMark_GetName, mark) == "OC":
            return _wide(pdfium.FPDFPageObjMark_GetParamStringValue, mark, b"Name")
    return ""


def _wide(getter: Callable[..., int], *arguments: Any) -> str:
    """A UTF-16 text of at most 200 characters that comes with its size."""
    buffer, size = (ctypes.c_ushort * 201)(), ctypes.c_ulong()
    if not getter(*arguments, buffer, 402, size) or not 2 < size.value <= 402:
        return ""
    return folded(bytes(buffer)[: size.value - 2].decode("utf-16-le", "ignore"), WORDS)
