import struct
import zipfile
from io import BytesIO

import pytest

from crible.extract import xlsb
from crible.extract.sniff import sniff
from crible.extract.zip_salvage import Rebuilt
from crible.model.errors import Unreadable

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def of(data):
    return Rebuilt(-1, 0, len(data), data)


def number(value):
    out = b""
    while True:
        out += bytes([value & 0x7F | (0x80 if value > 0x7F else 0)])
        value >>= 7
        if not value:
            return out


def record(kind, body=b""):
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + number(len(body)) + body


def wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def cell(kind, column, body, style=0):
    return record(kind, struct.pack("<II", column, style) + body)


def workbook(cells, sheet=True):
    book = record(153, bytes(12)) + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Recettes"))
    book += record(156, struct.pack("<II", 1, 2) + wide("rId1") + wide("Réserve"))
    styles = record(44, struct.pack("<H", 170) + wide("yyyy")) + record(617)
    styles += b"".join(record(47, struct.pack("<HH", 0, each) + bytes(12)) for each in (0, 14, 170)) + record(618)
    kind = "application/vnd.ms-excel."
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="bin" '
        f'ContentType="{kind}sheet.binary.macroEnabled.main"/></Types>',
        "_rels/.rels": f'<r><Relationship Id="a" Type="{RELATIONS}/officeDocument" Target="xl/workbook.bin"/></r>',
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": "<r>"
        + "".join(
            f'<Relationship Id="rId{at}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
            for at, (kind, target) in enumerate(
                (("worksheet", "s.bin"), ("sharedStrings", "t.bin"), ("styles", "y.bin")), 1
            )
        )
        + "</r>",
        "xl/s.bin": record(0, bytes(17)) + cells if sheet else b"",
        "xl/t.bin": record(159, bytes(8)) + record(19, b"\0" + wide("Dons")) + record(160),
        "xl/y.bin": styles,
    }
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            if name != "xl/s.bin" or sheet:
                archive.writestr(name, data)
    return buffer.getvalue()


CELLS = (
    cell(7, 0, struct.pack("<I", 0)) + cell(5, 1, struct.pack("<d", 42845.0), 1) + cell(6, 2, wide("à côté"))
    + record(0, bytes(17)) + cell(2, 0, struct.pack("<I", 150 << 2 | 3)) + cell(4, 1, b"\1") + cell(3, 2, b"\x07")
    + cell(1, 3, b"") + cell(9, 4, struct.pack("<d", 0.1 + 0.2)) + cell(8, 5, wide("calculé"))
)  # fmt: skip


def test_cells_of_every_kind():
    data = workbook(CELLS)
    assert sniff(of(data)) == xlsb.MIME
    reading = xlsb.read(of(data))
    assert reading.text.split("\f")[0] == "Recettes\nDons\t2017-04-20\tà côté\n1.5\tTRUE\t#DIV/0!\t0.3\tcalculé"
    assert reading.file.hidden == ("sheet: Réserve",)
    assert reading.file.pages == 2


def test_without_any_sheet_it_is_corrupt():
    with pytest.raises(Unreadable, match="corrupt"):
        xlsb.read(of(workbook(CELLS, sheet=False)))


def test_a_part_cut_off_gives_what_is_there():
    reading = xlsb.read(of(workbook(CELLS + b"\x05\x02ab")))
    assert "Dons" in reading.text
    assert "unread-parts" in reading.file.defects
