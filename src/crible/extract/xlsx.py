"""Workbooks (SpreadsheetML, ECMA-376 part 1 §18), row by row from the XML.

Not by python-calamine, which is three times faster on large sheets but lays each sheet out as one dense block: two
stray cells in a file of 1.7 kB ask it for 549 GB and abort the process.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import islice

from crible.extract.capped import Collector
from crible.extract.guard import reading
from crible.extract.language import detect
from crible.extract.office_facts import file_facts
from crible.extract.office_parts import MOST, sheet_comments
from crible.extract.ooxml import XLSX, Element, Package, local, prose, relation_id
from crible.extract.paper import EXCEL
from crible.model.errors import Unreadable
from crible.model.facts import Reading
from crible.model.files import Mark
from crible.sandbox.window import Window

_STRINGS_CAP = 128 << 20
_SHEET_CAP = 10_000
_BESIDE = ("comments+xml", "threadedcomments+xml", "drawing+xml", "chart+xml", "diagramData+xml")
_SHEETS = frozenset({"worksheet", "chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"})
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DATE_IDS = frozenset(map(str, [*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)]))
_NOT_FIELDS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_FIELDS = re.compile(r"[dmyhs]", re.IGNORECASE)

_AFTER = ("pageSetup", "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_CODES = re.compile(r'&(?:"[^"]*"|\d{1,3}|K[0-9A-F]{6}|[A-Z])')

Value = Callable[[Element], str]


def read(window: Window) -> Reading:
    """Each sheet's name and rows, cells parted by tabs, sheets by form feeds; then comments, drawings and charts.

    Hidden sheets are read like the others and named in the properties. Values are those stored, formulas are not run;
    a number in a date format is given as ISO 8601.
    """
    with reading("xlsx"):
        package = Package(window)
        sheets, hidden, since_1904 = _workbook(package)
        collector = Collector()
        value, fonts = _values(package, since_1904)
        setup: dict[str, str] = {}
        failed = [title for title, part in sheets if not _sheet(package, title, part, value, collector, setup)]
        if failed and len(failed) == len(sheets):
            raise ValueError("no sheet can be read")
        marks: list[Mark] = []
        for part in package.named(*_BESIDE):
            root = package.optional(part)
            if root is not None:
                collector.add_section(prose(root))
                marks += islice(sheet_comments(root), MOST - len(marks))
        text = collector.text()
        properties = {"hidden-sheets": ", ".join(hidden)[:1000]} if hidden else {}
        facts = file_facts(
            package,
            len(sheets),
            properties,
            ("hidden-sheets",) if hidden else (),
            marks=tuple(marks),
            hidden=tuple(f"sheet: {title}"[:200] for title in hidden[:100]),
            paper=setup.get("paper", ""),
            fonts=fonts,
        )
        return Reading(XLSX, text, detect(text), file=facts, truncated=collector.left_out)


def _workbook(package: Package) -> tuple[list[tuple[str, str]], list[str], bool]:
    """(title, part) of each sheet in order, titles of the hidden ones, whether days count from 1904."""
    root, relations = package.xml(package.main), package.relations(package.main)
    sheets, hidden = [], []
    for element in list(root.iter("{*}sheet"))[:_SHEET_CAP]:
        kind, part = relations.get(relation_id(element), ("", ""))
        if kind in _SHEETS:
            sheets.append((element.get("name", ""), part))
            if element.get("state", "visible") != "visible":
                hidden.append(element.get("name", ""))
    since_1904 = any(each.get("date1904") in {"1", "true"} for each in root.iter("{*}workbookPr"))
    return sheets, hidden, since_1904


def _sheet(package: Package, title: str, part: str, value: Value, collector: Collector, setup: dict[str, str]) -> bool:
    """Add one sheet; False, with a note in the package, where it breaks off. Empty cells leave no trace."""
    collector.add_section(title)
    try:
        for row in package.each(part, "row", *_AFTER):
            if not row.tag.endswith("w"):
                _after(row, collector, setup)
                continue
            separator = "\n"
            for held in row.iter("{*}v", "{*}is"):  # not cell by cell: most cells of styled sheets are empty
                # Value by value: a row joined first could repeat one shared string of 10 MB sixteen thousand times.
                if shown := value(held):
                    collector.add(separator)
                    collector.add(shown)
                    separator = "\t"
    except (Unreadable, MemoryError):
        raise
    except Exception:  # noqa: BLE001 one broken sheet must not cost the others
        package.unread.append(part)
        return False
    return True


def _after(element: Element, collector: Collector, setup: dict[str, str]) -> None:
    """Paper size, and the texts printed above and below a sheet without their codes (§18.3.1.39)."""
    if local(element) == "pageSetup":
        number = element.get("paperSize", "")
        setup.setdefault("paper", EXCEL.get(int(number), "") if number.isdecimal() else "")
    elif text := _CODES.sub(" ", element.text or "").strip():
        collector.add("\n" + text)


def _values(package: Package, since_1904: bool) -> tuple[Value, tuple[str, ...]]:
    """A function that gives the value element of a cell (`v` or `is`) as text; and names of the fonts."""
    linked = dict(package.relations(package.main).values())
    parts = [linked["sharedStrings"]] if "sharedStrings" in linked else []
    strings = [_string(item) for part in parts for item in package.each(part, "si", cap=_STRINGS_CAP)]
    styles = package.optional(linked["styles"]) if "styles" in linked else None
    dates = _date_styles(styles)

    def value(held: Element) -> str:
        if held.tag.endswith("}is"):
            return _string(held)
        raw, cell = held.text or "", held.getparent()
        kind = cell.get("t", "n")
        if kind == "s":
            return strings[int(raw)] if raw.isdecimal() and int(raw) < len(strings) else ""
        if kind == "n":
            return _number(raw, cell.get("s") in dates, since_1904)
        return {"0": "FALSE", "1": "TRUE"}.get(raw, raw) if kind == "b" else unescape(raw)

    return value, _fonts(styles)


def _fonts(styles: Element | None) -> tuple[str, ...]:
    """Names of the fonts of cells (§18.8.22)."""
    if styles is None:
        return ()
    names = (each.get("val", "")[:100] for fonts in styles.iter("{*}fonts") for each in fonts.iter("{*}name"))
    return tuple(sorted({name for name in names if name})[:100])


def _string(item: Element) -> str:
    """A string item's text, without the phonetic run that repeats it (§18.4.6)."""
    return unescape("".join(t.text or "" for t in item.iter("{*}t") if local(t.getparent()) != "rPh"))


def unescape(text: str) -> str:
    """Undo `_x000D_`, which stands for a character that XML cannot hold (§22.9.2.19)."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _date_styles(styles: Element | None) -> frozenset[str]:
    """Indexes of cell formats that show a number as a date or time."""
    dates: set[str] = set()
    if styles is None:
        return frozenset()
    custom = {each.get("numFmtId", ""): each.get("formatCode", "") for each in styles.iter("{*}numFmt")}
    for formats in styles.iter("{*}cellXfs"):
        for index, each in enumerate(formats):
            number = each.get("numFmtId", "")
            if shows_date(custom[number]) if number in custom else number in _DATE_IDS:
                dates.add(str(index))
    return frozenset(dates)


def shows_date(code: str) -> bool:
    """Whether a number format code has a day, month, year, hour or second in it (§18.8.31)."""
    return bool(_FIELDS.search(_NOT_FIELDS.sub("", code[:255])))


def _number(raw: str, date: bool, since_1904: bool) -> str:
    if date and (shown := serial_date(raw, since_1904)):
        return shown
    if len(raw) <= 15:
        return raw
    try:
        return f"{float(raw):.15g}"  # Excel stores 17 digits and shows 15: 0.30000000000000004 is 0.3
    except ValueError:
        return raw


def serial_date(raw: str, since_1904: bool) -> str:
    """A day serial as ISO date, date and time, or time of day; empty where it is out of range (§18.17.4)."""
    try:
        seconds = round(float(raw) * 86400)
    except (ValueError, OverflowError):
        return ""
    if not 0 <= seconds < 2_958_466 * 86400:
        return ""
    days, rest = divmod(seconds, 86400)
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30 if days > 59 else 31)
    moment = start + timedelta(days=days, seconds=rest)
    if not days and not since_1904:
        return moment.strftime("%H:%M:%S")
    return f"{moment:%Y-%m-%d}" if not rest else moment.isoformat(sep=" ")
