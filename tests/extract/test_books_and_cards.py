"""EPUB, calendars, cards, JSON, XML, Office in one XML file, Visio, Pages."""

import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.extract import epub, iwork, office_xml
from crible.extract.iwork import unsnap
from crible.extract.ooxml import VSDX
from crible.extract.readers import read_file
from crible.extract.sniff import sniff
from crible.extract.zip_salvage import Rebuilt
from crible.intake.detect import detect
from crible.model.errors import Unreadable


def of(data):
    return Rebuilt(-1, 0, len(data), data)


def read(data, name=""):
    return read_file(of(data), sniff(of(data), name))


def zipped(parts):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def book(**more):
    return zipped({
        "mimetype": epub.MIME,
        "META-INF/container.xml": '<c><rootfiles><rootfile full-path="OPS/a.opf"/></rootfiles></c>',
        "OPS/a.opf": '<p xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Le départ</dc:title>'
        "<dc:creator>Hélène</dc:creator><dc:language>fr</dc:language><dc:date>2017-03-27</dc:date></metadata>"
        '<manifest><item id="b" href="deux.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="a" href="un%20.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="c" href="perdu.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="b"/></spine></p>',
        "OPS/un .xhtml": "<html><body><p>Chapitre un, l'été</p></body></html>",
        "OPS/deux.xhtml": "<html><body><p>Chapitre deux</p></body></html>",
        **more,
    })  # fmt: skip


def test_a_book_in_its_order_of_reading():
    reading = read(book())
    assert reading.text == "Chapitre un, l'été\fChapitre deux"
    facts = reading.file
    assert (facts.title, facts.author, facts.locale, facts.pages) == ("Le départ", "Hélène", "fr", 3)
    assert facts.defects == ("unread-parts",)
    assert facts.created.iso() == "2017-03-27T00:00:00"


@pytest.mark.parametrize(("algorithm", "locked"), [
    ("http://www.w3.org/2001/04/xmlenc#aes256-cbc", True), ("http://www.idpf.org/2008/embedding#obfuscation", False),
    ("http://ns.adobe.com/pdf/enc#RC", False),
])  # fmt: skip
def test_books_under_lock_and_scrambled_fonts(algorithm, locked):
    data = book(**{"META-INF/encryption.xml": f'<e><EncryptionMethod Algorithm="{algorithm}"/></e>'})
    if locked:
        with pytest.raises(Unreadable, match="encrypted"):
            read(data)
    else:
        assert read(data).text


CALENDAR = (
    "BEGIN:VCALENDAR\r\nPRODID:-//Nord//Agenda 2//FR\r\nBEGIN:VEVENT\r\nCREATED:20170301T080000Z\r\n"
    "DTSTART;TZID=Europe/Paris:20170427T140500\r\nSUMMARY:Réunion du bud\r\n get\\, étage 2\\nsalle B\r\n"
    'ATTENDEE;CN="Petrov: Roman":mailto:roman@nord.example\r\nATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA\r\n'
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_a_calendar_as_lines_to_search():
    reading = read(CALENDAR.encode())
    assert reading.text == (
        "VCALENDAR\nPRODID: -//Nord//Agenda 2//FR\fVEVENT\nCREATED: 2017-03-01 08:00:00Z\n"
        "DTSTART: 2017-04-27 14:05:00\nSUMMARY: Réunion du budget, étage 2\nsalle B\n"
        "ATTENDEE: mailto:roman@nord.example"
    )
    facts = reading.file
    assert (facts.title, facts.application) == ("Réunion du budget, étage 2\nsalle B", "-//Nord//Agenda 2//FR")
    assert facts.created.iso() == "2017-03-01T08:00:00+00:00"


def test_a_card_of_version_2():
    card = (
        "BEGIN:VCARD\r\nVERSION:2.1\r\nitem1.FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:H=E9l=E8ne=\r\n"
        " Marchand\r\nNOTE;ENCODING=QUOTED-PRINTABLE:un=0D=\r\n=0Adeux\r\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\r\n"
        "TEL;CELL:+33 6 00 00 00 00\r\nEND:VCARD\r\n"
    )
    text = read(card.encode()).text
    assert "FN: Hélène" in text
    assert "Marchand" in text
    assert "un\r\ndeux" in text
    assert "TEL: +33 6 00 00 00 00" in text
    assert "/9j" not in text


@given(st.text(max_size=300))
def test_any_card(text):
    read_file(of(("BEGIN:VCARD\n" + text).encode("utf-8", "ignore")), "text/vcard")


def test_escapes_of_json_and_references_of_xml():
    assert read(b'{"nom": "\\u00c9lise \\ud83d\\ude00 \\u0000"}').text == '{"nom": "Élise \U0001f600 \\u0000"}'
    declared = "<?xml version='1.0' encoding='ISO-8859-2'?><a b='&#60;'>Łódź &#233;t&#xE9; &amp;</a>"
    reading = read(declared.encode("iso8859-2"))
    assert reading.text == declared.replace("&#233;t&#xE9;", "été")
    assert reading.file.properties["charset"] == "iso-8859-2"


WORD = (
    '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office"><o:DocumentProperties><o:Author>Hélène</o:Author>'
    "<o:Created>2017-03-01T08:00:00Z</o:Created><o:Company>Nord</o:Company></o:DocumentProperties>"
    "<w:body><w:p><w:r><w:t>Chère Élise,</w:t></w:r></w:p><w:p><w:r><w:t>voici.</w:t></w:r></w:p></w:body>"
    "</w:wordDocument>"
)
SHEET = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Recettes"><Table><Row><Cell>'
    '<Data ss:Type="String">Dons</Data></Cell><Cell><Data ss:Type="Number">3</Data></Cell></Row></Table></Worksheet>'
    "</Workbook>"
)
FLAT = (
    '<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"><pkg:part>'
    '<pkg:xmlData><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>à plat</w:t></w:r></w:p></w:body></w:document>'
    "</pkg:xmlData></pkg:part></pkg:package>"
)


@pytest.mark.parametrize(("data", "mime", "text"), [
    (WORD, office_xml.WORD, "Chère Élise,\nvoici."), (SHEET, office_xml.SHEET, "Recettes\nDons\t3"),
    (FLAT, office_xml.FLAT, "à plat"),
])  # fmt: skip
def test_office_documents_in_one_file(data, mime, text):
    reading = read(data.encode())
    assert (reading.mime, reading.text) == (mime, text)


def test_their_properties():
    facts = read(WORD.encode()).file
    assert (facts.author, facts.company, facts.created.iso()) == ("Hélène", "Nord", "2017-03-01T08:00:00+00:00")


def test_a_drawing_of_visio():
    kind = "application/vnd.ms-visio."
    data = zipped({
        "[Content_Types].xml": f'<Types><Override PartName="/visio/d.xml" ContentType="{kind}drawing.main+xml"/>'
        f'<Override PartName="/visio/p.xml" ContentType="{kind}page+xml"/></Types>',
        "_rels/.rels": "<r/>",
        "visio/d.xml": "<VisioDocument/>",
        "visio/p.xml": "<p><Shape><Text><cp/>Accès <fld>B</fld> nord</Text></Shape><Shape><Text/></Shape></p>",
    })  # fmt: skip
    reading = read(data)
    assert (reading.mime, reading.text, reading.file.pages) == (VSDX, "Accès B nord", 1)


def varint(value):
    out = b""
    while True:
        out += bytes([value & 0x7F | (0x80 if value > 0x7F else 0)])
        value >>= 7
        if not value:
            return out


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def iwa(*texts):
    stream = b""
    for text in texts:
        body = field(1, 7) + field(3, text.encode())
        info = field(1, 1) + field(2, field(1, 2001) + field(3, len(body)))
        stream += varint(len(info)) + info + body
    literal = varint(len(stream)) + bytes([61 << 2]) + (len(stream) - 1).to_bytes(2, "little") + stream
    return b"\0" + len(literal).to_bytes(3, "little") + literal


def test_pages_of_today_and_of_2009():
    today = zipped(
        {"Index/Document.iwa": iwa("Chère Élise,\nvoici.", "En-tête"), "Index/Metadata.iwa": b"", "preview.jpg": b"x"}
    )
    old = zipped(
        {
            "index.xml": '<d xmlns:sf="s"><sf:p>Chère <sf:span>Élise</sf:span></sf:p></d>',
            "buildVersionHistory.plist": b"x",
        }
    )
    assert read(today).text == "Chère Élise,\nvoici.\nEn-tête\n"
    assert read(old).text == "Chère Élise\n"
    for data in (today, old):
        assert detect(data[:4096], data[-1024:], "", of(data)) is None
        assert sniff(of(data)).startswith(iwork.PREFIX)


@pytest.mark.parametrize(("packed", "text"), [
    (b"\x03\x08abc", b"abc"), (b"\x09\x00a\x11\x01", b"aaaaaaaaa"), (b"\x06\x04ab\x0e\x02\0", b"ababab"),
])  # fmt: skip
def test_snappy(packed, text):
    assert unsnap(packed) == text


@given(st.binary(max_size=200))
def test_any_snappy(data):
    with suppress(ValueError):
        unsnap(data)
