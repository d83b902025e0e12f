import pytest

from crible.extract import docx as reader
from crible.model.errors import Unreadable
from crible.model.instant import Clock

P = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


def test_body_tables_headers_notes_and_comments_are_read_in_that_order(window, docx):
    table = "<w:tbl>" + 2 * (
        "<w:tr><w:trPr/>"
        + "".join(f"<w:tc><w:tcPr/>{P.format(cell)}</w:tc>" for cell in ("loyer", "1 500"))
        + "</w:tr>"
    )
    data = docx(
        P.format("Madame,") + table + "</w:tbl>" + P.format("Cordialement"),
        header1=P.format("Atelier du Nord"),
        footer1=P.format("page 1"),
        footnotes=P.format("voir annexe"),
        comments=P.format("à relire"),
    )
    reading = reader.read(window(data))
    assert reading.text.split("\f") == [
        "Madame,\nloyer\t1 500\nloyer\t1 500\nCordialement", "Atelier du Nord", "page 1", "voir annexe", "à relire",
    ]  # fmt: skip


def test_runs_breaks_tabs_and_tab_stops(window, docx):
    body = (
        '<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>Mon</w:t></w:r><w:r><w:t>tant</w:t>'
        "<w:tab/><w:t>12</w:t><w:noBreakHyphen/><w:t>3</w:t><w:br/><w:t>fin</w:t></w:r></w:p>"
    )
    assert reader.read(window(docx(body))).text == "Montant\t12-3\nfin"


def test_tracked_insertions_are_text_deletions_are_counted(window, docx):
    body = (
        "<w:p><w:ins><w:r><w:t>15 000</w:t></w:r></w:ins><w:del><w:r><w:delText>1 500</w:delText></w:r></w:del></w:p>"
    )
    reading = reader.read(window(docx(body)))
    assert reading.text == "15 000"
    assert reading.file.properties["insertions"] == reading.file.properties["deletions"] == "1"
    assert reading.file.defects == ("tracked-changes",)


def test_of_alternative_content_one_is_read(window, docx):
    body = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>'
        f"{P.format('une fois')}</mc:Choice><mc:Fallback>{P.format('une fois')}</mc:Fallback></mc:AlternateContent>"
    )
    assert reader.read(window(docx(body))).text == "une fois"


def test_properties_become_facts(window, docx):
    file = reader.read(window(docx(P.format("x")))).file
    assert (file.title, file.author, file.last_author) == ("Budget de mars", "Hélène Marchand", "Roman Petrov")
    assert (file.application, file.version) == ("Microsoft Office Word", "15.0000")
    assert [(moment.iso(), moment.clock) for moment in file.instants] == [
        ("2007-03-01T08:00:00+00:00", Clock.OFFICE), ("2017-03-27T14:05:09+02:00", Clock.OFFICE),
    ]  # fmt: skip
    assert file.properties["Company"] == "Atelier du Nord"
    assert file.properties["revision"] == "7"


def test_macros_and_embedded_files_are_named(window, package):
    parts = {"word/document.xml": "<d/>", "word/vbaProject.bin": "x", "word/embeddings/tableau.xlsx": "x"}
    file = reader.read(window(package(parts))).file
    assert file.defects == ("embedded-files", "macros")
    assert file.properties["embedded-files"] == "1"


def test_a_broken_footer_costs_only_itself(window, docx):
    reading = reader.read(window(docx(P.format("corps"), footer1="<w:p>")))
    assert reading.text == "corps"
    assert reading.file.defects == ("unread-parts",)
    assert reading.file.properties["unread-parts"] == "1"


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        ('<!DOCTYPE x [<!ENTITY e "lol">]>', "&e;"),
        ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>', "&e;"),
        ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY e "lol">]>', "&e;"),
    ],
)
def test_a_document_type_is_refused(window, package, declared, text):
    xml = f"{declared}<x><t>{text}</t></x>"
    data = package({"word/document.xml": xml.encode("utf-16" if "UTF-16" in declared else "utf-8")})
    with pytest.raises(Unreadable, match="corrupt") as caught:
        reader.read(window(data))
    assert caught.value.params == {"reader": "docx", "detail": "ValueError: document type declaration"}


def test_text_over_the_cap_is_counted(window, docx):
    line = P.format("mille feuilles " * 6000)
    reading = reader.read(window(docx(50 * line)))
    assert len(reading.text) == 4_000_000
    assert reading.truncated == 50 * 15 * 6000 + 49 - 4_000_000
