import zipfile
from io import BytesIO

import pytest

from crible.extract import odf
from crible.extract.inside import members
from crible.extract.readers import read_file
from crible.extract.sniff import sniff
from crible.extract.zip_salvage import Rebuilt
from crible.intake.budget import Budget
from crible.model.entry import Begin
from crible.model.errors import Unreadable

NAMES = " ".join(
    f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for each, name in (("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
                       ("style", "style"), ("fo", "xsl-fo-compatible"), ("meta", "meta"), ("svg", "svg-compatible"),
                       ("presentation", "presentation"))
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'  # fmt: skip
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x20\0\0\0\x10" + bytes(20)


def of(data):
    return Rebuilt(-1, 0, len(data), data)


def packed(kind, body, styles="", meta="", automatic="", **more):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", odf.PREFIX + kind)
        archive.writestr(
            "content.xml",
            f"<office:document-content {NAMES}><office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body>{body}</office:body></office:document-content>",
        )
        archive.writestr("styles.xml", f"<office:document-styles {NAMES}>{styles}</office:document-styles>")
        archive.writestr(
            "meta.xml", f"<office:document-meta {NAMES}><office:meta>{meta}</office:meta></office:document-meta>"
        )
        for name, data in more.items():
            archive.writestr(name, data)
    return buffer.getvalue()


LETTER = (
    "<office:text><text:tracked-changes><text:changed-region><text:deletion><office:change-info>"
    "<dc:creator>Léa</dc:creator><dc:date>2017-03-27T14:05:00</dc:date></office:change-info>"
    "<text:p>ôté</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    "<text:h>Devis</text:h>\n  <text:p>Chère<text:s text:c='2'/><text:span>Élise</text:span>,<text:tab/>voici"
    "<text:line-break/>le <text:a xlink:href='http://nord.example/'>site</text:a>.</text:p>"
    "<text:list><text:list-item><text:p>un</text:p></text:list-item></text:list>"
    "<text:p>a<office:annotation><dc:creator>Roman</dc:creator><text:p>non</text:p></office:annotation>b</text:p>"
    "</office:text>"
)


def test_text_with_its_header_links_changes_and_comments():
    styles = (
        "<style:master-page><style:header><text:p>En-tête</text:p></style:header></style:master-page>"
        "<style:page-layout><style:page-layout-properties fo:page-width='21cm' fo:page-height='29.7cm'/>"
        "</style:page-layout>"
        "<style:default-style><style:text-properties fo:language='fr' fo:country='FR'/></style:default-style>"
        "<style:font-face svg:font-family=\"'Liberation Serif'\"/>"
    )
    meta = (
        "<meta:generator>LibreOffice/7.4</meta:generator><dc:title>Devis</dc:title><dc:creator>Roman</dc:creator>"
        "<meta:initial-creator>Hélène</meta:initial-creator><meta:creation-date>2017-03-01T08:00:00</meta:creation-date>"
        "<dc:date>2017-03-27T14:05:00.123</dc:date><meta:editing-cycles>7</meta:editing-cycles>"
        "<meta:editing-duration>P1DT2H3M4S</meta:editing-duration><meta:template xlink:title='lettre'/>"
        "<meta:document-statistic meta:page-count='2'/><meta:user-defined meta:name='Dossier'>12</meta:user-defined>"
    )
    data = packed("text", LETTER, styles, meta, **{"Pictures/a.png": PNG, "Basic/Standard/Module1.xml": "<x/>"})
    assert sniff(of(data)) == odf.PREFIX + "text"
    reading = read_file(of(data), sniff(of(data)))
    assert reading.text == "Devis\nChère  Élise,\tvoici\nle site.\nun\nab\fRoman: non\fEn-tête"
    facts = reading.file
    assert (facts.title, facts.author, facts.last_author, facts.template) == ("Devis", "Hélène", "Roman", "lettre")
    assert (facts.application, facts.revision, facts.minutes, facts.pages) == ("LibreOffice/7.4", 7, 1563, 2)
    assert (facts.created.iso(), facts.modified.iso()) == ("2017-03-01T08:00:00", "2017-03-27T14:05:00")
    assert (facts.locale, facts.paper, facts.fonts) == ("fr-FR", "A4", ("Liberation Serif",))
    assert [(mark.kind, mark.author, mark.text) for mark in facts.marks] == [
        ("deletion", "Léa", "ôté"), ("comment", "Roman", "non"),
    ]  # fmt: skip
    assert [(each.kind, each.name) for each in facts.embedded] == [
        ("macro", "Module1.xml"), ("link", "http://nord.example/"),
    ]  # fmt: skip
    assert [(each.size, each.width, each.height) for each in facts.pictures] == [(len(PNG), 32, 16)]
    assert facts.defects == ("macros", "tracked-changes")
    assert facts.properties == {"user-Dossier": "12"}


def test_sheets_hidden_ones_and_a_million_empty_cells():
    automatic = "<style:style style:name='h'><style:table-properties table:display='false'/></style:style>"
    row = (
        "<table:table-row><table:table-cell><text:p>Dons</text:p></table:table-cell>"
        "<table:table-cell office:value='3'><text:p>3,00 €</text:p></table:table-cell>"
        "<table:table-cell table:number-columns-repeated='16000'/></table:table-row>"
    )
    empty = "<table:table-row table:number-rows-repeated='1048000'/>"
    body = f"<office:spreadsheet><table:table table:name='Recettes'>{row}{empty}</table:table>"
    body += f"<table:table table:name='Réserve' table:style-name='h'>{row}</table:table></office:spreadsheet>"
    reading = odf.read(of(packed("spreadsheet", body, automatic=automatic)))
    assert [line.rstrip("\t") for line in reading.text.replace("\f", "\n").split("\n") if line.strip()] == [
        "Recettes", "Dons\t3,00 €", "Réserve", "Dons\t3,00 €",
    ]  # fmt: skip
    assert reading.file.hidden == ("sheet: Réserve",)
    assert reading.file.pages == 2


def test_slides():
    automatic = (
        "<style:style style:name='h'><style:drawing-page-properties presentation:visibility='hidden'/></style:style>"
    )
    body = "<office:presentation><draw:page><draw:frame><text:p>Un</text:p></draw:frame></draw:page>"
    body += "<draw:page draw:style-name='h'><text:p>Deux</text:p></draw:page></office:presentation>"
    reading = odf.read(of(packed("presentation", body, automatic=automatic)))
    assert reading.text == "Un\fDeux"
    assert reading.file.hidden == ("slide: 2",)


def test_flat():
    data = (
        f'<?xml version="1.0"?><office:document {NAMES}><office:body>{LETTER}</office:body></office:document>'.encode()
    )
    assert sniff(of(data)) == odf.FLAT
    assert read_file(of(data), sniff(of(data))).text.startswith("Devis\nChère")


def test_encrypted():
    manifest = "<manifest><file-entry full-path='content.xml'><encryption-data/></file-entry></manifest>"
    with pytest.raises(Unreadable, match="encrypted"):
        odf.read(of(packed("text", LETTER, **{"META-INF/manifest.xml": manifest})))


def test_objects_that_are_files_are_members():
    data = packed("text", LETTER, **{"Object 1": b"%PDF-1.4 x", "Object 2/content.xml": "<x/>"})
    reading = read_file(of(data), sniff(of(data)))
    entries = list(members(of(data), reading, Budget()))
    assert [entry.name for entry in entries if isinstance(entry, Begin)] == ["Object 1"]


def test_depth_and_entities():
    deep = (
        "<office:text>"
        + "<text:section>" * 1500
        + "<text:p>fond</text:p>"
        + "</text:section>" * 1500
        + "</office:text>"
    )
    assert odf.read(of(packed("text", deep))).text == "fond"
    bomb = f'<!DOCTYPE x [<!ENTITY a "b">]><office:document {NAMES}><office:body>&a;</office:body></office:document>'
    with pytest.raises(Unreadable, match="corrupt"):
        odf.read_flat(of(bomb.encode()))
