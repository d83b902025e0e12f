"""The files that are planted: read back by readers that others wrote, altered where they say, twins beside them."""

import hashlib
import io
import random
import re
import zipfile
from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest
from lxml import etree
from PIL import ExifTags, Image
from python_calamine import CalamineWorkbook

from crible.demo.forgeries.catalogue import SCENARIOS, TWINS
from crible.demo.forgeries.files.camera import Shot, jpeg, picture, small
from crible.demo.forgeries.files.excel import Formula, excel
from crible.demo.forgeries.files.ooxml import Props
from crible.demo.forgeries.files.word import descent, word

AT = datetime(2017, 1, 12, 9, 30, tzinfo=UTC)
PROPS = Props("Odile Fayolles", AT, AT + timedelta(days=2), title="Note")
PIECES = "leak/pieces/"


def laid(bench, record, key):
    """Paths and bytes of the loose files of one scenario, in order."""
    rows = [plant for plant in record.plants if plant.scenario == key and plant.path.startswith(PIECES)]
    assert rows, key
    return [(plant, (bench / plant.path).read_bytes()) for plant in rows]


def text(data):
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data))


def sums(data):
    return [int(found.replace(" ", "")) for found in re.findall(r"(\d[\d ]*) €", text(data))]


def paragraphs(data):
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    return ["".join(one.itertext()) for one in root.iter("{*}p")]


def carried(bench):
    """SHA-256 of all that mails of the boxes carry as PDF or Office files, by the standard library's reader."""
    import mailbox

    found = set()
    for path in sorted((bench / "leak").glob("*.mbox")):
        for mail in mailbox.mbox(path):
            parts = (part for part in mail.walk() if part.get_filename())
            found |= {hashlib.sha256(part.get_payload(decode=True) or b"").hexdigest() for part in parts}
    return found


def test_word_lists_its_sessions_and_marks_the_late_one():
    first = descent(random.Random(1))
    later = first.later(random.Random(2))
    (fresh,) = set(later.sessions) - set(first.sessions)
    data = word(["Note", "Rien à signaler.", ("Un nom de plus.", fresh)], PROPS, later)
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.namelist()[:3] == ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]
    assert {one.date_time[0] for one in archive.infolist()} == {1980}
    settings = archive.read("word/settings.xml").decode()
    assert f'rsidRoot w:val="{first.root}"' in settings
    assert all(session in settings for session in later.sessions)
    document = archive.read("word/document.xml").decode()
    assert document.count(fresh) == 2
    for name in archive.namelist():
        etree.fromstring(archive.read(name))
    assert paragraphs(data) == ["Note", "Rien à signaler.", "Un nom de plus."]


@pytest.mark.parametrize(("manner", "version"), [("office", 45), ("7-zip", 63), ("python", 20)])
def test_each_manner_of_packing_shows_in_every_entry(manner, version):
    entries = zipfile.ZipFile(io.BytesIO(word(["Note"], PROPS, descent(random.Random(1)), manner))).infolist()
    assert {one.create_version for one in entries} == {version}
    assert (entries[0].date_time[:3] == (1980, 1, 1)) == (manner == "office")


def test_excel_stores_values_beside_formulas_and_a_library_does_not():
    rows = [("Poste", ""), ("Papier", 120.0), ("Encre", 30.5), ("Total", Formula("SUM(B2:B3)", 150.5))]
    data = excel("Feuil1", rows, PROPS)
    assert CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("Feuil1").to_python()[1:] == [
        ["Papier", 120.0], ["Encre", 30.5], ["Total", 150.5],
    ]  # fmt: skip
    assert b'<c r="B4" i="1"/>' in zipfile.ZipFile(io.BytesIO(data)).read("xl/calcChain.xml")
    rows[-1] = ("Total", Formula("SUM(B2:B3)", None))
    bare = zipfile.ZipFile(io.BytesIO(excel("Feuil1", rows, PROPS, "python")))
    assert "xl/calcChain.xml" not in bare.namelist()
    assert b"</f></c>" in bare.read("xl/worksheets/sheet1.xml")


def test_a_photograph_keeps_its_dates_and_its_small_picture():
    image = picture(random.Random(3))
    data = jpeg(image, Shot(AT, AT + timedelta(days=1), AT, small(image)))
    exif = Image.open(io.BytesIO(data)).getexif()
    assert exif[0x0132] == "2017:01:13 09:30:00"
    assert exif.get_ifd(0x8769)[0x9003] == "2017:01:12 09:30:00"
    gps = exif.get_ifd(0x8825)
    assert (gps[0x001D], tuple(map(int, gps[0x0007]))) == ("2017:01:12", (9, 30, 0))
    block = Image.open(io.BytesIO(data)).info["exif"][6:]
    stored = exif.get_ifd(ExifTags.IFD.IFD1)
    inner = block[stored[0x0201] : stored[0x0201] + stored[0x0202]]
    assert Image.open(io.BytesIO(inner)).size == (160, 120)
    assert not Image.open(io.BytesIO(jpeg(image))).getexif()


@pytest.mark.parametrize("key", ["pdf-edited-in-place", "pdf-cover-laid", "form-filled", "paper-stamped"])
def test_a_later_save_appends_to_the_first_bytes(bench, record, key):
    for _, data in laid(bench, record, key):
        first = data[: data.index(b"%%EOF") + 6]
        assert data.count(b"%%EOF") == 2
        assert pypdfium2.PdfDocument(first)
        assert pypdfium2.PdfDocument(data)
        assert b"/ModDate" in data[len(first) :]
        assert (sums(data) != sums(first)) == key.startswith("pdf-")


def test_edited_figures_add_up_so_that_no_arithmetic_betrays_them(bench, record):
    for _, data in laid(bench, record, "pdf-edited-in-place") + laid(bench, record, "pdf-written-anew"):
        net, tax, total = sums(data)
        assert (tax, total) == (net // 5, net + net // 5)


@pytest.mark.parametrize("key", ["pdf-printed-again", "scan-recognised"])
def test_a_scan_is_a_picture_with_words_behind_it(bench, record, key):
    for _, data in laid(bench, record, key):
        document = pypdfium2.PdfDocument(data)
        assert len(list(document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))) == 1
        assert "Facture" in text(data)
        assert data.count(b"%%EOF") == 1


def test_what_a_signed_mail_carries_is_there_with_one_thing_less(bench, record):
    mails = carried(bench)
    for plant, data in laid(bench, record, "names-added"):
        assert plant.id not in mails
        assert paragraphs(data)[5].startswith("Aurélien Vasseur-Thil")
    for plant, _ in laid(bench, record, "docx-later-than-mail"):
        assert plant.id in mails
    assert sum(plant.id in mails for plant, _ in laid(bench, record, "monthly-invoices")) == 6


def test_the_signature_of_another_house_is_the_same_bytes_and_an_offices_own_stays_in_one_house(bench, record):
    def scrawl(data):
        return re.search(rb"/Width 320.*?stream\n(.*?)\nendstream", data, re.DOTALL)[1]

    pasted = [scrawl(data) for _, data in laid(bench, record, "signature-pasted")]
    own = laid(bench, record, "signature-file")
    assert len(set(pasted)) == len(pasted)
    assert len({scrawl(data) for _, data in own}) == 1
    assert len({text(data).splitlines()[0] for _, data in own}) == 1


def test_account_numbers_add_up_but_for_the_character_exchanged(bench, record):
    def account(data):
        return next(one for one in paragraphs(data) if one.startswith("IBAN"))[7:]

    def sound(number):
        moved = "".join(number.split())[4:] + "".join(number.split())[:4]
        return moved.isascii() and int("".join(str(int(c, 36)) for c in moved)) % 97 == 1

    kinds = {"iban-look-alike": False, "iban-unseen": False, "iban-exchanged": True, "two-alphabets": True}
    for key, right in kinds.items():
        for _, data in laid(bench, record, key):
            assert sound(account(data)) is right, key
    for _, data in laid(bench, record, "iban-unseen"):
        assert sound(account(data).replace("\u200b", ""))


def test_strangers_saved_within_minutes_and_so_did_the_usual_assistant(bench, record):
    def saved(data):
        core = zipfile.ZipFile(io.BytesIO(data)).read("docProps/core.xml").decode()
        moment = re.search(r"modified[^>]*>([^<]+)Z<", core)[1]
        return datetime.fromisoformat(moment), re.search(r"lastModifiedBy>([^<]+)<", core)[1]

    for key in ("xlsx-saved-in-batch", "batch-by-assistant"):
        rows = [saved(data) for _, data in laid(bench, record, key)]
        assert len(rows) == 9
        assert max(rows)[0] - min(rows)[0] < timedelta(minutes=5)
        assert len({name for _, name in rows}) == 1


def test_untouched_files_are_counted_and_none_of_them_was_altered(bench, record):
    altered = {name for plant in record.plants if not plant.innocent for name in (plant.id, *plant.files)}
    twins = [plant for plant in record.plants if plant.innocent and plant.path.startswith(PIECES)]
    assert not set(record.files) & altered
    assert {name for plant in twins for name in plant.files or (plant.id,)} <= set(record.files)
    attached = set(record.files) & carried(bench)
    assert len(attached) > 60


def test_every_scenario_of_files_says_so_and_has_twins():
    files = {"19", "20", "21", "22", "23", "24", "25", "26", "35", "36", "37"}
    assert {one.number.rstrip("abc") for one in SCENARIOS if one.of == "file"} == files
    assert sum(one.of == "file" for one in TWINS) >= len(files)
