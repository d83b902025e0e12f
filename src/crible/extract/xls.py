"""Workbooks of before 2007 (BIFF 2 to 8), record by record.

Not by python-calamine, which lays each sheet out as one dense block: a mutated file of 20 kB asks it for 24 GB and
aborts the process. It is the second reader, for files at which this one gives up.
"""

import io

import python_calamine

from crible.extract import ole_facts
from crible.extract.capped import Collector
from crible.extract.compound import Compound
from crible.extract.guard import reading
from crible.extract.language import detect
from crible.extract.ole2 import SIGNATURE
from crible.extract.xls_book import Book
from crible.model.facts import Reading
from crible.model.files import Embedded, FileFacts
from crible.sandbox.window import Window

MIME = "application/vnd.ms-excel"
STREAM_CAP = 512 << 20
_SHEETS = 10_000
_SECOND_CAP = 16 << 20


def read(window: Window) -> Reading:
    """Each sheet's name and rows, cells parted by tabs, sheets by form feeds; comments and text boxes after the rows.

    Hidden sheets are read like the others. Values are those stored, formulas and macros are not run; a number in a date
    format is given as ISO 8601.
    """
    with reading("xls"):
        compound = Compound(window) if window.read(0, 8) == SIGNATURE else None
        book = Book(*(_stream(compound) if compound else (window.read(0, STREAM_CAP), 0)))
        text = book.text()
        links = tuple(Embedded("link", target) for target in book.links)
        facts = ole_facts.file_facts(
            ole_facts.said(compound) if compound else ole_facts.Said({}, {}),
            (*(ole_facts.embedded(compound) if compound else ()), *links)[: ole_facts.EMBEDDED],
            {"user": book.user},
            pages=len(book.sheets) or None,
            hidden=tuple(book.hidden[:100]),
            fonts=tuple(sorted(book.fonts)[:100]),
            paper=book.paper,
            defects=("hidden-sheets",) if book.hidden else (),
        )
        return Reading(MIME, text, detect(text), file=facts, truncated=book.collector.left_out)


def second(window: Window) -> Reading:
    """The same by calamine, sheet by sheet; it may abort the process on hostile bytes, and is not asked twice."""
    with reading("calamine"):
        book = python_calamine.load_workbook(io.BytesIO(window.read(0, _SECOND_CAP)))
        collector = Collector()
        for name in book.sheet_names[:_SHEETS]:
            collector.add_section(name)
            for row in book.get_sheet_by_name(name).iter_rows():
                if shown := "\t".join(str(cell) for cell in row if cell not in ("", None)):
                    collector.add("\n" + shown)
        text = collector.text()
        if not text.strip():
            raise ValueError("no cells")
        return Reading(
            MIME, text, detect(text), file=FileFacts(pages=len(book.sheet_names)), truncated=collector.left_out
        )


def _stream(compound: Compound) -> tuple[bytes, int]:
    """The workbook and the version its name stands for; of a file that holds two, that for Excel 97."""
    for name, version in (("workbook", 8), ("book", 5)):
        if name in compound.items:
            return compound.read(name, STREAM_CAP), version
    raise KeyError("Workbook")
