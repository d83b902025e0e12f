"""Binary workbooks (.xlsb, [MS-XLSB]): an OOXML package whose parts are records instead of XML."""

import struct
from collections.abc import Iterator

from crible.extract import biff
from crible.extract.capped import Collector
from crible.extract.guard import reading
from crible.extract.language import detect
from crible.extract.office_facts import file_facts
from crible.extract.ooxml import Package, inflate, prose
from crible.extract.xlsx import serial_date, shows_date
from crible.model.facts import Reading
from crible.sandbox.window import Window

MIME = "application/vnd.ms-excel.sheet.binary.macroEnabled.12"
_PART_CAP = 256 << 20
_SHEETS = 10_000
_ROW, _SHEET, _STRING, _FORMAT, _XF, _BOOK = 0, 156, 19, 44, 47, 153
_XFS, _XFS_END = 617, 618
_DATE_IDS = frozenset([*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)])
_STATES = {1: "sheet", 2: "very hidden sheet"}
_BESIDE = ("drawing+xml", "chart+xml", "diagramData+xml")
_COMMENTS = "ms-excel.comments"
_COMMENT_TEXT = 637


def read(window: Window) -> Reading:
    """Each sheet's name and rows as of a .xlsx; then comments, drawings and charts. Values are those stored."""
    with reading("xlsb"):
        package = Package(window)
        book = _Book(package)
        collector = Collector()
        failed = 0
        for title, part in book.sheets:
            collector.add_section(title)
            try:
                if not book.rows(part, collector):
                    package.unread.append(part)
            except (KeyError, ValueError):
                package.unread.append(part)
                failed += 1
        if failed and failed == len(book.sheets):
            raise ValueError("no sheet can be read")
        for part in package.named(_COMMENTS):
            texts = (_wide(body, 1) for kind, body in records(package, part) if kind == _COMMENT_TEXT)
            collector.add_section("\n".join(filter(None, texts)))
        for part in package.named(*_BESIDE):
            root = package.optional(part)
            if root is not None:
                collector.add_section(prose(root))
        text = collector.text()
        facts = file_facts(
            package, len(book.sheets), {}, ("hidden-sheets",) if book.hidden else (), hidden=tuple(book.hidden[:100])
        )
        return Reading(MIME, text, detect(text), file=facts, truncated=collector.left_out)


def records(package: Package, part: str) -> Iterator[tuple[int, bytes]]:
    """(kind, body) of each record of a part: both numbers in seven bits a byte (§2.1.4)."""
    data = inflate(package.archive, package.member(part), _PART_CAP)
    at, end = 0, len(data)
    while at < end:
        kind = data[at]
        at += 1
        if kind & 0x80 and at < end:
            kind = kind & 0x7F | (data[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while at < end and shift < 28:
            size |= (data[at] & 0x7F) << shift
            shift += 7
            at += 1
            if not data[at - 1] & 0x80:
                break
        yield kind, data[at : at + size]
        at += size


class _Book:
    """Sheets, shared strings and formats of a workbook."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.hidden: list[str] = []
        self.sheets: list[tuple[str, str]] = []
        self._since_1904 = False
        relations = package.relations(package.main)
        for kind, body in records(package, package.main):
            if kind == _SHEET and len(self.sheets) < _SHEETS:
                self._sheet(body, relations)
            elif kind == _BOOK:
                self._since_1904 = bool(body[0] & 1)
        linked = dict(relations.values())
        self._strings = [
            _wide(body, 1) for kind, body in self._optional(linked.get("sharedStrings", "")) if kind == _STRING
        ]
        self._dates = self._date_styles(linked.get("styles", ""))

    def _sheet(self, body: bytes, relations: dict[str, tuple[str, str]]) -> None:
        """BrtBundleSh (§2.4.311): state, number, relationship, name."""
        state = struct.unpack_from("<I", body)[0]
        part = title = ""
        for at in (8, 12):  # the last beta of Office 2007 wrote four bytes more
            relation = _wide(body, at)
            if relation in relations:
                part, title = relations[relation][1], _wide(body, at + 4 + len(relation.encode("utf-16-le")))
                break
        if part:
            self.sheets.append((title, part))
            if state:
                self.hidden.append(f"{_STATES.get(state, 'sheet')}: {title}"[:200])

    def _optional(self, part: str) -> Iterator[tuple[int, bytes]]:
        if part:
            try:
                yield from records(self._package, part)
            except KeyError:
                self._package.unread.append(part)

    def _date_styles(self, part: str) -> frozenset[int]:
        custom: dict[int, bool] = {}
        dates, at, within = set(), 0, False
        for kind, body in self._optional(part):
            if kind == _FORMAT:
                custom[struct.unpack_from("<H", body)[0]] = shows_date(_wide(body, 2))
            elif kind in (_XFS, _XFS_END):
                within = kind == _XFS
            elif kind == _XF and within:
                number = struct.unpack_from("<H", body, 2)[0]
                if custom.get(number, number in _DATE_IDS):
                    dates.add(at)
                at += 1
        return frozenset(dates)

    def rows(self, part: str, collector: Collector) -> bool:
        """Add a sheet's cells, empty ones leave no trace; False where some are cut off."""
        whole = True
        separator = "\n"
        for kind, body in records(self._package, part):
            if kind == _ROW:
                separator = "\n"
            elif 1 < kind <= 11:
                try:
                    shown = self._shown(kind, body)
                except (struct.error, IndexError):
                    whole = False
                    continue
                if shown:
                    collector.add(separator)
                    collector.add(shown)
                    separator = "\t"
        return whole

    def _shown(self, kind: int, body: bytes) -> str:
        """A cell (§2.4.312 ff.): column, style in three bytes, then the value as its kind says."""
        if kind == 7:
            number = struct.unpack_from("<I", body, 8)[0]
            return self._strings[number] if number < len(self._strings) else ""
        if kind in (2, 5, 9):
            value = biff.rk(struct.unpack_from("<I", body, 8)[0]) if kind == 2 else struct.unpack_from("<d", body, 8)[0]
            style = int.from_bytes(body[4:7], "little")
            date = serial_date(repr(value), self._since_1904) if style in self._dates else ""
            return date or f"{value:.15g}"
        if kind in (4, 10):
            return "TRUE" if body[8] else "FALSE"
        if kind in (3, 11):
            return biff.ERRORS.get(body[8], "#ERROR")
        return _wide(body, 8)


def _wide(body: bytes, at: int) -> str:
    """A string with its count in four bytes (§2.5.168)."""
    count = int.from_bytes(body[at : at + 4], "little")
    raw = body[at + 4 : at + 4 + 2 * min(count, len(body))]
    return raw[: len(raw) & ~1].decode("utf-16-le", "replace")
