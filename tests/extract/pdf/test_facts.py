"""What a PDF says of itself, in two places; notes, links, pictures; a second reader for what is broken."""

import contextlib
import hashlib
import io
import os
import struct
import tempfile
import zlib

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.extract.pdf import reader, xmp
from crible.model.errors import Unreadable
from crible.model.ledger import State
from crible.sandbox.window import Window

PACKET = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:tiff="http://ns.adobe.com/tiff/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#">
<rdf:Description rdf:about="" xmp:CreatorTool="Writer" pdf:Producer="Atelier 3" tiff:Make="Optique" tiff:Model="X 12">
<xmp:CreateDate>2016-02-03T10:00:00+01:00</xmp:CreateDate>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Devis du hall</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>Paul Fabre</rdf:li><rdf:li>Anne Roy</rdf:li></rdf:Seq></dc:creator>
<xmpMM:History><rdf:Seq><rdf:li stEvt:action="saved" stEvt:softwareAgent="Retouche 9"/></rdf:Seq></xmpMM:History>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def metadata(packet):
    data = packet.encode()
    return {
        "catalog": "/Metadata 30 0 R",
        "objects": {30: b"<</Type/Metadata/Subtype/XML/Length %d>>stream\n%b\nendstream" % (len(data), data)},
    }


def test_information_and_xmp_are_kept_apart(facts):
    info = "/Producer(Imprimeur 7)/CreationDate(D:20170327140500+02'00')/Company(Horizon)"
    file = facts("", info=info, **metadata(PACKET))
    pdf = file.pdf
    assert pdf.info == {"Producer": "Imprimeur 7", "CreationDate": "D:20170327140500+02'00'", "Company": "Horizon"}
    assert pdf.xmp["pdf:Producer"] == "Atelier 3"
    assert pdf.xmp["xmpMM:History"] == "Retouche 9"
    assert (pdf.info_created.iso(), pdf.xmp_created.iso()) == ("2017-03-27T14:05:00+02:00", "2016-02-03T10:00:00+01:00")
    assert (file.created, file.company) == (pdf.info_created, "Horizon")
    assert (file.title, file.author) == ("Devis du hall", "Paul Fabre; Anne Roy")
    assert (pdf.producer, pdf.creator, file.device) == ("Imprimeur 7", "Writer", "Optique X 12")
    assert len(file.instants) == 2


@pytest.mark.parametrize("packet", ["", "<", "<x:xmpmeta", "<a>" * 400, '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_a_broken_packet_costs_nothing_else(facts, packet):
    file = facts("BT /F 12 Tf 50 200 Td (Bonjour) Tj ET", **metadata(packet))
    assert (file.pdf.xmp, file.pages) == ({}, 1)


def test_no_entity_is_read(tmp_path):
    (tmp_path / "secret").write_text("secret")
    packet = PACKET.replace("<x:xmpmeta", f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]><x:xmpmeta', 1)
    found = xmp.properties(packet.replace("Devis du hall", "&e;").encode())
    assert "secret" not in str(found)
    assert found["pdf:Producer"] == "Atelier 3"


@given(st.binary(max_size=300), st.integers(0, len(PACKET)))
def test_any_packet_is_read_or_empty(noise, at):
    data = PACKET.encode()
    for packet in (noise, data[:at] + noise + data[at:]):
        found = xmp.properties(packet)
        assert all(isinstance(value, str) and len(value) <= 500 for value in found.values())


def test_the_scanner_that_a_file_names(facts):
    assert facts("", info="/Creator(Canon iR-ADV C5235 PDF)").device == "Canon iR-ADV C5235 PDF"
    assert facts("", info="/Creator(Writer)").device == ""


def test_paper_fonts_and_language(facts):
    file = facts("BT /F 12 Tf (a) Tj ET", page="/CropBox[0 0 595 842]/UserUnit 1", catalog="/Lang(fr-FR)")
    assert facts("", page="/MediaBox[0 0 595 842]").paper == "A4"
    assert facts("", page="/MediaBox[0 0 595 842]/Rotate 90").paper == "A4"
    assert file.fonts == ("Helvetica",)
    assert file.locale == "fr-FR"


def test_comments_fields_and_links(window, page):
    notes = (
        "<</Type/Annot/Subtype/Text/Rect[9 9 20 20]/Contents(A revoir)/T(Anne)/M(D:20170301120000Z)>>"
        "<</Type/Annot/Subtype/Widget/FT/Tx/T(nom)/V(Paul Fabre)/Rect[9 9 20 20]>>"
        "<</Type/Annot/Subtype/Widget/FT/Btn/T(accord)/V/Oui/AS/Oui/Rect[9 9 20 20]>>"
        "<</Type/Annot/Subtype/Link/Rect[9 9 20 20]/A<</S/URI/URI(https://exemple.example/a)>>>>"
        "<</Type/Annot/Subtype/Link/Rect[9 9 20 20]/A<</S/Launch/F(calc.exe)>>>>"
    )
    reading = reader.read(window(page("BT /F 12 Tf 50 200 Td (Nom:) Tj ET", annots=notes)))
    assert reading.text == "Nom:\nA revoir\nPaul Fabre"
    (mark,) = reading.file.marks
    assert (mark.kind, mark.author, mark.text) == ("comment", "Anne", "A revoir")
    assert mark.instant.iso() == "2017-03-01T12:00:00+00:00"
    assert [(one.kind, one.name) for one in reading.file.embedded] == [("link", "https://exemple.example/a")]
    assert reading.file.pdf.actions == ("Launch",)


def test_scripts_are_named_and_not_run(facts):
    catalog = "/OpenAction<</S/JavaScript/JS(app.alert)>>/AA<</WC<</S/SubmitForm>>>>"
    assert facts("", catalog=catalog).pdf.actions == ("JavaScript", "SubmitForm")
    assert facts("", catalog="/OpenAction[3 0 R/Fit]").pdf.actions == ()


JPEG = b"\xff\xd8\xff\xdb\0\x43\0" + bytes(range(1, 65)) + b"\xff\xda\0\x02\xff\xd9"


def test_pictures_by_their_encoded_bytes(facts, image):
    data = zlib.compress(b"\x80" * 120_000)
    drawn = "q 80 0 0 60 0 200 cm /I Do Q q 80 0 0 60 200 200 cm /I Do Q"
    file = facts(drawn, resources="/XObject<</I 20 0 R>>", objects={20: image(data)})
    (picture,) = file.pictures
    assert picture.sha256 == hashlib.sha256(data).digest()
    assert (picture.size, picture.width, picture.height, picture.page) == (len(data), 400, 300, 1)
    assert file.pages_without_text == (1,)


def test_a_scans_page_by_its_filter_resolution_and_tables(facts, image):
    whole = {"resources": "/XObject<</I 20 0 R>>", "objects": {20: image(JPEG, "DCTDecode")}}
    (kind,) = facts("q 400 0 0 300 0 0 cm /I Do Q", **whole).pdf.page_kinds
    other = {**whole, "objects": {20: image(JPEG.replace(b"\x07", b"\x08"), "DCTDecode")}}
    (unlike,) = facts("q 400 0 0 300 0 0 cm /I Do Q", **other).pdf.page_kinds
    assert (kind.pages, kind.picture, kind.dpi, len(kind.tables)) == ((1,), "DCTDecode", 72, 8)
    assert unlike.tables != kind.tables
    assert (kind.width, kind.height) == (141, 106)


@pytest.mark.parametrize(("whole", "broken"), [(b"/Root 1 0 R", b"/Root 9 0 R"), (b"/Type/Page/", b"/Type/Pages/")])
def test_what_pdfium_cannot_open_is_mended_and_read(window, page, whole, broken):
    data = page("BT /F 12 Tf 50 200 Td (Bonjour) Tj ET", info="/Producer(Atelier)")
    reading = reader.read(window(data.replace(whole, broken)))
    assert (reading.text, reading.file.readers) == ("Bonjour", ("pdfium", "qpdf"))


def test_what_neither_opens_is_refused_in_the_first_ones_words(window, page):
    data = page("BT /F 12 Tf 50 200 Td (Bonjour) Tj ET").replace(b"/Kids[3 0 R]", b"/Kids 3 0 R")
    with pytest.raises(Unreadable, match="corrupt") as caught:
        reader.read(window(data))
    assert caught.value.params == {"reader": "pdfium", "detail": "PdfiumError: no page can be loaded"}


def locked(data, **passwords):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(**passwords))
    return out.getvalue()


def test_an_owners_password_alone_hinders_nobody(window, page):
    words = page("BT /F 12 Tf 50 200 Td (Bonjour) Tj ET", **metadata(PACKET))
    reading = reader.read(window(locked(words, owner="x", user="")))
    assert (reading.text, reading.file.pdf.encryption) == ("Bonjour", 6)
    assert reading.file.pdf.xmp["pdf:Producer"] == "Atelier 3"
    with pytest.raises(Unreadable, match="encrypted") as caught:
        reader.read(window(locked(words, owner="x", user="y")))
    assert caught.value.state is State.ENCRYPTED


NUMBERS = (b"1e38 ", b"-99999999999 ", b"0.0000001 ", b"nan ", struct.pack("<d", float("inf")))


@given(st.binary(max_size=120) | st.sampled_from(NUMBERS), st.integers(0, 900))
def test_any_noise_is_read_or_refused(noise, at):
    """Inside operators, dictionaries and the trailer; whatever happens is a Reading or Unreadable."""
    content = b"BT /F 12 Tf 3 Tr 9 9 Td (a1 500,00) Tj 0 Tr (b) Tj ET 1 g 0 0 99 99 re f BT /F 9 Tf (c2) Tj ET"
    data = (
        b"%%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
        b"4 0 obj<</Length %d>>stream\n%b\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/AAAAAA+Arial>>"
        b"endobj\ntrailer<</Root 1 0 R/Size 6>>\n%%%%EOF\n" % (len(content), content)
    )
    with tempfile.TemporaryFile() as file:
        os.write(file.fileno(), data[:at] + noise + data[at:])
        with contextlib.suppress(Unreadable):
            assert reader.read(Window.whole(file.fileno())).mime == "application/pdf"
