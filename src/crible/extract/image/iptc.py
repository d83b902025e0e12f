"""Captions of news agencies: IPTC-IIM datasets inside Photoshop's image resources (IIM 4.2, APP13 of a JPEG)."""

import struct
from collections.abc import Iterator

from crible.extract.capped import clean

SIGNATURE = b"Photoshop 3.0\0"
_RESOURCE, _IPTC = b"8BIM", 0x0404
_UTF8 = b"\x1b%G"
_WORDS = {5: "title", 25: "keyword", 40: "instructions", 80: "byline", 105: "headline", 110: "credit", 116: "rights",
          120: "caption"}  # fmt: skip
_MOST = 500


def captions(block: bytes) -> list[str]:
    """What people wrote: title, keywords, byline, headline, caption …, in order, each once."""
    utf8, found = False, []
    for record, dataset, value in _datasets(_iptc(block)):
        if (record, dataset) == (1, 90):
            utf8 = value.startswith(_UTF8)
        elif record == 2 and dataset in _WORDS and (text := _decoded(value, utf8=utf8)) and text not in found:
            found.append(text)
    return found


def _decoded(value: bytes, *, utf8: bool) -> str:
    try:
        text = value[:4000].decode("utf-8", "strict" if not utf8 else "replace")
    except UnicodeDecodeError:
        text = value[:4000].decode("cp1252", "replace")
    return clean(text).strip()


def _iptc(block: bytes) -> bytes:
    """The dataset block among the resources; the bytes themselves where they begin with one (TIFF tag 33723)."""
    if block[:1] == b"\x1c":
        return block
    at = len(SIGNATURE) if block.startswith(SIGNATURE) else 0
    while block.startswith(_RESOURCE, at) and at + 12 <= len(block):
        number, named = struct.unpack_from(">HB", block, at + 4)
        start = at + 6 + (named + 2) // 2 * 2
        if start + 4 > len(block):
            break
        (size,) = struct.unpack_from(">I", block, start)
        if number == _IPTC:
            return block[start + 4 : start + 4 + size]
        at = start + 4 + (size + 1) // 2 * 2
    return b""


def _datasets(block: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    for _ in range(_MOST):
        if block[at : at + 1] != b"\x1c" or at + 5 > len(block):
            return
        record, dataset, size = struct.unpack_from(">BBH", block, at + 1)
        if size & 0x8000:  # an extended dataset, which no field of ours is
            return
        yield record, dataset, block[at + 5 : at + 5 + size]
        at += 5 + size
