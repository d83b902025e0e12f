"""A workbook or a list of values as a person saw it: rows and columns in their places, a piece at a time.

By calamine, because the readers of this package give text without its places. It lays out a sheet as one block, and on
hostile bytes asks for more memory than there is: the child dies, and the desk shows the text instead.
"""

import csv
import datetime
import io
from collections.abc import Iterable, Sequence
from itertools import islice

import python_calamine

from crible.extract import charset, odf, text, xls, xlsb
from crible.extract.capped import clean
from crible.extract.guard import reading
from crible.extract.ooxml import XLSX
from crible.model.errors import Unreadable
from crible.model.sheet import Sheet, Tab
from crible.sandbox.window import Window

LISTS = ("text/csv", "text/tab-separated-values")
MIMES = (XLSX, xls.MIME, xlsb.MIME, *(mime for mime in odf.MIMES if mime.endswith(".spreadsheet")), *LISTS)
ROWS, COLUMNS = 200, 40
"""Of one piece."""
CELL = 500
"""Characters of one cell; the text of the document has them all."""
FILE = 32 << 20
"""Bytes of a file that is opened as a whole."""
TABS = 200
_SEPARATORS = ";\t,|"
_WIDEST = 16_384


def piece(window: Window, mime: str, number: int, row: int, column: int) -> Sheet:
    """Rows and columns from these on (from 1) of that sheet; the last ones where there are fewer.

    Raises Unreadable: `budget` over 32 MB, `corrupt` with what the library said.
    """
    if window.length > FILE:
        raise Unreadable("budget", which="sheet", limit=FILE)
    if mime in LISTS:
        return _of_list(window, row, column)
    with reading("calamine"):
        book = python_calamine.load_workbook(io.BytesIO(window.read()))
        tabs = book.sheets_metadata
        number = min(max(number, 1), len(tabs))
        sheet = book.get_sheet_by_index(number - 1)
        end = sheet.end or (-1, -1)
        hidden = python_calamine.SheetVisibleEnum.Visible
        named = tuple(Tab(clean(tab.name)[:100], tab.visible != hidden) for tab in tabs[:TABS])
        size = (end[0] + 1, end[1] + 1)
        return _cut(named, len(tabs), number, size, sheet.iter_rows(), row, column)


def warm_up() -> None:
    """Whatever the library would load later."""
    with io.BytesIO(b"PK\x05\x06" + bytes(18)) as nothing:
        try:
            python_calamine.load_workbook(nothing)
        except python_calamine.CalamineError:
            return


def _of_list(window: Window, row: int, column: int) -> Sheet:
    data = window.read()
    codec = text.codec_of(data[: text.HEAD])
    written = text.decode(data, codec) if codec else charset.decode(data)[0]
    with reading("csv"):
        rows = list(csv.reader(io.StringIO(written.replace("\0", "")), delimiter=_separator(written[:8_192])))
    width = min(_WIDEST, max(map(len, rows), default=0))
    return _cut((Tab(""),), 1, 1, (len(rows), width), rows, row, column)


def _separator(head: str) -> str:
    """The one that most lines agree on."""
    lines = [line for line in head.splitlines()[:20] if line.strip()] or [""]
    return max(_SEPARATORS, key=lambda each: (min(line.count(each) for line in lines), lines[0].count(each)))


def _cut(
    tabs: tuple[Tab, ...],
    count: int,
    number: int,
    size: tuple[int, int],
    rows: Iterable[Sequence[object]],
    row: int,
    column: int,
) -> Sheet:
    height, width = size
    row, column = max(1, min(row, height)), max(1, min(column, width))
    columns = min(COLUMNS, width - column + 1)
    cells = tuple(
        tuple(_shown(each[at]) if at < len(each) else "" for at in range(column - 1, column - 1 + columns))
        for each in islice(rows, row - 1, row - 1 + ROWS)
    )
    return Sheet(tabs, max(0, count - TABS), number, height, width, row, column, cells)


def _shown(value: object) -> str:
    """A value as the reader of the text gives it: dates in ISO form, no more digits than Excel shows."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ") if value.time() != datetime.time() else value.date().isoformat()
    return clean(str(value))[:CELL] if value is not None else ""
