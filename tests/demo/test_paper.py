"""The minimal writers, read back by readers that others wrote."""

import io
import random
import zipfile
import zlib
from datetime import UTC, datetime

import pypdfium2
from lxml import etree
from python_calamine import CalamineWorkbook

from crible.demo.paper.docx import docx
from crible.demo.paper.ooxml import Origin
from crible.demo.paper.pdf import Line, pdf
from crible.demo.paper.png import HEIGHT, WIDTH, photo
from crible.demo.paper.xlsx import xlsx
from crible.demo.story.papers import LACOMBE, Bill, bill_pdf, euros

ORIGIN = Origin("Note & suite", "Antoine", "Camille", "2017-03-01T08:00:00Z", "2017-03-02T09:30:00Z")
AT = datetime(2017, 3, 14, 9, 15, tzinfo=UTC)


def test_pdf_gives_back_its_text_page_by_page():
    data = pdf(
        [[Line(60, 700, "Total (TTC) : 2 450,00 €")], [Line(60, 700, r"a\b été")]],
        "Essai",
        "Factura 8.2",
        "20170314091500",
    )
    document = pypdfium2.PdfDocument(data)
    assert [page.get_textpage().get_text_bounded().strip() for page in document] == [
        "Total (TTC) : 2 450,00 €",
        r"a\b été",
    ]
    assert document.get_metadata_dict()["Producer"] == "Factura 8.2"


def test_bill_adds_up():
    bill = Bill(*LACOMBE, "Facture 7", (("Tracts", 1000.0), ("Affiches", 450.5)))
    text = pypdfium2.PdfDocument(bill_pdf(bill, AT))[0].get_textpage().get_text_bounded()
    assert "1 450,50 €" in text
    assert "1 740,60 €" in text
    assert euros(12450) == "12 450,00"


def test_docx_holds_its_paragraphs_and_properties():
    archive = zipfile.ZipFile(io.BytesIO(docx(["Titre", "Un < deux & trois"], ORIGIN)))
    assert archive.testzip() is None
    document = etree.fromstring(archive.read("word/document.xml"))
    assert [text.text for text in document.iter("{*}t")] == ["Titre", "Un < deux & trois"]
    core = etree.fromstring(archive.read("docProps/core.xml"))
    assert core.findtext("{*}lastModifiedBy") == "Camille"
    assert core.findtext("{*}title") == "Note & suite"


def test_xlsx_opens_in_calamine():
    rows = [["Poste", "Prévu"], ["Études", 18500], ["Train", 62.5]]
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx("Budget", rows, ORIGIN)))
    assert book.sheet_names == ["Budget"]
    assert book.get_sheet_by_index(0).to_python() == rows


def test_photo_is_a_whole_png_and_differs_with_the_generator():
    data = photo(random.Random("a"))
    at = data.index(b"IDAT")
    size = int.from_bytes(data[at - 4 : at])
    assert data.startswith(b"\x89PNG")
    assert len(zlib.decompress(data[at + 4 : at + 4 + size])) == HEIGHT * (1 + 3 * WIDTH)
    assert data == photo(random.Random("a")) != photo(random.Random("b"))
