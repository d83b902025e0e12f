"""The document information dictionary (ISO 32000-2 §14.3.3)."""

import re

import pypdfium2.raw as pdfium

from crible.extract.pdf.opening import Document, wide

KEYS = (
    "Title",
    "Author",
    "Subject",
    "Keywords",
    "Creator",
    "Producer",
    "CreationDate",
    "ModDate",
    "Company",
    "Manager",
)

_SCANNER = re.compile(
    r"\b(?:Canon (?:i[RPX]|imageRUNNER|MF|LiDE|DR-|SC\d|G\d|TS\d)|CanoScan|imageRUNNER|Xerox|WorkCentre|VersaLink"
    r"|AltaLink|RICOH|Aficio|KONICA MINOLTA|bizhub|HP (?:Digital Sending|Scan|LaserJet|OfficeJet|Officejet)"
    r"|ScanJet|ScanSnap|(?:EPSON|Epson) Scan|EPSON (?:WF|ET|XP|DS|Perfection)|Brother (?:MFC|DCP|ADS)|Lexmark"
    r"|e-STUDIO|KYOCERA|TASKalfa|ECOSYS|SHARP (?:MX|BP|AR)|Samsung (?:SCX|SL|CLX)|OKI MC|Develop ineo|Gestetner"
    r"|Nashuatec|Lanier|CamScanner|Adobe Scan|Genius Scan|NAPS2|PaperPort|VueScan|SilverFast)"
)


def said(document: Document) -> dict[str, str]:
    """Its entries as written, 1,000 characters of each; pypdfium2's own getter raises on odd UTF-16."""
    values = ((key, wide(pdfium.FPDF_GetMetaText, document, key.encode() + b"\0")) for key in KEYS)
    return {key: value for key, value in values if value}


def scanner(*texts: str) -> str:
    """The first of these texts that names a scanner, a copier or a scanning program; empty if none does."""
    return next((text for text in texts if _SCANNER.search(text)), "")
