"""Which container a file is, by its content; its name proves nothing (mailboxes called `.html` or `.jpg` are met)."""

import re
from itertools import islice

from crible.intake import bzip2, gzip, libarchive, msg, ole2, pst, sevenzip, tnef, xz, zip_directory
from crible.intake.mbox import BOM, LONGEST, is_from_line
from crible.intake.tar_header import BLOCK, is_header
from crible.model.errors import Unreadable
from crible.sandbox.window import Window

_FIELD = re.compile(rb"(?:>From |[!-9;-~]{1,200}[ \t]*:)")
"""A header field (RFC 5322 §2.2), or the From_ line of an earlier hop that some servers leave on top."""
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!")
"""What a self-extracting zip begins with. Other files that end in a zip directory (PDF) are read as what they are."""
_MAGICS = (
    (gzip.MAGIC, "gzip"),
    (bzip2.MAGICS, "bzip2"),
    (xz.MAGIC, "xz"),
    (sevenzip.MAGIC, "7z"),
    (pst.MAGIC, "pst"),
    (tnef.MAGIC, "tnef"),
)
_HEAD = 1 << 20
_MAIN_PARTS = (b"word/document.xml", b"xl/workbook.xml", b"ppt/presentation.xml", b"xl/workbook.bin")
_IWORK = {b"Index/Document.iwa", b"index.xml", b"index.xml.gz", b"index.apxl", b"index.apxl.gz"}
"""Main parts of OOXML documents, and of those of Pages, Numbers and Keynote."""
_SOUGHT = 100_000
"""Directory entries of a zip in which the marks of a document are looked for."""


def detect(
    head: bytes,
    tail: bytes,
    name: str,  # noqa: ARG001 of no weight today; part of the question all the same
    window: Window,
) -> str | None:
    """A key of `crible.intake.walk.CONTAINERS`, or None for what is no container.

    `head` and `tail` are the first and last bytes, some kilobytes of each. Documents that are zip files inside (OOXML,
    OpenDocument, EPUB) are no containers.
    """
    if kind := next((kind for magic, kind in _MAGICS if head.startswith(magic)), None):
        return kind
    if head.startswith(ole2.SIGNATURE):
        return "msg" if msg.PROPERTIES in ole2.root_names(window) else None
    if kind := libarchive.kind_of(head, window):
        return kind
    if _is_zip(head, tail):
        return None if _is_document(window) else "zip"
    if head[:1] != b"\0" and is_header(head[:BLOCK]):
        return "tar"
    return "mbox" if _is_mbox(head) else None


def _is_zip(head: bytes, tail: bytes) -> bool:
    if head.startswith((zip_directory.LOCAL, zip_directory.END, b"PK00PK\3\4", b"PK\7\x08PK\3\4")):
        return True
    return head.startswith(_PROGRAMS) and zip_directory.END in tail


def _is_document(window: Window) -> bool:
    """Whether the zip is an OOXML (ECMA-376-2 §9), OpenDocument (ODF 1.3 part 2 §3.3) or EPUB (OCF 3.3 §4.2) file."""
    try:
        directory = zip_directory.find_directory(window)
        found = {entry.raw_name for entry in islice(zip_directory.members(window, directory), _SOUGHT)}
    except Unreadable:  # its directory is gone: the headers before its members tell
        head = window.read(0, _HEAD)
        return b"[Content_Types].xml" in head and any(name in head for name in _MAIN_PARTS)
    if {b"[Content_Types].xml", b"_rels/.rels"} <= found:
        return True
    if found & _IWORK and any(b"buildVersionHistory" in name or name.endswith(b".iwa") for name in found):
        return True
    return b"mimetype" in found and bool({b"META-INF/manifest.xml", b"META-INF/container.xml"} & found)


def _is_mbox(head: bytes) -> bool:
    """A From_ line first, and a header field after it; a letter that begins "From the ..." is none."""
    head = head.removeprefix(BOM).lstrip(b"\r\n")
    line, end, rest = head[: 2 * LONGEST].partition(b"\n")
    return bool(end) and is_from_line(line.rstrip(b"\r")) and _FIELD.match(rest) is not None
