import io
import struct
from contextlib import suppress

import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st
from ole_writer import compound, properties, record

from crible.extract import xls
from crible.extract.readers import read_file
from crible.extract.second import DEFECT
from crible.extract.sniff import sniff
from crible.extract.zip_salvage import Rebuilt
from crible.model.errors import Unreadable

BOF, EOF = 0x0809, 0x0A
USER = "Léa Roux"


def of(data):
    return Rebuilt(-1, 0, len(data), data)


def text8(text, width=2):
    wide = not text.isascii()
    return len(text).to_bytes(width, "little") + bytes([wide]) + (text.encode("utf-16-le") if wide else text.encode())


def cell(kind, row, column, body, style=0):
    return record(kind, struct.pack("<HHH", row, column, style) + body)


def book(sheets, strings=(), before=b"", shared=None):
    """A BIFF8 stream: sheets as (title, state, records)."""
    body = "".join(strings) and b"".join(text8(each) for each in strings)
    table = shared or record(0xFC, struct.pack("<II", len(strings), len(strings)) + (body or b""))
    head = record(BOF, struct.pack("<HH", 0x0600, 5) + bytes(12)) + before
    sizes = sum(len(record(0x85, bytes(6) + text8(title, 1))) for title, _, _ in sheets)
    at = len(head) + sizes + len(table) + len(record(EOF))
    listed, bodies = b"", b""
    for title, state, records in sheets:
        listed += record(0x85, struct.pack("<IBB", at + len(bodies), state, 0) + text8(title, 1))
        bodies += record(BOF, struct.pack("<HH", 0x0600, 0x10) + bytes(12)) + records + record(EOF)
    return head + listed + table + record(EOF) + bodies


def stored(stream, **more):
    return compound({"Workbook": stream, **more})


CELLS = (
    cell(0xFD, 0, 0, struct.pack("<I", 0))
    + cell(0xFD, 0, 1, struct.pack("<I", 1))
    + cell(0x203, 1, 0, struct.pack("<d", 1500.0))
    + cell(0x27E, 1, 1, struct.pack("<I", 3 << 2 | 2))
    + record(0xBD, struct.pack("<HHHIHIH", 2, 0, 0, 150 << 2 | 3, 0, 7 << 2 | 2, 1))
    + cell(0x205, 3, 0, b"\1\0")
    + cell(0x205, 3, 1, b"\x07\1")
    + cell(0x06, 4, 0, struct.pack("<d", 0.1 + 0.2) + bytes(8))
    + cell(0x06, 4, 1, b"\0\0\0\0\0\0\xff\xff" + bytes(8))
    + record(0x207, text8("calculé"))
)


def test_rows_of_every_kind_of_cell():
    data = stored(book([("Recettes", 0, CELLS)], ["Dons", "près de Paris"]))
    assert xls.read(of(data)).text == ("Recettes\nDons\tprès de Paris\n1500\t3\n1.5\t7\nTRUE\t#DIV/0!\n0.3\tcalculé")


def test_calamine_reads_the_same_cells():
    data = stored(book([("Recettes", 0, CELLS)], ["Dons", "près de Paris"]))
    rows = python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_name("Recettes").to_python()
    assert rows[0] == ["Dons", "près de Paris"]
    assert rows[1] == [1500.0, 3.0]
    assert rows[2] == [1.5, 7.0]


def test_hidden_sheets_user_fonts_paper_and_links():
    before = (
        record(0x5C, text8(USER))
        + record(0x31, bytes(14) + text8("Arial", 1))
        + record(0x31, bytes(14) + text8("Courier", 1))
    )
    url = "http://nord.example/".encode("utf-16-le") + b"\0\0"
    link = record(0x1B8, bytes(8 + 16 + 8) + bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
                  + struct.pack("<I", len(url)) + url)  # fmt: skip
    setup = record(0xA1, struct.pack("<H", 9) + bytes(32))
    facts = xls.read(of(stored(book([("A", 0, link + setup), ("Réserve", 2, b"")], before=before)))).file
    assert facts.hidden == ("very hidden sheet: Réserve",)
    assert facts.defects == ("hidden-sheets",)
    assert (facts.pages, facts.paper, facts.fonts) == (2, "A4", ("Arial", "Courier"))
    assert facts.properties["user"] == USER
    assert [each.name for each in facts.embedded] == ["http://nord.example/"]


def test_dates_by_their_format_only():
    formats = record(0x41E, struct.pack("<H", 170) + text8("dd/mm/yyyy"))
    styles = b"".join(record(0xE0, struct.pack("<HH", 0, number) + bytes(16)) for number in (0, 14, 170))
    cells = b"".join(cell(0x203, 0, at, struct.pack("<d", 42845.0), at) for at in range(3))
    data = stored(book([("F", 0, cells)], before=formats + styles))
    assert xls.read(of(data)).text == "F\n42845\t2017-04-20\t2017-04-20"
    data = stored(book([("F", 0, cells)], before=record(0x22, b"\1\0") + formats + styles))
    assert xls.read(of(data)).text.endswith("2021-04-21\t2021-04-21")


def test_a_string_that_runs_over_into_the_next_record_changes_width():
    first = struct.pack("<HB", 6, 0) + b"abc"
    shared = record(0xFC, struct.pack("<II", 2, 2) + first) + record(
        0x3C, b"\1" + "déf".encode("utf-16-le") + text8("b")
    )
    cells = cell(0xFD, 0, 0, struct.pack("<I", 0)) + cell(0xFD, 0, 1, struct.pack("<I", 1))
    assert xls.read(of(stored(book([("F", 0, cells)], shared=shared)))).text == "F\nabcdéf\tb"


def test_rich_and_extended_strings():
    rich = struct.pack("<HBHI", 3, 0x0C, 1, 2) + b"abc" + bytes(4) + b"zz"
    shared = record(0xFC, struct.pack("<II", 2, 2) + rich + text8("fin"))
    cells = cell(0xFD, 0, 0, struct.pack("<I", 0)) + cell(0xFD, 0, 1, struct.pack("<I", 1))
    assert xls.read(of(stored(book([("F", 0, cells)], shared=shared)))).text == "F\nabc\tfin"


def test_comments_and_boxes_follow_the_rows():
    box = record(0x1B6, struct.pack("<HHHHHHHI", 0, 0, 0, 0, 0, 9, 16, 0)) + record(0x3C, b"\0a revoir.")
    assert xls.read(of(stored(book([("F", 0, CELLS[:14] + box)], ["x"])))).text.endswith("\na revoir.")


def old(records, version=0x0500, page=1251):
    head = record(BOF, struct.pack("<HHHH", version, 5, 0, 0)) + record(0x42, struct.pack("<H", page))
    listed = len(record(0x85, bytes(6) + b"\1F"))
    at = len(head) + listed + 4
    sheet = record(BOF, struct.pack("<HHHH", version, 0x10, 0, 0)) + records + record(EOF)
    return head + record(0x85, struct.pack("<IBB", at, 0, 0) + b"\1F") + record(EOF) + sheet


def test_before_excel_97_the_code_page_decides():
    word = "Счёт".encode("cp1251")
    data = compound({"Book": old(cell(0x204, 0, 0, struct.pack("<H", len(word)) + word))})
    assert xls.read(of(data)).text == "F\nСчёт"


def test_a_bare_stream_of_excel_4_and_of_excel_2():
    four = record(0x0409, struct.pack("<HHH", 0, 0x10, 0)) + cell(0x204, 0, 0, b"\2\0ab") + record(EOF)
    two = (
        record(0x0009, struct.pack("<HH", 2, 0x10))
        + record(4, struct.pack("<HH", 0, 0) + bytes(3) + b"\2ab")
        + record(EOF)
    )
    for data in (four, two):
        assert sniff(of(data)) == xls.MIME
        assert xls.read(of(data)).text.strip() == "ab"


def test_encrypted():
    with pytest.raises(Unreadable, match="encrypted"):
        xls.read(of(stored(book([("F", 0, b"")], before=record(0x2F, bytes(6))))))


def test_two_stray_cells_take_no_memory():
    """The dense block that calamine lays out for these would take 65,536 by 16,384 cells of 24 bytes."""
    far = cell(0x203, 0, 0, struct.pack("<d", 1.0)) + cell(0x203, 65535, 16383, struct.pack("<d", 2.0))
    assert xls.read(of(stored(book([("F", 0, far)])))).text == "F\n1\n2"


def test_one_string_shown_ever_again_is_bounded():
    shared = record(0xFC, struct.pack("<II", 1, 1) + text8("x" * 8000))
    cells = cell(0xFD, 0, 0, struct.pack("<I", 0)) * 1000
    reading = xls.read(of(stored(book([("F", 0, cells)], shared=shared))))
    assert len(reading.text) == 4_000_000
    assert reading.truncated > 4_000_000


def test_properties():
    data = stored(book([("F", 0, b"")]), **{"\x05SummaryInformation": properties({4: "Hélène", 8: "Roman"})})
    facts = xls.read(of(data)).file
    assert (facts.author, facts.last_author, facts.locale) == ("Hélène", "Roman", "cp1252")


def test_where_the_records_are_gone_words_are_still_found():
    data = compound(
        {"Workbook": b"\xff" * 600 + b"Le total de la facture est de 300 euros, comme convenu." + bytes(4000)}
    )
    reading = read_file(of(data), sniff(of(data)))
    assert "facture" in reading.text
    assert reading.file.readers == ("xls", "calamine", "text-runs")
    assert DEFECT in reading.file.defects


def test_once_a_child_died_calamine_is_not_asked():
    data = compound(
        {"Workbook": b"\xff" * 600 + b"Le total de la facture est de 300 euros, comme convenu." + bytes(4000)}
    )
    assert read_file(of(data), sniff(of(data)), attempt=1).file.readers == ("xls", "text-runs")


@given(st.lists(st.tuples(st.integers(0, 6000), st.integers(0, 255)), max_size=40))
@settings(max_examples=150, deadline=None)
def test_damaged_files_end_with_a_reason(changes):
    data = bytearray(stored(book([("Recettes", 0, CELLS * 3)], ["Dons", "près de Paris"])))
    for at, byte in changes:
        data[at % len(data)] = byte
    with suppress(Unreadable):
        xls.read(of(bytes(data)))
