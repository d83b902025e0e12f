"""Files that hold files: which formats, and how their members are listed. The literal list."""

from collections.abc import Callable, Iterator

from crible.extract import doc, odf, office_inside, pdf, ppt, rtf, xls, xlsb
from crible.extract.office_inside import listing
from crible.extract.ooxml import DOCX, PPTX, VSDX, XLSX
from crible.intake.budget import Budget
from crible.model.entry import Closed, Entry
from crible.model.facts import Reading
from crible.sandbox.window import Window

Inside = Callable[[Window, Reading, Budget], Iterator[Entry]]
"""Yields the members of a file that was just read, as a container's walker does (`crible.model.entry`)."""

INSIDE: dict[str, Inside] = {
    "application/pdf": pdf.members,
    **dict.fromkeys((DOCX, XLSX, PPTX, VSDX, xlsb.MIME), listing(office_inside.of_ooxml)),
    **dict.fromkeys(odf.MIMES, listing(office_inside.of_odf)),
    **dict.fromkeys((doc.MIME, xls.MIME), listing(office_inside.of_ole)),
    ppt.MIME: listing(office_inside.of_ppt),
    rtf.MIME: listing(office_inside.of_rtf),
}
"""By media type."""


def members(window: Window, reading: Reading, budget: Budget) -> Iterator[Entry]:
    """What lies inside the file, then `Closed`; only `Closed` for a format that holds none."""
    inside = INSIDE.get(reading.mime)
    if inside is None:
        yield Closed(0)
        return
    yield from inside(window, reading, budget)
