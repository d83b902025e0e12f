"""Files inside OLE objects: what a storage, a package or an RTF object wraps ([MS-OLEDS])."""

import struct

from crible.extract import charset
from crible.extract.compound import Compound, Item
from crible.extract.ole2 import SIGNATURE
from crible.extract.ooxml import DOCX, PPTX, XLSX, zip_type
from crible.extract.zip_salvage import Rebuilt

NATIVE = "\x01ole10native"
CAP = 256 << 20
"""Bytes of one embedded file."""
_ENDINGS = {DOCX: ".docx", XLSX: ".xlsx", PPTX: ".pptx"}
_WHOLE = (
    ("worddocument", ".doc"), ("workbook", ".xls"), ("book", ".xls"), ("powerpoint document", ".ppt"),
    ("visiodocument", ".vsd"), ("quill", ".pub"), ("__properties_version1.0", ".msg"), ("encryptedpackage", ""),
)  # fmt: skip
_BOOKS = ("workbook", "book")

File = tuple[str, bytes]
"""Name as given, bytes."""


def of_bytes(data: bytes, name: str) -> File | None:
    """The file that an embedded object's bytes wrap; the bytes as they are where they are one by themselves.

    None for a storage of no known kind: a control's or an equation's private data.
    """
    if not data.startswith(SIGNATURE):
        return name, data
    compound = Compound(Rebuilt(-1, 0, len(data), data))
    stem = name.removesuffix(".bin")
    if found := of_storage(compound, "", stem):
        return found
    ending = next((ending for stream, ending in _WHOLE if stream in compound.items), None)
    return None if ending is None else (stem if stem.lower().endswith(ending) else stem + ending, data)


def of_storage(compound: Compound, folder: str, name: str) -> File | None:
    """The file that a storage wraps: a package's, a PDF's, an OOXML document's; of an old workbook its stream."""
    prefix = folder + "/" if folder else ""
    raw = compound.optional(prefix + NATIVE, CAP)
    if raw and (found := native(raw[4:])):
        return found[0] or name, found[1]
    for stream in ("package", "contents"):
        data = compound.optional(prefix + stream, CAP)
        if data.startswith(b"%PDF-"):
            return name + ".pdf", data
        if data.startswith(b"PK\x03\x04"):
            return name + _ENDINGS.get(zip_type(Rebuilt(-1, 0, len(data), data)), ".zip"), data
    for stream in _BOOKS if folder else ():  # within another file the rest of its storage is left behind
        if data := compound.optional(prefix + stream, CAP):
            return name + ".xls", data
    return None


def wraps(compound: Compound, item: Item) -> bool:
    """Whether `of_storage` gives a file of this storage, by the names of its streams alone."""
    return any(stream.name.lower() in {NATIVE, "package", *_BOOKS} for stream in compound.streams(item.path))


def native(data: bytes) -> File | None:
    """Name and bytes of a package (§2.3.6, and its contents as Windows' packager lays them out); None if it is none."""
    if data[:2] != b"\2\0":  # equations and other programs keep data of their own under the same name
        return None
    at = 2
    strings = []
    for _ in range(2):
        end = data.find(b"\0", at, at + 1024)
        if end < 0:
            return None
        strings.append(data[at:end])
        at = end + 1
    if at + 8 > len(data):
        return None
    size = struct.unpack_from("<I", data, at + 4)[0]
    at += 8 + size
    if size > 2048 or at + 4 > len(data):
        return None
    size = struct.unpack_from("<I", data, at)[0]
    label, path = (charset.decode(each, "utf-8")[0] for each in strings)
    return label or path.replace("/", "\\").rpartition("\\")[2], data[at + 4 : at + 4 + size]


def of_rtf(data: bytes, name: str) -> File | None:
    """The file of an object in the form that RTF gives in hexadecimal (§2.2.5); None for a link or nothing."""
    if len(data) < 12 or struct.unpack_from("<I", data, 4)[0] != 2:
        return None
    at, words = 8, []
    for _ in range(3):
        if at + 4 > len(data):
            return None
        size = struct.unpack_from("<I", data, at)[0]
        words.append(data[at + 4 : at + 4 + size].rstrip(b"\0"))
        at += 4 + size
    if at + 4 > len(data):
        return None
    body = data[at + 4 : at + 4 + struct.unpack_from("<I", data, at)[0]]
    if words[0] == b"Package":
        return native(body)
    return of_bytes(body, name) if body else None
