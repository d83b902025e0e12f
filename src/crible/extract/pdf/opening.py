"""A PDF opened by pdfium, or, where pdfium gives up, mended by qpdf first."""

import ctypes
import io
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from crible.model.errors import Unreadable
from crible.model.ledger import State
from crible.sandbox.window import Window

Document = Any  # pypdfium2 has no types
IN_MEMORY = 64 << 20
"""Bytes of a file that the libraries are given whole."""
MENDED_CAP = 128 << 20
"""Bytes of a broken file that qpdf may mend: it and its mended form are held in memory."""
_ENCRYPTED = frozenset({pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY})


@contextmanager
def opened(window: Window) -> Iterator[Document]:
    """The document as it is; pypdfium2.PdfiumError where pdfium cannot open it."""
    settle()
    with closing(pypdfium2.PdfDocument(source(window))) as document:
        yield document


@contextmanager
def opened_somehow(window: Window) -> Iterator[Document]:
    """The document as it is or, where pdfium cannot open that, as qpdf mends it; raises as `mended` does."""
    settle()
    try:
        document = pypdfium2.PdfDocument(source(window))
    except pypdfium2.PdfiumError as fault:
        with mended(window, fault) as again:
            yield again
        return
    with closing(document):
        yield document


@contextmanager
def mended(window: Window, fault: pypdfium2.PdfiumError) -> Iterator[Document]:
    """The document as qpdf makes it anew; raises `fault`, what pdfium said of the file, where that fails too.

    Raises Unreadable `encrypted` where both find a lock: only qpdf knows some ciphers that open without a password.
    """
    try:
        data = _mended(window)
        settle()
        document = pypdfium2.PdfDocument(data)
    except pikepdf.PasswordError as error:
        raise Unreadable("encrypted", State.ENCRYPTED) from error
    except (pikepdf.PdfError, pypdfium2.PdfiumError, RuntimeError, ValueError, TypeError, LookupError) as error:
        if fault.err_code in _ENCRYPTED:
            raise Unreadable("encrypted", State.ENCRYPTED) from error
        raise fault from None
    with closing(document):
        yield document


def settle() -> None:
    """Have pdfium's last error be that of a file it cannot read.

    Some failures leave it as it was, so that the reason in the ledger was that of a document read before: a child's
    history must not reach an export.
    """
    pdfium.FPDF_LoadMemDocument(b"-", 1, None)


def source(window: Window) -> bytes | io.BufferedReader:
    """The file whole, or block by block through a callback (0.4 ms slower a file), so that one of 3 GB fits."""
    return window.read() if window.length <= IN_MEMORY else window.stream()


def _mended(window: Window) -> bytes:
    """The file as qpdf writes it anew from whatever objects it finds. A copy to read; nothing of it is kept."""
    if window.length > MENDED_CAP:
        raise ValueError("too large to mend")
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(window.read()), suppress_warnings=True) as broken:
        broken.save(out, fix_metadata_version=False)
    return out.getvalue()


def wide(getter: Callable[..., int], *arguments: Any, most: int = 1000) -> str:
    """A UTF-16 text that pdfium hands out in two steps (size, then bytes), spacing folded, cut at `most` characters."""
    size = getter(*arguments, None, 0)
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    getter(*arguments, buffer, size)
    return folded(bytes(buffer)[: size - 2].decode("utf-16-le", "ignore"), most)


def folded(text: str, most: int = 1000) -> str:
    """Without NUL and line ends, at most that many characters."""
    return " ".join(text.replace("\0", "").split())[:most]
