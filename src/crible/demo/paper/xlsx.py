"""A workbook of one sheet with texts and numbers (ECMA-376 part 1, SpreadsheetML)."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from crible.demo.paper.ooxml import OFFICE, Origin, package, relations

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def xlsx(name: str, rows: Sequence[Sequence[str | float]], origin: Origin) -> bytes:
    """The file; `name` is the sheet's."""
    cells = "".join(_row(number, row) for number, row in enumerate(rows, 1))
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>'
        f'<sheet name="{escape(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations((f"{OFFICE}/worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{cells}</sheetData></worksheet>',
    }
    return package(
        "xl/workbook.xml",
        f"{KIND}.sheet.main+xml",
        parts,
        {"xl/worksheets/sheet1.xml": f"{KIND}.worksheet+xml"},
        origin,
    )


def _row(number: int, row: Sequence[str | float]) -> str:
    return (
        f'<row r="{number}">'
        + "".join(_cell(f"{chr(65 + at)}{number}", value) for at, value in enumerate(row))
        + "</row>"
    )


def _cell(place: str, value: str | float) -> str:
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'
