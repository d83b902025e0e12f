"""A workbook of one sheet as Excel leaves it (ECMA-376 part 1, §18): shared strings, formulas, their chain."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from crible.demo.forgeries.files.ooxml import CORE, EXTENDED, Manner, Props, core, extended, package, theme
from crible.demo.paper.ooxml import OFFICE, relations
from crible.demo.paper.xlsx import SHEET

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEADINGS = {"fr": "Feuilles de calcul", "en": "Worksheets", "ru": "Листы", "pl": "Arkusze"}


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and the value stored with it; None where the program that wrote it never computed."""

    text: str
    value: float | None


Cell = str | float | Formula


def excel(name: str, rows: Sequence[Sequence[Cell]], props: Props, manner: Manner = "office") -> bytes:
    """The file; `name` is the sheet's. Formulas without values are a library's, which keeps no chain either."""
    strings: dict[str, int] = {}
    data = "".join(
        f'<row r="{number}">{"".join(_cell(at, number, value, strings) for at, value in enumerate(row))}</row>'
        for number, row in enumerate(rows, 1)
    )
    chain = [
        f"{chr(65 + at)}{number}"
        for number, row in enumerate(rows, 1)
        for at, value in enumerate(row)
        if isinstance(value, Formula) and value.value is not None
    ]
    kinds = [("worksheet", "worksheets/sheet1.xml"), ("theme", "theme/theme1.xml"), ("styles", "styles.xml")]
    kinds += [("sharedStrings", "sharedStrings.xml"), *([("calcChain", "calcChain.xml")] if chain else [])]
    counts = f'count="{len(strings)}" uniqueCount="{len(strings)}"'
    items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><fileVersion appName="xl" lastEdited="6" '
        'lowestEdited="6" rupBuild="14420"/><sheets>'
        f'<sheet name="{escape(name)}" sheetId="1" r:id="rId1"/></sheets><calcPr calcId="152511"/></workbook>',
        "xl/_rels/workbook.xml.rels": relations(*((f"{OFFICE}/{kind}", target) for kind, target in kinds)),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{data}</sheetData></worksheet>',
        "xl/theme/theme1.xml": theme(props.born),
        "xl/styles.xml": _STYLES,
        "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}" {counts}>{items}</sst>',
    }
    if chain:
        cells = "".join(f'<c r="{place}" i="1"/>' for place in chain)
        parts["xl/calcChain.xml"] = f'<calcChain xmlns="{SHEET}">{cells}</calcChain>'
    parts["docProps/core.xml"] = core(props, counted=False)
    parts["docProps/app.xml"] = extended("Microsoft Excel", "16.0300", props, HEADINGS[props.language], [name])
    types = {"xl/workbook.xml": f"{KIND}.sheet.main+xml", "xl/worksheets/sheet1.xml": f"{KIND}.worksheet+xml"}
    types |= {"xl/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml"}
    types |= {f"xl/{kind}.xml": f"{KIND}.{kind}+xml" for kind in ("styles", "sharedStrings")}
    types |= {"xl/calcChain.xml": f"{KIND}.calcChain+xml"} if chain else {}
    types |= {"docProps/core.xml": CORE, "docProps/app.xml": EXTENDED}
    return package("xl/workbook.xml", types, parts, manner, props.saved)


_STYLES = (
    f'<styleSheet xmlns="{SHEET}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf/></cellXfs></styleSheet>'
)


def _cell(column: int, row: int, value: Cell, strings: dict[str, int]) -> str:
    place = f"{chr(65 + column)}{row}"
    if isinstance(value, str):
        return f'<c r="{place}" t="s"><v>{strings.setdefault(value, len(strings))}</v></c>' if value else ""
    if isinstance(value, Formula):
        stored = "" if value.value is None else f"<v>{value.value:g}</v>"
        return f'<c r="{place}"><f>{value.text}</f>{stored}</c>'
    return f'<c r="{place}"><v>{value:g}</v></c>'
