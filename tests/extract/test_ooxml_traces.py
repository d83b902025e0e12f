"""What a package tells of programs and hands: sessions, languages, paths, stored values; made here, and real ones."""

import io
import tempfile
import time
import zipfile

import pytest
from lxml import etree

from crible.extract.ooxml import Package
from crible.extract.ooxml_traces import traces
from crible.extract.readers import read_file
from crible.extract.sniff import sniff
from crible.extract.warm import package
from crible.model.errors import Unreadable
from crible.model.office import Passage
from crible.sandbox.window import Window

KIND = "application/vnd.openxmlformats-officedocument."
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BOOK = (
    '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="Dépenses" sheetId="7" r:id="r1"/></sheets>{calc}</workbook>'
)


def opened(data):
    file = tempfile.TemporaryFile()  # noqa: SIM115  (closed by whom it is given to)
    file.write(data)
    file.flush()
    return Window.whole(file.fileno()), file


def read(data):
    window, file = opened(data)
    with file:
        return read_file(window, sniff(window)).file.office


def with_members(data, **members):
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return buffer.getvalue()


def document(body, settings="", app="", styles=""):
    parts = {
        "word/document.xml": (f"{KIND}wordprocessingml.document.main+xml", f"<w:document {WORD}>{body}</w:document>"),
        "word/settings.xml": (f"{KIND}wordprocessingml.settings+xml", f"<w:settings {WORD}>{settings}</w:settings>"),
        "word/styles.xml": (f"{KIND}wordprocessingml.styles+xml", f"<w:styles {WORD}>{styles}</w:styles>"),
        "docProps/app.xml": (f"{KIND}extended-properties+xml", f"<Properties>{app}</Properties>"),
    }
    return package(parts)


def workbook(cells, chain="", calc="", others=None):
    parts = {
        "x/b.xml": (f"{KIND}spreadsheetml.sheet.main+xml", BOOK.format(calc=calc)),
        "x/s.xml": (f"{KIND}spreadsheetml.worksheet+xml", f"<worksheet><sheetData>{cells}</sheetData></worksheet>"),
        **(others or {}),
    }
    if chain:
        parts["x/calcChain.xml"] = (f"{KIND}spreadsheetml.calcChain+xml", f"<calcChain>{chain}</calcChain>")
    return package(parts, {"x/_rels/b.xml.rels": "s.xml"})


def row(number, *cells):
    """Cells as values, or as (formula, value)."""
    made = []
    for column, cell in enumerate(cells):
        formula, value = cell if isinstance(cell, tuple) else ("", cell)
        inner = (f"<f>{formula}</f>" if formula else "") + f"<v>{value}</v>"
        made.append(f'<c r="{chr(65 + column)}{number}">{inner}</c>')
    return f'<row r="{number}">{"".join(made)}</row>'


RSIDS = (
    '<w:rsids><w:rsidRoot w:val="00aa0001"/><w:rsid w:val="00AA0001"/><w:rsid w:val="00AA0002"/>'
    '<w:rsid w:val="zz"/></w:rsids><w:themeFontLang w:val="fr-FR"/>'
)
BODY = (
    '<w:p w:rsidR="00AA0001" w:rsidRDefault="00AA0001"><w:r><w:t>Le prix est de </w:t></w:r>'
    '<w:r w:rsidR="00AA0002"><w:t>25 000</w:t></w:r><w:r><w:t> euros.</w:t></w:r></w:p>'
)


def test_sessions_of_a_text_document_and_what_was_typed_in_each():
    office = read(document(BODY, RSIDS))
    assert (office.root, office.sessions) == ("00AA0001", ("00AA0001", "00AA0002"))
    assert office.passages == (Passage("00AA0001", 22, "Le prix est de euros."), Passage("00AA0002", 6, "25 000"))
    assert office.languages == ("fr-FR",)


def test_no_root_no_sessions():
    assert read(document(BODY, '<w:rsids><w:rsid w:val="00AA0001"/></w:rsids>')).sessions == ()


def test_the_language_of_menus_and_the_program():
    pairs = "<HeadingPairs><vector><variant><lpstr>{}</lpstr></variant></vector></HeadingPairs>"
    app = "<Application>Microsoft Excel</Application><AppVersion>16.0300</AppVersion><DocSecurity>2</DocSecurity>"
    office = read(document(BODY, app=app + pairs.format("Листы")))
    assert (office.application, office.build, office.security) == ("Microsoft Excel", "16.0300", 2)
    assert office.interface == "ru"
    assert read(document(BODY, app=pairs.format("Titel"))).interface == ""  # German, Dutch, Danish …


def test_the_language_that_styles_were_begun_in():
    styles = '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>'
    assert read(document(BODY, RSIDS, styles=styles)).languages == ("fr-FR", "en-GB")
    cell_styles = '<styleSheet><cellStyles><cellStyle name="Обычный" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    others = {"x/styles.xml": (f"{KIND}spreadsheetml.styles+xml", cell_styles)}
    assert read(workbook(row(1, 1), others=others)).born == "ru"


def test_paths_of_servers_disks_and_printers_are_named_and_web_addresses_are_not():
    link = '<Relationships><Relationship Id="r1" Type="t" Target="{}" TargetMode="External"/></Relationships>'
    data = with_members(
        document(BODY),
        a___rels__b_dot_rels=link.format("file:///\\\\tresor\\commun\\modele%20long.dotx"),
        c___rels__d_dot_rels=link.format("file:///C:\\Users\\invite\\a.xlsx"),
        e___rels__f_dot_rels=link.format("https://horizon.example/a"),
        x__printerSettings__printerSettings1_dot_bin="\\\\tresor\\HP 4015".encode("utf-16-le") + bytes(200),
    )
    office = read(data)
    assert office.paths == ("C:\\Users\\invite\\a.xlsx", "\\\\tresor\\HP 4015", "\\\\tresor\\commun\\modele long.dotx")


def test_its_picture_of_itself():
    office = read(with_members(document(BODY), docProps__thumbnail_dot_jpeg=b"\xff\xd8\xff"))
    assert office.thumbnail == "image/jpeg"
    assert len(office.thumbnail_digest) == 64


def test_stored_results_that_are_what_formulas_give():
    office = read(workbook(row(1, 100, 20) + row(2, 50, 10) + row(3, ("SUM(A1:A2)", 150), ("SUM(B1:B2)*1.2", 36))))
    formulas = office.formulas
    assert (formulas.count, formulas.checked, formulas.mismatches, formulas.stale) == (2, 2, (), False)


def test_a_number_changed_outside_of_a_spreadsheet_leaves_its_old_total():
    formulas = read(workbook(row(1, 100) + row(2, 950) + row(3, ("SUM(A1:A2)", 150)))).formulas
    (found,) = formulas.mismatches
    assert (found.place, found.formula, found.stored, found.computed) == ("Dépenses!A3", "SUM(A1:A2)", "150", "1050")
    assert read(workbook(row(3, ("SUM(A1:A2)", 150)), calc='<calcPr calcMode="manual"/>')).formulas.stale


def test_a_shared_formula_is_computed_where_it_is_shared():
    shared = (
        row(1, 2, 3)
        + '<row r="2"><c r="A2"><f t="shared" si="0" ref="A2:B2">A1*10</f><v>20</v></c>'
        + '<c r="B2"><f t="shared" si="0"/><v>31</v></c></row>'
    )
    formulas = read(workbook(shared)).formulas
    assert [(one.place, one.computed) for one in formulas.mismatches] == [("Dépenses!B2", "30")]


def test_a_cell_of_the_chain_without_formula_was_overwritten_and_an_array_is_none():
    chain = '<c r="A3" i="7"/><c r="A1"/>'
    assert read(workbook(row(1, 100) + row(3, ("A1", 100)), chain)).formulas.orphans == ("A1",)
    array = '<row r="1"><c r="A1"><f t="array" ref="A1:A2">B1:B2</f><v>1</v></c></row><row r="2">{}</row>'
    array = array.format('<c r="A2"><v>2</v></c>')
    assert read(workbook(array, '<c r="A1" i="7"/><c r="A2"/>')).formulas.orphans == ()


def test_a_typed_number_in_a_row_of_totals():
    body = "".join(row(n, 1, 2, 3, 4, 5) for n in range(1, 5))
    totals = row(5, ("SUM(A1:A4)", 4), ("SUM(B1:B4)", 8), 12, ("SUM(D1:D4)", 16), ("SUM(E1:E4)", 20))
    assert read(workbook(body + totals)).formulas.typed == ("Dépenses!C5",)
    assert read(workbook(body + totals.replace("<v>12</v>", ""))).formulas.typed == ()


def test_a_workbook_without_formulas_is_not_looked_into():
    assert read(workbook(row(1, 1, 2))).formulas is None


def test_broken_secondary_parts_cost_their_own_fields_only():
    office = read(document(BODY, RSIDS + "<w:broken", app="<Application>"))
    assert (office.root, office.application) == ("", "")
    assert office.packer == "python"


def test_work_is_bounded_whatever_a_package_holds():
    """Array formulas over whole columns, thousands of relationship parts, chains and totals by the thousand."""
    arrays = "".join(
        f'<c r="A{n}"><f t="array" ref="A{n}:E{n + 990}">SUM(A1:E1000)</f><v>1</v></c>' for n in range(1, 9_000)
    )
    data = workbook(f"<row>{arrays}</row>", '<c r="A1" i="7"/>' * 30_000)
    padding = "<Relationships>" + " " * 900_000 + '<Relationship TargetMode="External"/></Relationships>'
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(300):
            archive.writestr(f"x/_rels/{number}.rels", padding)
    window, file = opened(buffer.getvalue())
    with file:
        held, start = Package(window), time.process_time()
        found = traces(held)
        assert time.process_time() - start < 3
    assert found.formulas.count == 8_999


@pytest.mark.corpora
def test_real_workbooks_agree_with_their_formulas(corpora, tmp_path):
    """No stored result of a real workbook differs: whoever questions one has something to show."""
    import tarfile

    checked = mismatched = orphans = 0
    with tarfile.open(corpora / "office.tar.xz") as archive:
        for member in archive:
            if not member.name.lower().endswith((".xlsx", ".xlsm")) or member.size > 1 << 20:
                continue
            window, file = opened(archive.extractfile(member).read())
            with file:
                try:
                    found = traces(Package(window)).formulas
                except (Unreadable, ValueError, KeyError, zipfile.BadZipFile, etree.XMLSyntaxError):
                    continue
            if found:
                checked, mismatched, orphans = (
                    checked + found.checked,
                    mismatched + found.mismatched,
                    orphans + len(found.orphans),
                )
    assert checked > 500
    assert (mismatched, orphans) == (0, 0)
