"""Could the program that wrote a PDF be had on the day that the PDF, or the paper in it, is dated?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.assess.pdf_releases import released
from crible.assess.releases import LEAD, Release
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.model.pdf import PdfFacts

DAY = 86400
YEAR_ZERO = DAY * 365 * 11
"""Files dated up to 1980 bear the zero of some clock, or a date fixed for builds that repeat."""
_DATED = frozenset({"invoice", "quote", "contract", "order", "letter"})


def look(reading: Reading) -> Iterator[Evidence]:
    """The latest date that the file gives, as saving again keeps the first one; else the date of the paper in it."""
    file = reading.file
    if file is None or file.pdf is None:
        return
    for release in released(file.pdf.producer, file.pdf.creator):
        if (late := _file(file, release)) or (late := _paper(reading, file.pdf, release)):
            yield late
            return


def _file(file: FileFacts, release: Release) -> Evidence | None:
    last = max(file.instants, key=lambda instant: instant.seconds, default=None)
    if last is None or not YEAR_ZERO < last.seconds < release.seconds - LEAD:
        return None
    params: Params = {"name": excerpt(release.name), "first": release.day, "written": last.iso()}
    return Evidence(Says.QUESTIONS, "pdf-producer-later", params, "Producer")


def _paper(reading: Reading, pdf: PdfFacts, release: Release) -> Evidence | None:
    """A file without dates of its own, whose paper bears one: printed anew, or made later."""
    finance = reading.sorting.finance if reading.sorting and reading.sorting.name in _DATED else None
    if finance is None or not finance.date or pdf.info_created or pdf.xmp_created or finance.date >= _lead(release):
        return None
    params: Params = {"name": excerpt(release.name), "first": release.day, "written": excerpt(finance.date, 20)}
    return Evidence(Says.QUESTIONS, "pdf-producer-later-than-paper", params, "Producer", strength=Strength.WEAK)


def _lead(release: Release) -> str:
    """An ISO year that is a year before the release: nobody writes an invoice with next year's beta."""
    return f"{int(release.day[:4]) - 1}{release.day[4:]}"


CHECK = Check(
    id="pdf.producer-age",
    version=1,
    question="Could the program that wrote the PDF be had on the day it is dated?",
    bears_on=Bears.TIME,
    strength=Strength.MODERATE,
    source="ISO 32000-2 §14.3.3; makers' lists of releases (crible.assess.pdf_releases); Balyoz case, 2010",
    messages=("pdf-producer-later", "pdf-producer-later-than-paper"),
    innocent=("innocent-wrong-clock", "innocent-pdf-printed-anew", "innocent-early-build"),
    group="pdf-date",
    look=look,
)
