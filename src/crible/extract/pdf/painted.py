"""What a page paints, object by object in its order: text with its look, and what may lie over or under it."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from crible.extract.pdf.strips import Rect, joined

Handle = Any
Matrix = tuple[float, float, float, float, float, float]
DEEPEST = 8
"""Forms within forms."""
THIN = 3.0
"""Points: lines and rules hide no text."""
_FAR = 1e5
"""Points from the page's corner."""
_PALE, _DARK = 245, 70
"""Of 255: paper as people see it, and what a marker leaves."""
_INVISIBLE, _CLIP = 3, 7
_CORNERS = 6
"""Segments of a rectangle, closed once or twice."""


@dataclass(slots=True)
class Run:
    """One text object: what one operator shows, a word to a line."""

    handle: Handle
    order: int
    box: Rect
    font: int
    """Address of its font, as pdfium holds it while the page is open."""
    white: bool = False
    invisible: bool = False


@dataclass(slots=True)
class Cover:
    """Something painted over an area: a filled rectangle or a picture."""

    handle: Handle
    order: int
    box: Rect
    matrix: Matrix | None
    """Of the forms around it."""
    tone: str
    """`dark`, `white`, `colour` or `picture`; empty for what hides nothing (a gradient, a shape, something sheer)."""
    picture: bool = False


@dataclass(slots=True)
class Painted:
    """All that was looked at of one page."""

    runs: list[Run] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)
    fonts: dict[int, Handle] = field(default_factory=dict)
    objects: int = 0
    cut: bool = False
    """There are more."""


_FLOATS = _LEFT, _BOTTOM, _RIGHT, _TOP = tuple(ctypes.c_float() for _ in range(4))
_INTS = _RED, _GREEN, _BLUE, _ALPHA = tuple(ctypes.c_uint() for _ in range(4))
_MODE, _STROKE, _MATRIX = ctypes.c_int(), ctypes.c_int(), pdfium.FS_MATRIX()
# One set of registers for all calls: making them anew takes longer than the call, and a child has one thread.


def painted(page: Handle, most: int) -> Painted:
    """The first `most` objects of a page, forms opened in their place."""
    found = Painted()
    for order, (handle, kind, matrix, sheer) in enumerate(_objects(page, found)):
        if order >= most:
            found.cut = True
            break
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            _text(found, handle, order, matrix)
        elif kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            _area(found, handle, kind, order, matrix, sheer=sheer)
    return found


def _objects(page: Handle, found: Painted) -> Iterator[tuple[Handle, int, Matrix | None, bool]]:
    """Each object that is no form, with the matrix of the forms around it and whether one of them is sheer."""
    stack: list[tuple[Iterator[Handle], Matrix | None, bool]] = [(_of_page(page), None, False)]
    while stack:
        handle = next(stack[-1][0], None)
        if handle is None:
            stack.pop()
            continue
        kind = pdfium.FPDFPageObj_GetType(handle)
        _, matrix, sheer = stack[-1]
        found.objects += 1
        if kind != pdfium.FPDF_PAGEOBJ_FORM:
            yield handle, kind, matrix, sheer
        elif len(stack) < DEEPEST:
            sheer = sheer or bool(pdfium.FPDFPageObj_HasTransparency(handle))
            stack.append((_of_form(handle), _within(handle, matrix), sheer))


def _of_page(page: Handle) -> Iterator[Handle]:
    for at in range(pdfium.FPDFPage_CountObjects(page)):
        yield pdfium.FPDFPage_GetObject(page, at)


def _of_form(form: Handle) -> Iterator[Handle]:
    for at in range(pdfium.FPDFFormObj_CountObjects(form)):
        yield pdfium.FPDFFormObj_GetObject(form, at)


def _within(form: Handle, outer: Matrix | None) -> Matrix | None:
    if not pdfium.FPDFPageObj_GetMatrix(form, _MATRIX):
        return outer
    a, b, c, d, e, f = _MATRIX.a, _MATRIX.b, _MATRIX.c, _MATRIX.d, _MATRIX.e, _MATRIX.f
    if outer is None:
        return None if (a, b, c, d, e, f) == (1, 0, 0, 1, 0, 0) else (a, b, c, d, e, f)
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _box(handle: Handle, matrix: Matrix | None) -> Rect | None:
    """In points of the page; none where a number is none, or so large that nothing is said by it."""
    if not pdfium.FPDFPageObj_GetBounds(handle, *_FLOATS):
        return None
    left, bottom, right, top = _LEFT.value, _BOTTOM.value, _RIGHT.value, _TOP.value
    if matrix is not None:
        a, b, c, d, e, f = matrix
        corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
        across, up = [x for x, _ in corners], [y for _, y in corners]
        left, bottom, right, top = min(across), min(up), max(across), max(up)
    sane = -_FAR < left < _FAR and -_FAR < bottom < _FAR and -_FAR < right < _FAR and -_FAR < top < _FAR
    return (left, bottom, right, top) if sane else None


def _text(found: Painted, handle: Handle, order: int, matrix: Matrix | None) -> None:
    mode = pdfium.FPDFTextObj_GetTextRenderMode(handle)
    box = _box(handle, matrix)
    if mode == _CLIP or box is None:
        return
    font = pdfium.FPDFTextObj_GetFont(handle)
    address = ctypes.addressof(font.contents) if font else 0
    if address not in found.fonts:
        found.fonts[address] = font
    found.runs.append(Run(handle, order, box, address, mode == 0 and _white(handle), mode == _INVISIBLE))


def _area(found: Painted, handle: Handle, kind: int, order: int, matrix: Matrix | None, *, sheer: bool) -> None:
    box = _box(handle, matrix)
    if box is None or box[2] - box[0] < THIN or box[3] - box[1] < THIN:
        return
    picture = kind == pdfium.FPDF_PAGEOBJ_IMAGE
    if picture:
        tone = "picture"
    elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
        tone = ""
    else:
        pdfium.FPDFPath_GetDrawMode(handle, _MODE, _STROKE)
        if not _MODE.value:
            return
        tone = _tone(handle)
        if tone != "white" and not rectangular(handle):
            tone = ""
    if sheer or (tone and pdfium.FPDFPageObj_HasTransparency(handle)):
        tone = ""
    found.covers.append(Cover(handle, order, box, matrix, tone, picture))


def _white(handle: Handle) -> bool:
    return bool(pdfium.FPDFPageObj_GetFillColor(handle, *_INTS)) and _RED.value >= _PALE and _tone(handle) == "white"


def _tone(handle: Handle) -> str:
    """Of what fills it; empty for a pattern or what is not opaque."""
    if not pdfium.FPDFPageObj_GetFillColor(handle, *_INTS) or _ALPHA.value < 255:
        return ""
    shades = (_RED.value, _GREEN.value, _BLUE.value)
    if min(shades) >= _PALE:
        return "white"
    return "dark" if max(shades) <= _DARK else "colour"


def rectangular(path: Handle) -> bool:
    """Whether a path has as many corners as a rectangle."""
    return bool(4 <= pdfium.FPDFPath_CountSegments(path) <= _CORNERS)


def clipped(cover: Cover) -> Rect:
    """The part of a cover's box that its clip path leaves, as far as corners tell."""
    path = pdfium.FPDFPageObj_GetClipPath(cover.handle)
    box = cover.box
    for at in range(min(pdfium.FPDFClipPath_CountPaths(path), 20)):
        points = list(_points(path, at, cover.matrix))
        if points:
            around = points[0]
            for point in points[1:]:
                around = joined(around, point)
            box = max(box[0], around[0]), max(box[1], around[1]), min(box[2], around[2]), min(box[3], around[3])
    return box


def _points(path: Handle, at: int, matrix: Matrix | None) -> Iterator[Rect]:
    a, b, c, d, e, f = matrix or (1, 0, 0, 1, 0, 0)
    for number in range(min(pdfium.FPDFClipPath_CountPathSegments(path, at), 200)):
        segment = pdfium.FPDFClipPath_GetPathSegment(path, at, number)
        if segment and pdfium.FPDFPathSegment_GetPoint(segment, _LEFT, _BOTTOM):
            x, y = _LEFT.value, _BOTTOM.value
            yield a * x + c * y + e, b * x + d * y + f, a * x + c * y + e, b * x + d * y + f
