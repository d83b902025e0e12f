"""Files inside a PDF (ISO 32000-2 §7.11.4): those of its name tree, then those attached to pages, each as a member."""

import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf

from crible.extract.guard import detail
from crible.extract.moments import pdf_instant
from crible.extract.pdf.catalog import FAULTS, objects
from crible.intake import names
from crible.intake.budget import Budget, Meter
from crible.intake.decode import produced
from crible.model.entry import Begin, Closed, Entry
from crible.model.errors import Unreadable
from crible.model.facts import Reading
from crible.model.instant import Instant
from crible.model.ledger import Reason
from crible.sandbox.window import Window

MOST = 10_000
"""Files of one PDF that are listed."""
_SLOW = 64 << 20
"""Encoded bytes of a member in another encoding than deflate, which is decoded in one piece."""


def members(window: Window, reading: Reading, budget: Budget) -> Iterator[Entry]:
    """Each embedded file once, wherever the PDF mentions it; then Closed.

    Deflate is undone in steps under the budget; of the old encodings (LZW, run length, ASCII) only one at a time is.
    """
    if reading.file is None or all(item.kind != "file" for item in reading.file.embedded):
        yield Closed(0)
        return
    listed = 0
    try:
        with objects(window) as pdf:
            meter, unique, taken = Meter(budget), names.Unique(), 0
            for listed, (raw, stream) in enumerate(_files(pdf), 1):
                if listed > min(MOST, budget.entries):
                    reason = Reason("budget", {"which": "entries", "limit": min(MOST, budget.entries)})
                    yield Closed(listed - 1, remainder=reason)
                    return
                name = unique(names.clean(raw.encode("utf-8", "replace") or b"unnamed", limit=budget.name))
                encoded = stream.read_raw_bytes() if taken <= window.length else b""
                taken += len(encoded)
                begin = Begin(
                    listed - 1, name, raw.encode("utf-8", "replace")[:1024], _size(stream), instants=_moments(stream)
                )
                # Streams of one file lie apart. 2,000 that lie in one another made 10 GB of a file of 5 MB.
                data = _decoded(stream, encoded, budget.chunk) if taken <= window.length else _refused("overlap")
                yield from produced(begin, meter.over(data, len(encoded)))
    except FAULTS as error:
        yield Closed(listed, remainder=Reason("corrupt", {"reader": "qpdf", "detail": detail(error)}))
        return
    yield Closed(listed)


def _files(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    seen: set[tuple[int, int]] = set()
    for specification in (*_tree(pdf), *_attached(pdf)):
        found = _stream(specification)
        if found is not None and found.objgen not in seen:
            seen.add(found.objgen)
            yield str(specification.get("/UF", specification.get("/F", ""))), found


def _tree(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Specifications of the name tree, its nodes visited once each."""
    held: Any = pdf.Root.get("/Names")
    root = held.get("/EmbeddedFiles") if held is not None else None
    waiting, seen = [root] if root is not None else [], 0
    while waiting and seen < MOST:
        node = waiting.pop()
        seen += 1
        leaves = node.get("/Names")
        yield from list(leaves)[1::2] if leaves is not None else ()
        waiting.extend(reversed(list(node.get("/Kids") or ())))
    yield from list(pdf.Root.get("/AF") or ())


def _attached(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for page in list(pdf.pages)[:MOST]:
        for annotation in list(page.obj.get("/Annots") or ())[:500]:
            if isinstance(annotation, pikepdf.Dictionary) and annotation.get("/Subtype") == "/FileAttachment":
                yield annotation.get("/FS")


def _stream(specification: Any) -> Any:
    if not isinstance(specification, pikepdf.Dictionary):
        return None
    held = specification.get("/EF")
    if not isinstance(held, pikepdf.Dictionary):
        return None
    return next(
        (each for key in ("/UF", "/F", "/DOS", "/Mac", "/Unix") if isinstance(each := held.get(key), pikepdf.Stream)),
        None,
    )


def _size(stream: Any) -> int | None:
    size = (stream.get("/Params") or {}).get("/Size")
    return size if isinstance(size, int) and size >= 0 else None


def _moments(stream: Any) -> tuple[Instant, ...]:
    params = stream.get("/Params") or {}
    said = (pdf_instant(str(params.get(key, ""))) for key in ("/CreationDate", "/ModDate"))
    return tuple(moment for moment in said if moment is not None)


def _refused(code: str) -> Iterator[bytes]:
    raise Unreadable(code)
    yield b""


def _decoded(stream: Any, encoded: bytes, chunk: int) -> Iterator[bytes]:
    filters = stream.get("/Filter")
    chain = [str(each) for each in filters] if isinstance(filters, pikepdf.Array) else [str(filters)] if filters else []
    if not chain:
        for at in range(0, len(encoded), chunk):
            yield encoded[at : at + chunk]
    elif chain in (["/FlateDecode"], ["/Fl"]) and "/DecodeParms" not in stream:
        yield from _inflated(encoded, chunk)
    elif len(chain) == 1 and len(encoded) <= _SLOW:
        try:
            yield stream.read_bytes()
        except FAULTS as error:
            raise Unreadable("corrupt", reader="qpdf", detail=detail(error)) from error
    else:
        raise Unreadable("corrupt", reader="qpdf", detail="filters " + " ".join(chain)[:80])


def _inflated(encoded: bytes, chunk: int) -> Iterator[bytes]:
    """What deflate gives. A checksum that is missing or wrong at the end loses nothing that came before (RFC 1950)."""
    decoder, given = zlib.decompressobj(), 0
    try:
        while not decoder.eof and (encoded or decoder.unconsumed_tail):
            piece = decoder.decompress(decoder.unconsumed_tail or encoded, chunk)
            encoded = b""
            given += len(piece)
            if piece:
                yield piece
            elif not decoder.unconsumed_tail:
                break
    except zlib.error as error:
        if not given:
            raise Unreadable("corrupt", reader="zlib", detail=detail(error)) from error
