"""A sheet as a table, a piece at a time, with what the document's facts say of its formulas."""

from dataclasses import dataclass

from django.http import QueryDict

from crible.extract.table import COLUMNS, MIMES, ROWS
from crible.model.ledger import State
from crible.model.office import Mismatch
from crible.model.sheet import Sheet
from crible.sift.dossier import Dossier
from crible.sift.sheets import Sheets
from crible.sift.wire import SheetAsked
from crible.store.models import Document
from crible.web.queries.bytes import opened
from crible.web.served import Served

_sheets = Sheets()


@dataclass(frozen=True, slots=True)
class Table:
    """One piece, ready to be shown."""

    sheet: Sheet
    heads: tuple[str, ...]
    """Letters of its columns."""
    rows: tuple[tuple[int, tuple[tuple[str, bool], ...]], ...]
    """Number, and each cell with whether it is a figure."""
    mismatches: dict[str, Mismatch]
    """Cells of this sheet whose value is not what their formula gives."""

    @property
    def last_row(self) -> int:
        """Number of the last row shown."""
        return self.sheet.first_row + len(self.rows) - 1

    @property
    def last_column(self) -> int:
        """Number of the last column shown."""
        return self.sheet.first_column + len(self.heads) - 1

    @property
    def turns(self) -> dict[str, dict[str, int]]:
        """What the address says for the pieces around this one; none where there is none."""
        sheet = self.sheet
        return {
            name: given
            for name, given, there in (
                ("up", {"row": sheet.first_row - ROWS}, sheet.first_row > 1),
                ("down", {"row": self.last_row + 1}, self.last_row < sheet.rows),
                ("left", {"column": sheet.first_column - COLUMNS}, sheet.first_column > 1),
                ("right", {"column": self.last_column + 1}, self.last_column < sheet.columns),
            )
            if there
        }


def has_table(dossier: Dossier) -> bool:
    """Whether it can be shown so."""
    return dossier.status == State.READ and dossier.reading is not None and dossier.reading.mime in MIMES


def table(served: Served, dossier: Dossier, given: QueryDict) -> Table:
    """`sheet`, `row` and `column` of the address. Raises Unreadable, or InputError for bytes that changed."""
    document = Document.objects.select_related("blob", "reading").get(pk=dossier.pk)
    number, row, column = (_number(given, name) for name in ("sheet", "row", "column"))
    asked = SheetAsked(document.offset, document.size, document.reading.mime, number, row, column)
    sheet = _sheets.get(dossier.id, asked, lambda: opened(served.case, document.blob))
    width = max((len(cells) for cells in sheet.cells), default=0)
    return Table(
        sheet,
        tuple(letters(sheet.first_column + at) for at in range(width)),
        tuple((sheet.first_row + at, tuple((one, _figure(one)) for one in row)) for at, row in enumerate(sheet.cells)),
        _mismatches(dossier, sheet),
    )


def letters(column: int) -> str:
    """A column's name: 1 is A, 27 is AA."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _mismatches(dossier: Dossier, sheet: Sheet) -> dict[str, Mismatch]:
    file = dossier.reading.file if dossier.reading else None
    formulas = file.office.formulas if file and file.office else None
    name = sheet.tabs[sheet.number - 1].name if sheet.number <= len(sheet.tabs) else ""
    found = formulas.mismatches if formulas else ()
    return {one.place.rpartition("!")[2]: one for one in found if one.place.rpartition("!")[0].strip("'") == name}


def _number(given: QueryDict, name: str) -> int:
    value = given.get(name, "1")
    return max(1, int(value[:7])) if value.isascii() and value.isdigit() else 1


def _figure(text: str) -> bool:
    return bool(text) and text.lstrip("-").replace(".", "", 1).replace("E+", "").isdigit()
