"""Which reader reads which media type: the literal list, and the one door to it."""

import hashlib
from collections.abc import Callable
from dataclasses import replace

from crible.extract import (
    cards,
    doc,
    docx,
    epub,
    image,
    iwork,
    odf,
    office_xml,
    pdf,
    ppt,
    pptx,
    rtf,
    second,
    structured,
    text,
    visio,
    webpage,
    xls,
    xlsb,
    xlsx,
)
from crible.extract.image import metafile
from crible.extract.image.opening import FORMATS
from crible.extract.magic import OOXML_ENCRYPTED
from crible.extract.media import avi, film, matroska, sound
from crible.extract.ooxml import DOCX, PPTX, VSDX, XLSX
from crible.model.errors import Unreadable
from crible.model.facts import Reading
from crible.model.ledger import State
from crible.sandbox.window import Window

Read = Callable[[Window], Reading]


def _encrypted(_: Window) -> Reading:
    """For types that are nothing but an envelope: the key is elsewhere."""
    raise Unreadable("encrypted", State.ENCRYPTED)


READERS: dict[str, Read] = {
    "application/pdf": pdf.read,
    DOCX: docx.read,
    XLSX: xlsx.read,
    PPTX: pptx.read,
    VSDX: visio.read,
    xlsb.MIME: xlsb.read,
    doc.MIME: doc.read,
    xls.MIME: xls.read,
    ppt.MIME: ppt.read,
    rtf.MIME: rtf.read,
    epub.MIME: epub.read,
    odf.FLAT: odf.read_flat,
    **dict.fromkeys(odf.MIMES, odf.read),
    **dict.fromkeys(iwork.MIMES, iwork.read),
    **dict.fromkeys(office_xml.ROOTS.values(), office_xml.read),
    "text/html": webpage.read,
    "text/plain": text.read,
    "text/csv": text.read,
    "text/tab-separated-values": text.read,
    "text/xml": structured.read_xml,
    "text/calendar": cards.read,
    "text/vcard": cards.read,
    "application/json": structured.read_json,
    "image/svg+xml": structured.read_xml,
    "application/pgp-signature": text.read,
    **dict.fromkeys(FORMATS, image.read),
    metafile.EMF: metafile.read_emf,
    metafile.WMF: metafile.read_wmf,
    **dict.fromkeys(("audio/mpeg", "audio/flac", "audio/wav", "audio/aiff", "application/ogg"), sound.read),
    "video/x-ms-asf": sound.read,
    **dict.fromkeys(("video/mp4", "video/quicktime", "audio/mp4"), film.read),
    "video/x-matroska": matroska.read,
    "video/x-msvideo": avi.read,
    "application/pgp-keys": text.read,
    "application/x-pem-file": text.read,
    "application/pgp-encrypted": _encrypted,
    "application/pkcs7-mime": _encrypted,
    OOXML_ENCRYPTED: _encrypted,
}


def read_file(window: Window, mime: str, name: str = "", attempt: int = 0) -> Reading:  # noqa: ARG001
    """One file read as `mime` says, with its SHA-256 as `wire`; `attempt` counts the children that died on it.

    Raises Unreadable: `empty` (ignored), `no-reader` with the type, `encrypted`, `budget` (which part, what
    limit), or `corrupt` with the library and what it said. Nothing else but MemoryError leaves, whatever the bytes.
    """
    if not window.length:
        raise Unreadable("empty", State.IGNORED)
    read = READERS.get(mime)
    if read is None:
        raise Unreadable("no-reader", type=mime)
    return replace(second.read(read, window, mime, attempt), mime=mime, wire=_sha256(window))


def _sha256(window: Window) -> bytes:
    digest = hashlib.sha256()
    at = 0
    while piece := window.read(at, 1 << 20):
        digest.update(piece)
        at += len(piece)
    return digest.digest()
