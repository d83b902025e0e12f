"""Opens a PDF as it is and as it was: pyHanko for its objects, pdfium for its pages. No file, no network."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium
from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.reader import PdfFileReader

from crible.model.errors import Unreadable
from crible.model.ledger import State
from crible.proof.pdf import hexadecimal, tokens
from crible.proof.pdf.object_streams import Reader
from crible.sandbox.window import Window

hexadecimal.install()
tokens.install()
for _noisy in ("pyhanko", "pyhanko_certvalidator", "pypdfium2"):
    logging.getLogger(_noisy).setLevel(logging.CRITICAL)  # it remarks on odd files; what matters comes as an answer

IN_MEMORY = 16 << 20
"""Bytes of a file that is held whole, once for its objects and once for each of the two states that are compared."""
_ENCRYPTED = frozenset({pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY})


def objects(window: Window) -> PdfFileReader:
    """The file's objects.

    Raises Unreadable (`encrypted`) if the empty password does not open it, and what pyHanko raises on a broken file.
    """
    reader = Reader(_source(window))
    if reader.encrypted and _locked(reader):
        raise Unreadable("encrypted", State.ENCRYPTED)
    return reader


def _source(window: Window) -> BinaryIO:
    """The file for libraries that ask for it byte by byte: from memory a third faster, within reason."""
    return io.BytesIO(window.read()) if window.length <= IN_MEMORY else window.stream()


def _locked(reader: PdfFileReader) -> bool:
    try:
        return reader.decrypt("").status is AuthStatus.FAILED
    except Exception:  # noqa: BLE001  by certificate, or a broken dictionary: pyHanko raises a dozen kinds
        return True


@contextmanager
def pages(window: Window) -> Iterator[Any]:
    """The file's pages as pdfium lays them out, form fields included. Raises Unreadable, `encrypted` or `corrupt`."""
    try:
        document = pypdfium2.PdfDocument(window.read() if window.length <= IN_MEMORY else window.stream())
        document.init_forms()  # or form fields are not painted; the library is built without JavaScript
    except pypdfium2.PdfiumError as error:
        if error.err_code in _ENCRYPTED:
            raise Unreadable("encrypted", State.ENCRYPTED) from error
        raise Unreadable("corrupt", reader="pdfium", detail="cannot be opened") from error
    try:
        yield document
    finally:
        document.close()
