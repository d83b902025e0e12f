"""Pictures of a page, by their encoded streams, and whether they are the page (a scan, a letterhead as an image)."""

import ctypes
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from crible.extract.pdf.hidden import FULL
from crible.extract.pdf.painted import Cover, Handle
from crible.extract.pdf.sheet import Sheet
from crible.extract.pdf.strips import area, common
from crible.model.files import Picture

MOST = 200
LOOKED = 2_000
"""Picture objects of one file whose bytes are asked for: a logo is drawn on each page anew."""
BYTES = 256 << 20
"""Encoded bytes of one file that are digested."""


@dataclass(frozen=True, slots=True)
class Whole:
    """The picture that fills a page."""

    filter: str
    dpi: int
    tables: str
    first: int
    """Its place in the page's order of painting."""


class Pictures:
    """The pictures of all pages, each once."""

    def __init__(self) -> None:
        self._found: dict[bytes, Picture] = {}
        self._looked = self._bytes = 0

    def add(self, sheet: Sheet) -> None:
        """Those of one page."""
        for cover in _images(sheet):
            if self._looked >= LOOKED or self._bytes >= BYTES or len(self._found) >= MOST:
                return
            self._looked += 1
            data = _encoded(cover.handle)
            self._bytes += len(data)
            sha256 = hashlib.sha256(data).digest()
            if data and sha256 not in self._found:
                width, height = _pixels(cover.handle)
                self._found[sha256] = Picture(sha256, len(data), width, height, page=sheet.number)

    def facts(self) -> tuple[Picture, ...]:
        """In the order they were met."""
        return tuple(self._found.values())


def whole(sheet: Sheet) -> Whole | None:
    """The largest of the pictures that together cover the page (scanners cut pages into strips); None if none do."""
    shares = [(area(common(cover.box, sheet.frame)), cover) for cover in _images(sheet)]
    if sum(share for share, _ in shares) < FULL * area(sheet.frame):
        return None
    _, cover = max(shares, key=lambda pair: pair[0])
    width, height = _pixels(cover.handle)
    across, up = cover.box[2] - cover.box[0], cover.box[3] - cover.box[1]
    turned = (width > height) != (across > up)
    dpi = round(72 * (height if turned else width) / across)
    name = _filter(cover.handle)
    tables = _tables(_encoded(cover.handle)) if name == "DCTDecode" else ""
    return Whole(name, dpi, tables, cover.order)


def _images(sheet: Sheet) -> Iterator[Cover]:
    return (cover for cover in sheet.painted.covers if cover.picture)


def _encoded(image: Handle) -> bytes:
    size = pdfium.FPDFImageObj_GetImageDataRaw(image, None, 0)
    if not 0 < size <= BYTES:
        return b""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFImageObj_GetImageDataRaw(image, buffer, size)
    return buffer.raw


def _pixels(image: Handle) -> tuple[int, int]:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(image, width, height)
    return width.value, height.value


def _filter(image: Handle) -> str:
    count = pdfium.FPDFImageObj_GetImageFilterCount(image)
    if count < 1:
        return "none"
    buffer = ctypes.create_string_buffer(40)
    size = pdfium.FPDFImageObj_GetImageFilter(image, count - 1, buffer, 40)
    return buffer.raw[: max(0, min(size, 40) - 1)].decode("ascii", "replace")


def _tables(jpeg: bytes) -> str:
    """Digest of the quantisation tables (ITU-T T.81 §B.2.4.1), eight hex characters; empty where there are none."""
    at, digest, any_table = 2, hashlib.sha256(), False
    for _ in range(100):
        if at + 4 > len(jpeg) or jpeg[at] != 0xFF or jpeg[at + 1] == 0xDA:
            break
        length = int.from_bytes(jpeg[at + 2 : at + 4])
        if jpeg[at + 1] == 0xDB:
            digest.update(jpeg[at + 4 : at + 2 + length])
            any_table = True
        at += 2 + length
    return digest.hexdigest()[:8] if any_table else ""
