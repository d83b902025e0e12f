"""Reads a PDF: the text of its pages, and what it says of itself, each in its own field."""

from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from crible.extract.capped import Collector
from crible.extract.guard import reading
from crible.extract.language import detect
from crible.extract.moments import office_instant, pdf_instant
from crible.extract.pdf import info
from crible.extract.pdf.catalog import Catalog, catalog
from crible.extract.pdf.gathered import Gathered
from crible.extract.pdf.notes import Notes
from crible.extract.pdf.opening import Document, mended, opened, wide
from crible.extract.pdf.sheet import Sheet
from crible.extract.pdf_structure import with_structure
from crible.model.examined import OCR
from crible.model.facts import Reading
from crible.model.files import Embedded, FileFacts
from crible.model.instant import Instant
from crible.model.pdf import PdfFacts
from crible.sandbox.window import Window

MIME = "application/pdf"
PAGE_CAP = 20_000
EMBEDDED = 200
"""Attached files and links that are named."""


@dataclass
class Pages:
    """What the pages gave."""

    collector: Collector = field(default_factory=Collector)
    gathered: Gathered = field(default_factory=Gathered)
    notes: Notes = field(default_factory=Notes)
    unread: int = 0


def read(window: Window) -> Reading:
    """Text page by page, parted by form feeds: what is set on the page, then what its form fields and comments say.

    Raises Unreadable: `encrypted` where the file opens only with a password or another's key; `corrupt` where neither
    pdfium nor, after qpdf mended the file, pdfium again finds a page. A file that only its owner's password protects
    is read.
    """
    with reading("pdfium"):
        try:
            with opened(window) as document:
                return _reading(window, document, ())
        except pypdfium2.PdfiumError as fault:
            with mended(window, fault) as document:
                return _reading(window, document, ("pdfium", "qpdf"))


def _reading(window: Window, document: Document, readers: tuple[str, ...]) -> Reading:
    said = catalog(window)
    pages = _pages(document, said)
    text = pages.collector.text()
    facts = with_structure(_facts(document, said, pages, readers), window)
    return Reading(MIME, text, detect(text), file=facts, truncated=pages.collector.left_out)


def _pages(document: Document, said: Catalog) -> Pages:
    pages = Pages()
    pages.gathered.unseen_layers = frozenset(layer.name for layer in said.layers if not layer.visible and layer.name)
    count = len(document)
    for number in range(min(count, PAGE_CAP)):
        text = _page(document, number, pages)
        pages.collector.add(f"\f{text or ''}" if number else text or "")
        pages.unread += text is None
    if count and pages.unread == min(count, PAGE_CAP):
        raise pypdfium2.PdfiumError("no page can be loaded")
    pages.unread += max(0, count - PAGE_CAP)
    return pages


def _page(document: Document, number: int, pages: Pages) -> str | None:
    """The page's text; None where the page cannot be loaded."""
    page = pdfium.FPDF_LoadPage(document, number)
    if not page:
        return None
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        sheet = Sheet(page, text_page, number + 1, pages.gathered.room())
        text = sheet.text()
        beside, shapes = pages.notes.add(document, page)
        text = "\n".join(filter(None, (text, beside)))
        pages.gathered.add(sheet, text, shapes)
        return text
    finally:
        if text_page:
            pdfium.FPDFText_ClosePage(text_page)
        pdfium.FPDF_ClosePage(page)


def _facts(document: Document, said: Catalog, pages: Pages, readers: tuple[str, ...]) -> FileFacts:
    told = info.said(document)
    pdf = _structure(document, told, said, pages)
    gathered, notes = pages.gathered, pages.notes
    embedded = _embedded(document, notes)
    counts = _counts(embedded, pages)
    instants = tuple(
        dict.fromkeys(filter(None, (pdf.info_created, pdf.info_modified, pdf.xmp_created, pdf.xmp_modified)))
    )
    created, modified = pdf.info_created or pdf.xmp_created, pdf.info_modified or pdf.xmp_modified
    moments = {key: each.iso() for key, each in (("created", created), ("modified", modified)) if each}
    kept = {key: told[key] for key in ("Subject", "Keywords", "Creator", "Producer") if key in told}
    device = " ".join(filter(None, (said.xmp.get("tiff:Make"), said.xmp.get("tiff:Model"))))
    return FileFacts(
        title=told.get("Title", "") or said.xmp.get("dc:title", ""),
        author=told.get("Author", "") or said.xmp.get("dc:creator", ""),
        company=told.get("Company", ""),
        manager=told.get("Manager", ""),
        application=told.get("Producer", "") or told.get("Creator", "") or said.xmp.get("pdf:Producer", ""),
        created=created,
        modified=modified,
        locale=wide(pdfium.FPDFCatalog_GetLanguage, document, most=20),
        fonts=tuple(font.name for font in pdf.fonts),
        paper=gathered.paper,
        device=device or info.scanner(pdf.creator, pdf.producer, said.xmp.get("xmp:CreatorTool", "")),
        embedded=embedded,
        pictures=gathered.pictures.facts(),
        marks=tuple(notes.marks),
        hidden=tuple(dict.fromkeys(_named_hidden(pdf)))[:100],
        pages=len(document),
        pages_without_text=tuple(gathered.without_text),
        instants=instants,
        properties=dict(sorted((kept | counts | moments).items())),
        readers=readers,
        wants=(OCR,) if gathered.without_text or gathered.compare else (),
        pdf=pdf,
        defects=tuple(sorted(counts)),
    )


def _structure(document: Document, told: dict[str, str], said: Catalog, pages: Pages) -> PdfFacts:
    gathered = pages.gathered
    strangers, reset = gathered.page_fonts.strangers()
    return PdfFacts(
        producer=told.get("Producer", "") or said.xmp.get("pdf:Producer", ""),
        creator=told.get("Creator", "") or said.xmp.get("xmp:CreatorTool", ""),
        info=told,
        info_created=pdf_instant(told.get("CreationDate", "")),
        info_modified=pdf_instant(told.get("ModDate", "")),
        xmp=said.xmp,
        xmp_created=_xmp_instant(said, "xmp:CreateDate"),
        xmp_modified=_xmp_instant(said, "xmp:ModifyDate"),
        fonts=gathered.fonts.facts(),
        layers=said.layers,
        hidden=tuple(gathered.hidden),
        odd_numbers=tuple(gathered.odd),
        overlays=tuple(gathered.overlays),
        recognised=tuple(gathered.recognised),
        compare=tuple(gathered.compare),
        page_kinds=gathered.page_kinds(),
        strangers=strangers,
        reset=reset,
        actions=tuple(sorted({*said.actions, *pages.notes.actions})),
        encryption=max(0, pdfium.FPDF_GetSecurityHandlerRevision(document)),
        unlooked=gathered.unlooked,
    )


def _xmp_instant(said: Catalog, key: str) -> Instant | None:
    return office_instant(said.xmp.get(key, ""))


def _embedded(document: Document, notes: Notes) -> tuple[Embedded, ...]:
    """Files of the name tree, files attached to pages, then where links lead, each once."""
    count = max(0, min(pdfium.FPDFDoc_GetAttachmentCount(document), EMBEDDED))
    files = [
        wide(pdfium.FPDFAttachment_GetName, pdfium.FPDFDoc_GetAttachment(document, at), most=200) for at in range(count)
    ]
    named = [Embedded("file", name) for name in (*files, *notes.files)]
    links = [Embedded("link", link) for link in dict.fromkeys(notes.links) if link]
    return tuple((named + links)[:EMBEDDED])


def _counts(embedded: tuple[Embedded, ...], pages: Pages) -> dict[str, str]:
    """What a reader of the text must know is missing from it, by message key."""
    files = sum(item.kind == "file" for item in embedded)
    missing = {
        "pages-without-text": len(pages.gathered.without_text),
        "pages-unread": pages.unread,
        "embedded-files": files,
    }
    return {key: str(count) for key, count in missing.items() if count}


def _named_hidden(pdf: PdfFacts) -> list[str]:
    layers = [f"layer: {layer.name}" for layer in pdf.layers if not layer.visible]
    return layers + [f"text: {found.text}"[:200] for found in pdf.hidden]
