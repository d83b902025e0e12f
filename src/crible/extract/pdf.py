"""PDF by pdfium (ISO 32000): text of each page, document information, and what it holds beside its text."""

import ctypes
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from crible.extract.capped import Collector
from crible.extract.guard import reading
from crible.extract.language import detect
from crible.extract.moments import pdf_instant
from crible.model.errors import Unreadable
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.model.ledger import State
from crible.sandbox.window import Window

PAGE_CAP = 20_000
_EVERYWHERE = (-1e7, 1e7, 1e7, -1e7)
"""Left, top, right, bottom: text off the page counts too. Unlike a range of characters, gives all of Unicode."""
_INFO = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate")
_ENCRYPTED = frozenset({pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY})


def read(window: Window) -> Reading:
    """Text page by page, parted by form feeds, and the document information.

    Pages without any text are counted in the properties (scans: nothing was recognised in them). Raises Unreadable
    (`encrypted`) where the file opens only with a password or another's key.
    """
    with reading("pdfium"), closing(_open(window)) as document:
        collector = Collector()
        blank = broken = 0
        count = len(document)
        for number in range(min(count, PAGE_CAP)):
            text = _page_text(document, number)
            collector.add(f"\f{text or ''}" if number else text or "")
            blank += text is not None and not text.strip()
            broken += text is None
        if count and broken == count:
            raise Unreadable("corrupt", reader="pdfium", detail="no page can be loaded")
        facts = _facts(document, count, blank, broken + max(0, count - PAGE_CAP))
        text = collector.text()
        return Reading("application/pdf", text, detect(text), file=facts, truncated=collector.left_out)


Document = Any  # pypdfium2 has no types


def _open(window: Window) -> Document:
    # Block by block through a callback: as fast as from memory on 647 files, and a file of 3 GB fits.
    try:
        return pypdfium2.PdfDocument(window.stream())
    except pypdfium2.PdfiumError as error:
        if error.err_code in _ENCRYPTED:
            raise Unreadable("encrypted", State.ENCRYPTED) from error
        raise


def _page_text(document: Document, number: int) -> str | None:
    """The page's text in reading order, lines by newlines; None where the page cannot be loaded."""
    page = pdfium.FPDF_LoadPage(document, number)
    if not page:
        return None
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        size = pdfium.FPDFText_GetBoundedText(text_page, *_EVERYWHERE, None, 0) if text_page else 0
        if size <= 0:
            return ""
        buffer = (ctypes.c_ushort * size)()
        pdfium.FPDFText_GetBoundedText(text_page, *_EVERYWHERE, buffer, size)
        # pdfium joins a word hyphenated at a line's end by U+0002; the hyphen was on paper, so it is kept as such.
        return bytes(buffer).decode("utf-16-le", "ignore").replace("\r\n", "\n").replace("\x02", "-\n")
    finally:
        if text_page:
            pdfium.FPDFText_ClosePage(text_page)
        pdfium.FPDF_ClosePage(page)


def _facts(document: Document, count: int, blank: int, unread: int) -> FileFacts:
    said = {key: value for key in _INFO if (value := _said(document, key))}
    moments = {
        key: instant
        for key, field in (("created", "CreationDate"), ("modified", "ModDate"))
        if (instant := pdf_instant(said.get(field, ""))) is not None
    }
    counts = dict(_counts(document, blank, unread))
    kept = {key: said[key] for key in ("Subject", "Keywords", "Creator", "Producer") if key in said}
    return FileFacts(
        title=said.get("Title", ""),
        author=said.get("Author", ""),
        application=said.get("Producer", "") or said.get("Creator", ""),
        pages=count,
        instants=tuple(moments.values()),
        properties=dict(sorted((kept | counts | {key: each.iso() for key, each in moments.items()}).items())),
        defects=tuple(sorted(counts)),
    )


def _counts(document: Document, blank: int, unread: int) -> Iterator[tuple[str, str]]:
    """What a reader of the text must know is missing from it, by message key."""
    embedded = pdfium.FPDFDoc_GetAttachmentCount(document)
    for key, count in (("pages-without-text", blank), ("pages-unread", unread), ("embedded-files", embedded)):
        if count > 0:
            yield key, str(count)


def _said(document: Document, key: str) -> str:
    """One entry of the information dictionary, 1,000 characters of it; pypdfium2's own getter raises on odd UTF-16."""
    name = key.encode() + b"\0"
    size = pdfium.FPDF_GetMetaText(document, name, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document, name, buffer, size)
    text = buffer.raw[: size - 2].decode("utf-16-le", "ignore")
    return " ".join(text.replace("\0", "").split())[:1000]
