import subprocess
import sys

import pytest

from crible.extract import xlsx as reader
from crible.model.errors import Unreadable

STYLES = (
    '<numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/><numFmt numFmtId="171" formatCode="0.0&quot;h&quot;"/>'
    '</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs>'
)


def number(value, style=""):
    return f'<c s="{style}"><v>{value}</v></c>' if style else f"<c><v>{value}</v></c>"


def text_of(window, xlsx, row, **more):
    return reader.read(window(xlsx([("F", "visible", f"<row>{row}</row>")], **more))).text


def test_sheets_rows_and_cells(window, xlsx):
    data = xlsx(
        [
            ("Recettes", "visible", '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row/><row><c/>'
             f"{number(1500)}{number('0.30000000000000004')}</row>"),
            ("Réserve", "veryHidden", '<row><c t="inlineStr"><is><r><t>à part</t></r></is></c><c t="b"><v>1</v></c>'
             '<c t="str"><f>A1</f><v>calculé</v></c><c t="e"><v>#DIV/0!</v></c></row>'),
        ],
        strings="<si><t>Dons</t></si><si><r><t>par </t></r><r><t>mois</t></r><rPh><t>non</t></rPh></si>",
    )  # fmt: skip
    reading = reader.read(window(data))
    assert reading.text == "Recettes\nDons\tpar mois\n1500\t0.3\fRéserve\nà part\tTRUE\tcalculé\t#DIV/0!"
    assert reading.file.pages == 2
    assert reading.file.properties["hidden-sheets"] == "Réserve"
    assert reading.file.defects == ("hidden-sheets",)


def test_dates_by_their_format_only(window, xlsx):
    row = number(42845) + number(42845, 1) + number("42845.5", 2) + number("0.25", 1) + number(42845, 3)
    assert text_of(window, xlsx, row, styles=STYLES) == "F\n42845\t2017-04-20\t2017-04-20 12:00:00\t06:00:00\t42845"


def test_days_may_count_from_1904(window, xlsx):
    assert text_of(window, xlsx, number(41383, 1), styles=STYLES, workbook='<workbookPr date1904="1"/>').endswith(
        "2017-04-20"
    )


@pytest.mark.parametrize(("serial", "shown"), [
    ("1", "1900-01-01"), ("59", "1900-02-28"), ("61", "1900-03-01"), ("2958465.99999", "9999-12-31 23:59:59"),
    ("2958466", ""), ("-1", ""), ("1e400", ""), ("nan", ""), ("x", ""),
])  # fmt: skip
def test_day_serials(serial, shown):
    assert reader.serial_date(serial, since_1904=False) == shown


@pytest.mark.parametrize(("code", "date"), [
    ("General", False), ("0.00", False), ("#,##0 €", False), ('0"day"', False), ("[Red]0", False), ("0.00E+00", False),
    ("yyyy", True), ("[$-40C]d mmmm yyyy", True), ("[h]:mm", True), ("\\d0", False), ("h:mm AM/PM", True),
])  # fmt: skip
def test_format_codes(code, date):
    assert reader.shows_date(code) is date


def test_escaped_characters(window, xlsx):
    assert text_of(window, xlsx, '<c t="s"><v>0</v></c>', strings="<si><t>a_x000A_b_xZZ_</t></si>") == "F\na\nb_xZZ_"


@pytest.mark.parametrize("raw", ["7", "-1", "x", "1.0", "²"])
def test_a_string_index_that_leads_nowhere_is_an_empty_cell(window, xlsx, raw):
    row = f'<c t="s"><v>{raw}</v></c>{number(3)}'
    assert text_of(window, xlsx, row, strings="<si><t>seul</t></si>") == "F\n3"


def test_a_broken_sheet_costs_only_itself(window, xlsx):
    reading = reader.read(window(xlsx([("A", "visible", f"<row>{number(1)}</row>"), ("B", "visible", "<row>")])))
    assert reading.text == "A\n1\fB"
    assert "unread-parts" in reading.file.defects


def test_no_sheet_readable_is_corrupt(window, xlsx):
    with pytest.raises(Unreadable, match="corrupt"):
        reader.read(window(xlsx([("B", "visible", "<row>")])))


STRAY = """
import io, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
import tempfile
from crible.extract import xlsx
from crible.sandbox.window import Window
file = tempfile.TemporaryFile()
file.write(sys.stdin.buffer.read())
file.flush()
print(xlsx.read(Window.whole(file.fileno())).text)
"""


def run_capped(data):
    return subprocess.run([sys.executable, "-c", STRAY], input=data, capture_output=True, timeout=60, check=False)


def test_two_stray_cells_far_apart_cost_nothing(xlsx):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    done = run_capped(xlsx([("F", "visible", rows)]))
    assert done.stdout == b"F\n1\n2\n", done.stderr[-500:]


def test_one_long_string_shown_everywhere_stays_in_bounds(window, xlsx):
    rows = 200 * ("<row>" + 500 * '<c t="s"><v>0</v></c>' + "</row>")
    reading = reader.read(window(xlsx([("F", "visible", rows)], strings=f"<si><t>{'lol ' * 25_000}</t></si>")))
    assert len(reading.text) == 4_000_000
    assert reading.truncated > 9_000_000_000


def test_a_bomb_is_over_budget(window, xlsx):
    data = xlsx([("F", "visible", f'<row spans="{"0" * 1000}"/>' * 40_000)])
    with pytest.raises(Unreadable, match="budget") as caught:
        reader.read(window(data))
    assert caught.value.params["which"] == "part"


def test_a_large_sheet_is_read_as_a_stream(window, xlsx):
    rows = "".join(f'<row spans="{"0" * 90}">{number(at)}</row>' for at in range(80_000))
    text = reader.read(window(xlsx([("F", "visible", rows)]))).text
    assert text == "F\n" + "\n".join(map(str, range(80_000)))
