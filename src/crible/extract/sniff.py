"""What a file is, by its bytes; its name only chooses among kinds of text."""

import re

from crible.extract import iwork, magic, odf, office_xml, ole2, text
from crible.extract.mail.detect import looks_like_mail
from crible.extract.ooxml import zip_type
from crible.sandbox.window import Window

HEAD = 1 << 16
BINARY = "application/octet-stream"
EMPTY = "application/x-empty"

_PDF = re.compile(rb"%PDF-\d\.\d")
_JSON = re.compile(r'\s*(?:\{\s*"[^"\\]{0,200}"\s*:|\[\s*[\[{"]|\{\s*\}\s*\Z|\[\s*\]\s*\Z)')
_HTML = re.compile(
    r"<(?:!doctype\s+html|(?:html|head|body|title|meta|script|style|table|div|center|p|h[1-6]|br)[\s/>])"
)
_ROOT = re.compile(r"<([a-zA-Z_][\w.:-]{0,80})")
_PREAMBLE = re.compile(r"\s+|<!--.*?-->|<\?[^>]*>|<!doctype[^>\[]*>", re.DOTALL)

ARMOUR = (
    ("-----BEGIN PGP MESSAGE", "application/pgp-encrypted"),
    ("-----BEGIN PGP SIGNATURE", "application/pgp-signature"),
    ("-----BEGIN PGP SIGNED MESSAGE", "text/plain"),
    ("-----BEGIN PGP PUBLIC KEY", "application/pgp-keys"),
    ("-----BEGIN PGP PRIVATE KEY", "application/pgp-keys"),
    ("-----BEGIN ", "application/x-pem-file"),
    ("BEGIN:VCALENDAR", "text/calendar"),
    ("BEGIN:VCARD", "text/vcard"),
)
_OFFICE = {
    name.lower(): (("schemas.microsoft.com/office", "urn:schemas-microsoft-com:office"), mime)
    for name, mime in office_xml.ROOTS.items()
} | {"document": (("urn:oasis:names:tc:opendocument",), odf.FLAT)}
BY_NAME = {"csv": "text/csv", "tsv": "text/tab-separated-values"}


def sniff(window: Window, name: str = "") -> str:
    """The media type of a file by its content; `application/octet-stream` where nothing is known of it.

    `name` only tells comma-separated values from other plain text. Never raises on any bytes.
    """
    head = window.read(0, HEAD)
    if not head:
        return EMPTY
    return _binary(window, head) or _textual(head, name) or BINARY


def _binary(window: Window, head: bytes) -> str:
    if head.startswith(b"PK\x03\x04"):
        found = zip_type(window)
        return (iwork.kind(window) or found) if found == "application/zip" else found
    if head.startswith(ole2.SIGNATURE):
        return _ole2(window)
    return magic.by_magic(head) or _pdf(window, head) or ("application/x-iso9660-image" if _iso(window) else "")


def _ole2(window: Window) -> str:
    names = ole2.root_names(window)
    return next((mime for name, mime in magic.OLE2 if name.lower() in names), "application/x-ole-storage")


def _pdf(window: Window, head: bytes) -> str:
    """Readers accept the header anywhere in the first 1,024 bytes; prose about PDF has no objects after it."""
    match = _PDF.search(head[:1024])
    if match is None or (
        match.start() and b" obj" not in head and b"startxref" not in window.read(max(0, window.length - 2048))
    ):
        return ""
    return "application/pdf"


def _iso(window: Window) -> bool:
    return window.read(32769, 5) == b"CD001"


def _textual(head: bytes, name: str) -> str:
    codec = text.codec_of(head)
    if not codec:
        return ""
    if looks_like_mail(head[:4096]):
        return "message/rfc822"
    start = text.decode(head[: HEAD // 4 * 4], codec).lstrip("\ufeff \t\r\n")
    for prefix, mime in ARMOUR:
        if start.startswith(prefix):
            return mime
    return _markup(start) or ("application/json" if _JSON.match(start) else _plain(name))


def _markup(start: str) -> str:
    """HTML, XHTML, SVG or other XML, by the first element after comments and declarations."""
    declared = start.startswith("<?xml")
    at = 0
    lowered = start[:8192].lower()
    if not lowered.startswith("<"):
        return ""
    if lowered.startswith("<!doctype html"):
        return "text/html"
    while match := _PREAMBLE.match(lowered, at):
        at = match.end()
    if _HTML.match(lowered, at):
        return "text/html"
    root = _ROOT.match(lowered, at)
    name = root[1].rpartition(":")[2] if root else ""
    if name == "svg":
        return "image/svg+xml"
    if name in _OFFICE and (mime := _office(name, lowered[at : at + 4096])):
        return mime
    return "text/xml" if declared or (root and f"</{root[1]}>" in lowered) else ""


def _office(root: str, start: str) -> str:
    """An Office document in one XML file, by its root and the namespace that goes with it."""
    marks, mime = _OFFICE[root]
    return mime if any(mark in start for mark in marks) else ""


def _plain(name: str) -> str:
    return BY_NAME.get(name.rpartition(".")[2].lower(), "text/plain")
