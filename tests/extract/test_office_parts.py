"""What Office documents hold beside their text, and the files inside them."""

import hashlib

import pytest
from ole_writer import compound, native, word

from crible.extract import docx as docx_reader
from crible.extract import pptx as pptx_reader
from crible.extract import xlsx as xlsx_reader
from crible.extract.inside import members
from crible.extract.paper import paper
from crible.extract.picture_size import picture_size
from crible.extract.readers import read_file
from crible.extract.sniff import sniff
from crible.extract.zip_salvage import Rebuilt
from crible.intake.budget import Budget
from crible.model.entry import Begin, Closed, Refused

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x20\0\0\0\x10" + bytes(20)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PLAN = native("plan à.txt", b"le plan")
BODY = (
    "<w:p><w:r><w:t>a</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>chut</w:t></w:r>"
    '<w:ins w:author="Léa" w:date="2017-03-27T14:05:00Z"><w:r><w:t>plus</w:t></w:r></w:ins>'
    '<w:del w:author="Roman"><w:r><w:delText>moins</w:delText></w:r></w:del></w:p>'
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
)


def of(data):
    return Rebuilt(-1, 0, len(data), data)


def letter(package, parts=(), body=BODY, links=None):
    return package(
        {
            "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
            "word/comments.xml": f'<w:comments xmlns:w="{WORD}"><w:comment w:author="Hélène"><w:p><w:r>'
            "<w:t>non</w:t></w:r></w:p></w:comment></w:comments>",
            **dict(parts),
        },
        links,
    )


def listed(data):
    entries = list(members(of(data), read_file(of(data), sniff(of(data))), Budget()))
    names = [entry.name for entry in entries if isinstance(entry, Begin)]
    return names, [entry for entry in entries if isinstance(entry, bytes)], entries[-1], entries


def test_marks_hidden_text_and_paper(package):
    facts = docx_reader.read(of(letter(package))).file
    assert [(mark.kind, mark.author, mark.text) for mark in facts.marks] == [
        ("insertion", "Léa", "plus"), ("deletion", "Roman", "moins"), ("comment", "Hélène", "non"),
    ]  # fmt: skip
    assert facts.marks[0].instant.iso() == "2017-03-27T14:05:00+00:00"
    assert facts.hidden == ("text: chut",)
    assert facts.paper == "A4"


def test_separate_facts(docx):
    facts = docx_reader.read(of(docx(BODY))).file
    assert (facts.company, facts.revision) == ("Atelier du Nord", 7)
    assert facts.created.iso() == "2007-03-01T08:00:00+00:00"
    assert facts.modified.iso() == "2017-03-27T14:05:09+02:00"
    assert facts.properties["Company"] == "Atelier du Nord"


def test_pictures_by_hash_and_size_each_once(package):
    parts = {"word/media/a.png": PNG, "word/media/b.png": PNG, "word/media/c.emf": b"x"}
    facts = docx_reader.read(of(letter(package, parts.items()))).file
    assert [(each.sha256, each.size, each.width, each.height) for each in facts.pictures] == [
        (hashlib.sha256(PNG).digest(), len(PNG), 32, 16), (hashlib.sha256(b"x").digest(), 1, 0, 0),
    ]  # fmt: skip


def test_embedded_files_macros_and_links(package):
    rels = (
        '<Relationships><Relationship Id="a" Type="x/hyperlink" Target="http://nord.example/?a=1&amp;b=2" '
        'TargetMode="External"/><Relationship Id="b" Type="x/image" Target="media/a.png"/></Relationships>'
    )
    parts = {
        "word/_rels/footer1.xml.rels": rels, "word/vbaProject.bin": b"never run",
        "word/embeddings/b.xlsx": b"PK\3\4 book", "word/embeddings/oleObject1.bin": compound({"\x01Ole10Native": PLAN}),
        "word/embeddings/oleObject2.bin": compound({"Contents": b"%PDF-1.4 x"}),
        "word/embeddings/oleObject3.bin": compound({"Equation Native": b"x"}),
        "word/embeddings/oleObject4.bin": compound({"WordDocument": b"x" * 5000}),
    }  # fmt: skip
    data = letter(package, parts.items())
    facts = read_file(of(data), sniff(of(data))).file
    assert [(each.kind, each.name) for each in facts.embedded if each.kind in ("file", "macro", "link")] == [
        ("file", "b.xlsx"), ("macro", "vbaProject.bin"), ("link", "http://nord.example/?a=1&b=2"),
    ]  # fmt: skip
    assert {"macros", "embedded-files"} <= set(facts.defects)
    names, pieces, closed, _ = listed(data)
    assert names == ["b.xlsx", "plan à.txt", "oleObject2.pdf", "oleObject4.doc"]
    assert {b"PK\3\4 book", b"le plan", b"%PDF-1.4 x"} <= set(pieces)
    assert closed == Closed(4)


def test_a_broken_member_costs_only_itself(package):
    parts = {"word/embeddings/a.bin": compound({"a": b"x"})[:512], "word/embeddings/b.txt": b"b"}
    names, pieces, closed, entries = listed(letter(package, parts.items()))
    assert names == ["a.bin", "b.txt"]
    assert [entry.reason.code for entry in entries if isinstance(entry, Refused)] == ["corrupt"]
    assert pieces == [b"b"]
    assert closed == Closed(2)


def test_a_document_that_holds_nothing_has_no_members(docx):
    assert listed(docx(BODY))[3] == [Closed(0)]


def test_objects_of_old_documents():
    stream, table = word([("Bonjour", False)], (7,))
    data = compound({
        "WordDocument": stream,
        "1Table": table,
        "ObjectPool/_1/\x01Ole10Native": native("..\\plan.txt", b"le plan"),
        "ObjectPool/_2/Workbook": b"\x09\x08\x10\0\0\x06\x05\0" + bytes(5000),
        "ObjectPool/_3/Equation Native": b"x",
    })  # fmt: skip
    names, pieces, closed, _ = listed(data)
    assert sorted(names) == ["%2E%2E/plan.txt", "_2.xls"]
    assert b"le plan" in pieces
    assert closed == Closed(2)


def test_comments_of_sheets_and_slides(package, xlsx, pptx):
    facts = xlsx_reader.read(of(xlsx([("A", "hidden", "<row/>")]))).file
    assert facts.hidden == ("sheet: A",)
    facts = pptx_reader.read(of(pptx(["un", "hidden deux"]))).file
    assert facts.hidden == ("slide: 2",)


@pytest.mark.parametrize(("size", "name"), [
    ((210, 297), "A4"), ((297.2, 209.6), "A4"), ((215.9, 279.4), "Letter"), ((100, 200), "100x200 mm"), ((0, 5), ""),
])  # fmt: skip
def test_paper(size, name):
    assert paper(*size) == name


@pytest.mark.parametrize(("data", "size"), [
    (PNG, (32, 16)), (b"GIF89a\x05\0\x06\0", (5, 6)),
    (b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x0b\x08\0\x07\0\x09\x01", (9, 7)),
    (b"BM" + bytes(16) + b"\x05\0\0\0\xfa\xff\xff\xff", (5, 6)),
    (b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + b"\x04\0\0\x05\0\0", (5, 6)),
    (b"", (0, 0)), (b"\xff\xd8\xff", (0, 0)), (b"\x89PNG\r\n\x1a\n", (0, 0)),
])  # fmt: skip
def test_picture_sizes(data, size):
    assert picture_size(data) == size


def test_language_and_size_of_a_presentation(package):
    main = (
        '<p:presentation xmlns:p="p" xmlns:a="a"><p:sldSz cx="9144000" cy="6858000"/><p:defaultTextStyle>'
        '<a:lvl1pPr><a:defRPr lang="fr-FR"/></a:lvl1pPr></p:defaultTextStyle></p:presentation>'
    )
    facts = pptx_reader.read(of(package({"ppt/presentation.xml": main}))).file
    assert (facts.locale, facts.paper) == ("fr-FR", "254x190 mm")
