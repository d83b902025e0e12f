"""Annotations of a page (ISO 32000-2 §12.5): comments, form fields, links, attached files, shapes that hide text."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2.raw as pdfium

from crible.extract.moments import pdf_instant
from crible.extract.pdf.opening import Document, wide
from crible.extract.pdf.painted import Handle
from crible.extract.pdf.strips import Rect
from crible.model.files import Mark

A_PAGE, A_FILE = 500, 5_000
"""Annotations that are looked at."""
_COMMENTS = frozenset(
    {
        pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_HIGHLIGHT, pdfium.FPDF_ANNOT_UNDERLINE,
        pdfium.FPDF_ANNOT_STRIKEOUT, pdfium.FPDF_ANNOT_SQUIGGLY, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_CARET,
        pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_CIRCLE, pdfium.FPDF_ANNOT_INK, pdfium.FPDF_ANNOT_LINE,
        pdfium.FPDF_ANNOT_FILEATTACHMENT,
    }
)  # fmt: skip
_OPAQUE = {
    pdfium.FPDF_ANNOT_SQUARE: pdfium.FPDFANNOT_COLORTYPE_InteriorColor,
    pdfium.FPDF_ANNOT_FREETEXT: pdfium.FPDFANNOT_COLORTYPE_Color,
}
"""Shapes that are filled, and where the fill's colour stands."""
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_ACTIONS = {pdfium.PDFACTION_LAUNCH: "Launch", pdfium.PDFACTION_REMOTEGOTO: "GoToR"}
_TEXT = 4_000


@dataclass(slots=True)
class Notes:
    """What the annotations of all pages say, in their order."""

    marks: list[Mark] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    """Name of each file attached to a page."""
    actions: set[str] = field(default_factory=set)
    looked: int = 0

    def add(self, document: Document, page: Handle) -> tuple[str, list[tuple[Rect, str, str]]]:
        """What fields and comments of one page say, a line each, and its opaque shapes: box, tone, text on them."""
        lines: list[str] = []
        shapes: list[tuple[Rect, str, str]] = []
        for annotation in self._each(page):
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            if kind == pdfium.FPDF_ANNOT_LINK:
                self._link(document, annotation)
            elif kind == pdfium.FPDF_ANNOT_WIDGET:
                # A box that is ticked has an appearance state, and its value is that state's name.
                lines.append("" if pdfium.FPDFAnnot_HasKey(annotation, b"AS") else _said(annotation, b"V"))
            elif kind in _COMMENTS:
                text = _said(annotation, b"Contents")
                self._comment(annotation, kind, text)
                lines.append(text)
                shapes.extend(_shape(annotation, kind, text))
        return "\n".join(filter(None, lines)), shapes

    def _each(self, page: Handle) -> Iterator[Handle]:
        for at in range(min(pdfium.FPDFPage_GetAnnotCount(page), A_PAGE)):
            self.looked += 1
            annotation = pdfium.FPDFPage_GetAnnot(page, at) if self.looked <= A_FILE else None
            if annotation:
                try:
                    yield annotation
                finally:
                    pdfium.FPDFPage_CloseAnnot(annotation)

    def _link(self, document: Document, annotation: Handle) -> None:
        action = pdfium.FPDFLink_GetAction(pdfium.FPDFAnnot_GetLink(annotation))
        kind = pdfium.FPDFAction_GetType(action) if action else 0
        if kind in _ACTIONS:
            self.actions.add(_ACTIONS[kind])
        if kind == pdfium.PDFACTION_URI and len(self.links) < A_FILE:
            buffer = ctypes.create_string_buffer(501)
            pdfium.FPDFAction_GetURIPath(document, action, buffer, 501)
            self.links.append(buffer.value.decode("utf-8", "replace")[:500])

    def _comment(self, annotation: Handle, kind: int, text: str) -> None:
        if kind == pdfium.FPDF_ANNOT_FILEATTACHMENT:
            self._file(annotation)
        elif text and len(self.marks) < 200:
            author, moment = _said(annotation, b"T")[:200], pdf_instant(_said(annotation, b"M"))
            self.marks.append(Mark("comment", author, moment, " ".join(text.split())[:200]))

    def _file(self, annotation: Handle) -> None:
        attachment = pdfium.FPDFAnnot_GetFileAttachment(annotation)
        if attachment and len(self.files) < 200:
            self.files.append(wide(pdfium.FPDFAttachment_GetName, attachment, most=200))


def _said(annotation: Handle, key: bytes) -> str:
    if not pdfium.FPDFAnnot_HasKey(annotation, key):
        return ""
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, size)
    text = bytes(buffer)[: size - 2].decode("utf-16-le", "ignore").replace("\r\n", "\n").replace("\r", "\n")
    return text.strip()[:_TEXT]


def _shape(annotation: Handle, kind: int, text: str) -> Iterator[tuple[Rect, str, str]]:
    source = _OPAQUE.get(kind)
    if source is None or pdfium.FPDFAnnot_GetFlags(annotation) & _UNSEEN or pdfium.FPDFAnnot_HasKey(annotation, b"CA"):
        return
    key = b"IC" if kind == pdfium.FPDF_ANNOT_SQUARE else b"C"
    if not pdfium.FPDFAnnot_HasKey(annotation, key):
        return
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    box = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetColor(annotation, source, red, green, blue, alpha) or not pdfium.FPDFAnnot_GetRect(
        annotation, box
    ):
        return
    shades = (red.value, green.value, blue.value)
    tone = "white" if min(shades) >= 245 else "dark" if max(shades) <= 70 else "colour"
    yield (box.left, box.bottom, box.right, box.top), tone, " ".join(text.split())
