"""One pass over the records of a workbook of before 2007: sheets, cells, comments and what else it says."""

import struct
from collections.abc import Callable

from crible.extract import biff
from crible.extract.biff import Record
from crible.extract.capped import Collector
from crible.extract.paper import EXCEL
from crible.extract.property_set import codec
from crible.extract.xlsx import serial_date, shows_date
from crible.model.errors import Unreadable
from crible.model.ledger import State

_BOFS = {0x0009: 2, 0x0209: 3, 0x0409: 4, 0x0809: 8}
_DATE_IDS = frozenset([*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)])
_STATES = {1: "sheet", 2: "very hidden sheet"}
_SHEETS = 10_000


class Book:
    """State of one pass over the records."""

    def __init__(self, data: bytes, assumed: int) -> None:
        self._data = data
        self.version = _version(data) or assumed
        self._codec = "cp1252"
        self._strings: list[str] = []
        self._formats: dict[int, bool] = {}
        self._cells: list[int] = []
        """Number format of each cell format (XF)."""
        self._since_1904 = False
        self._row = -1
        self._beside: list[str] = []
        """Comments and text boxes of the sheet at hand, which follow its rows."""
        self.sheets: dict[int, str] = {}
        """Title by the offset at which its records begin."""
        self.hidden: list[str] = []
        self.fonts: set[str] = set()
        self.links: dict[str, None] = {}
        self.user = self.paper = ""
        self.collector = Collector()
        self._take: dict[int, Callable[[Record], None]] = {
            0x2F: self._locked, 0x42: self._code_page, 0x22: self._date_mode, 0x85: self._sheet, 0xFC: self._shared,
            0x41E: self._format, 0x1E: self._format, 0xE0: self._style, 0x443: self._style, 0x243: self._style,
            0x43: self._style, 0x31: self._font, 0x231: self._font, 0x203: self._number, 0x27E: self._short_number,
            0xBD: self._short_numbers, 0x204: self._label, 0xD6: self._label, 0xFD: self._shared_label,
            0x205: self._truth, 0x206: self._formula, 0x406: self._formula, 0x207: self._result,
            0x1B6: self._box, 0x1C: self._note, 0x100D: self._series, 0x1B8: self._link, 0x5C: self._user,
            0xA1: self._setup, 0x14: self._running, 0x15: self._running, 0x03: self._number, 0x02: self._whole,
            0x04: self._label, 0x05: self._truth, 0x06: self._formula, 0x07: self._result,
        }  # fmt: skip

    def text(self) -> str:
        """All sheets. Raises ValueError where there is no record of a workbook; Unreadable `encrypted`."""
        if not self.version:
            raise ValueError("no workbook record")
        for record in biff.records(self._data, {*_BOFS, *self._take}):
            if record.kind in _BOFS:
                self._begin(record)
            elif (take := self._take.get(record.kind)) is not None:
                try:
                    take(record)
                except (IndexError, struct.error, ValueError, OverflowError):
                    continue  # one record too short for what it says must not cost the others
        self._end()
        text = self.collector.text()
        if not text and not self.sheets and self.version >= 5:
            raise ValueError("no sheet")
        return text

    def _begin(self, record: Record) -> None:
        if record.at in self.sheets or (self.version < 5 and not record.at):
            self._end()
            self.collector.add_section(self.sheets.get(record.at, ""))
            self._row = -1

    def _end(self) -> None:
        for piece in filter(None, self._beside):
            self.collector.add("\n" + piece)
        self._beside.clear()

    def _cell(self, body: bytes, shown: str) -> None:
        if not shown:
            return
        row = body[0] | body[1] << 8
        self.collector.add("\t" if row == self._row else "\n")
        self.collector.add(shown)
        self._row = row

    def _locked(self, _: Record) -> None:
        raise Unreadable("encrypted", State.ENCRYPTED)

    def _code_page(self, record: Record) -> None:
        page = struct.unpack_from("<H", record.body)[0]
        self._codec = "cp1252" if page == 0x8001 else "mac-roman" if page == 0x8000 else codec(page)

    def _date_mode(self, record: Record) -> None:
        self._since_1904 = record.body[:1] == b"\1"

    def _sheet(self, record: Record) -> None:
        at, state = struct.unpack_from("<IB", record.body)
        if len(self.sheets) < _SHEETS:
            self.sheets[at] = self._text(record.body, 6, 1)
            if state & 3:
                self.hidden.append(f"{_STATES.get(state & 3, 'sheet')}: {self.sheets[at]}"[:200])

    def _shared(self, record: Record) -> None:
        """The table of shared strings; as many as are there, whatever it says."""
        strings = biff.Strings((record.body, *record.more), 8)
        while strings.more:
            try:
                self._strings.append(strings.string())
            except ValueError:
                return

    def _format(self, record: Record) -> None:
        if self.version >= 5:
            number = struct.unpack_from("<H", record.body)[0]
            self._formats[number] = shows_date(self._text(record.body, 2, 2 if self.version == 8 else 1))
        else:
            at = 2 if self.version == 4 else 0
            self._formats[len(self._formats)] = shows_date(self._text(record.body, at, 1))

    def _style(self, record: Record) -> None:
        body = record.body
        if self.version >= 5:
            self._cells.append(struct.unpack_from("<H", body, 2)[0])
        else:
            self._cells.append(body[2] & 0x3F if self.version == 2 else body[1])

    def _font(self, record: Record) -> None:
        at = 14 if self.version >= 5 else 6 if self.version >= 3 else 4
        name = self._text(record.body, at, 1)
        if name and name.isprintable():
            self.fonts.add(name[:100])

    def _shown(self, value: float, style: int) -> str:
        number = self._cells[style] if style < len(self._cells) else 0
        if self._formats.get(number, number in _DATE_IDS and self.version >= 5):
            return serial_date(repr(value), self._since_1904) or f"{value:.15g}"
        return f"{value:.15g}"  # Excel stores 17 digits and shows 15

    def _at_style(self, body: bytes) -> int:
        """Cell format; before BIFF3 three bytes of attributes stand there, the first holding its number."""
        return body[4] & 0x3F if self.version == 2 else body[4] | body[5] << 8

    @property
    def _value(self) -> int:
        """Where a cell's value begins."""
        return 7 if self.version == 2 else 6

    def _number(self, record: Record) -> None:
        value = struct.unpack_from("<d", record.body, self._value)[0]
        self._cell(record.body, self._shown(value, self._at_style(record.body)))

    def _whole(self, record: Record) -> None:
        if self.version == 2:
            self._cell(
                record.body, self._shown(struct.unpack_from("<H", record.body, 7)[0], self._at_style(record.body))
            )

    def _short_number(self, record: Record) -> None:
        value = biff.rk(struct.unpack_from("<I", record.body, 6)[0])
        self._cell(record.body, self._shown(value, self._at_style(record.body)))

    def _short_numbers(self, record: Record) -> None:
        for at in range(4, len(record.body) - 7, 6):
            style, raw = struct.unpack_from("<HI", record.body, at)
            self._cell(record.body, self._shown(biff.rk(raw), style))

    def _label(self, record: Record) -> None:
        if self.version == 8 and record.more:
            text = biff.Strings((record.body, *record.more), 6).string()
        else:
            text = self._text(record.body, self._value, 1 if self.version == 2 else 2)
        self._cell(record.body, text)

    def _shared_label(self, record: Record) -> None:
        number = struct.unpack_from("<I", record.body, 6)[0]
        if number < len(self._strings):
            self._cell(record.body, self._strings[number])

    def _truth(self, record: Record) -> None:
        value, wrong = struct.unpack_from("<BB", record.body, self._value)
        self._cell(record.body, biff.ERRORS.get(value, "#ERROR") if wrong else "TRUE" if value else "FALSE")

    def _formula(self, record: Record) -> None:
        """The value stored with a formula; a text follows in a record of its own."""
        body, at = record.body, self._value
        if body[at + 6 : at + 8] != b"\xff\xff":
            self._cell(body, self._shown(struct.unpack_from("<d", body, at)[0], self._at_style(body)))
        elif body[at] == 1:
            self._cell(body, "TRUE" if body[at + 2] else "FALSE")
        elif body[at] == 2:
            self._cell(body, biff.ERRORS.get(body[at + 2], "#ERROR"))
        elif body[at] == 0:
            self._pending = body

    _pending = b"\xff\xff"

    def _result(self, record: Record) -> None:
        if self.version == 8:
            text = biff.Strings((record.body, *record.more)).string()
        else:
            text = self._text(record.body, 0, 1 if self.version == 2 else 2)
        self._cell(self._pending, text)

    def _box(self, record: Record) -> None:
        """Text of a comment or drawing: its characters come in the first record that continues it (§2.4.329)."""
        count = struct.unpack_from("<H", record.body, 10)[0]
        if count and record.more:
            head = struct.pack("<HB", count, record.more[0][0] & 1)
            text = biff.Strings((head + record.more[0][1:], *record.more[1:])).string()
            if text.strip():
                self._beside.append(text)

    def _note(self, record: Record) -> None:
        """Before BIFF8 a comment's text, since then only who made it."""
        if self.version < 8:
            self._beside.append(self._text(record.body, 4, 2))

    def _series(self, record: Record) -> None:
        if text := self._text(record.body, 2, 1):
            self._beside.append(text)

    def _link(self, record: Record) -> None:
        """The target of a hyperlink, where it is an address (§2.4.140, [MS-OSHARED] §2.3.7.1)."""
        at = record.body.find(_URL_MONIKER)
        if at >= 0 and len(self.links) < 200:
            size = struct.unpack_from("<I", record.body, at + 16)[0]
            raw = record.body[at + 20 : at + 20 + min(size, 1000) & ~1]
            self.links[raw.decode("utf-16-le", "replace").partition("\0")[0][:500]] = None

    def _user(self, record: Record) -> None:
        """Who had the file open last, as the program knew its user (§2.4.349)."""
        self.user = self._text(record.body, 0, 2 if self.version == 8 else 1).strip("\0 ")[:200]

    def _setup(self, record: Record) -> None:
        size, flags = struct.unpack_from("<H8xH", record.body)
        if not self.paper and not flags & 4:
            self.paper = EXCEL.get(size, "")

    def _running(self, record: Record) -> None:
        if record.body and (text := self._text(record.body, 0, 2 if self.version == 8 else 1)):
            self._beside.append(text)

    def _text(self, body: bytes, at: int, width: int) -> str:
        if self.version == 8:
            return biff.unicode_string(body, at, width)
        return biff.byte_string(body, at, width, self._codec)


_URL_MONIKER = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")


def _version(data: bytes) -> int:
    """2, 3, 4, 5 (which is also 7) or 8 by the first record; 0 where it is no workbook."""
    if len(data) < 8:
        return 0
    kind, _, version = struct.unpack_from("<HHH", data)
    found = _BOFS.get(kind, 0)
    return 5 if found == 8 and version < 0x0600 else found
