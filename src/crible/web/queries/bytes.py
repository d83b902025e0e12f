"""A document's own bytes, exactly as stored."""

import os
from collections.abc import Iterator

from crible.sift.origins import Origins
from crible.store.case import Case
from crible.store.models import Blob, Document
from crible.web.queries.withheld import check_inside

PIECE = 1 << 18


def original(case: Case, sha256: str) -> tuple[int, Iterator[bytes]]:
    """Size and bytes of a document; bytes left in place are hashed again first (InputError if they changed).

    InputError `shelf-inside`, too, where they hold what lies on the closed shelf.

    The descriptor is open when this returns, so that nothing more is asked of the database.
    """
    document = Document.objects.select_related("blob").get(sha256=bytes.fromhex(sha256))
    check_inside(document)
    return document.size, _pieces(opened(case, document.blob), document.offset, document.size)


def opened(case: Case, blob: Blob) -> int:
    """A read-only descriptor on a blob; InputError where bytes left in place are not what was taken."""
    stored = bytes(blob.sha256)
    return Origins().open(blob.origin, stored) if blob.origin else case.blobs.open(stored)


def _pieces(descriptor: int, offset: int, size: int) -> Iterator[bytes]:
    try:
        end = offset + size
        while offset < end and (piece := os.pread(descriptor, min(PIECE, end - offset), offset)):
            offset += len(piece)
            yield piece
    finally:
        os.close(descriptor)
