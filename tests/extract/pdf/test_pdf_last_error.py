"""What pdfium says of a file that it cannot open must not be what it said of another."""

import contextlib

import pypdfium2
import pypdfium2.raw as pdfium

from crible.extract.pdf.opening import settle
from crible.extract.warm import PDF


def test_a_reason_does_not_depend_on_what_was_read_before():
    """pdfium leaves its last error as it was where it finds nothing to begin with."""
    said = set()
    for before in (b"%PDF-1.4\nrubbish", PDF, b"-"):
        with contextlib.suppress(pypdfium2.PdfiumError):
            pypdfium2.PdfDocument(before)
        settle()
        said.add(pdfium.FPDF_GetLastError())
    assert said == {pdfium.FPDF_ERR_FORMAT}
