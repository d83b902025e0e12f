import pytest

from crible.extract.pdf import reader
from crible.model.errors import Unreadable
from crible.model.instant import Clock
from crible.model.ledger import State

INFO = (
    "/Title(Facture 12)/Author(H\xe9l\xe8ne)/Creator(Writer)/Producer(LibreOffice 5.2)"
    "/CreationDate(D:20170327140500+02'00')/ModDate(D:2017)"
)


def test_pages_are_parted_by_form_feeds(window, pdf):
    reading = reader.read(window(pdf(["Bonjour Madame", "et merci"])))
    assert reading.text == "Bonjour Madame\fet merci"
    assert reading.file.pages == 2
    assert reading.file.defects == ()


def test_a_window_inside_a_larger_file(window, pdf):
    reading = reader.read(window(pdf(["Bonjour"]), before=b"x" * 4097, after=b"y" * 99))
    assert reading.text == "Bonjour"


def test_the_information_dictionary_becomes_facts(window, pdf):
    file = reader.read(window(pdf(["x"], INFO))).file
    assert (file.title, file.author, file.application) == ("Facture 12", "Hélène", "LibreOffice 5.2")
    assert [(moment.iso(), moment.clock) for moment in file.instants] == [
        ("2017-03-27T14:05:00+02:00", Clock.PDF), ("2017-01-01T00:00:00", Clock.PDF),
    ]  # fmt: skip
    assert file.properties["Creator"] == "Writer"
    assert file.properties["created"] == "2017-03-27T14:05:00+02:00"


def test_pages_with_something_to_see_and_no_text_are_counted_and_wait_for_recognition(window, pdf):
    square = b"BT /F 12 Tf 20 200 Td () Tj ET 9 9 99 99 re f"
    data = pdf(["page une", "page deux", ""]).replace(b"BT /F 12 Tf 20 200 Td (page deux) Tj ET", square)
    reading = reader.read(window(data))
    assert reading.text == "page une\f\f"
    assert reading.file.pages_without_text == (2,)
    assert reading.file.defects == ("pages-without-text",)
    assert reading.file.properties["pages-without-text"] == "1"
    assert reading.file.wants == ("ocr",)


def test_an_empty_page_waits_for_nothing(window, pdf):
    file = reader.read(window(pdf(["page une", ""]))).file
    assert (file.pages_without_text, file.wants, file.defects) == ((), (), ())


def test_text_off_the_page_is_read_too(window, pdf):
    data = pdf(["visible"]).replace(b"20 200 Td", b"2000 20 Td")
    assert reader.read(window(data)).text == "visible"


def test_a_page_budget_leaves_pages_unread(window, pdf, monkeypatch):
    monkeypatch.setattr(reader, "PAGE_CAP", 2)
    reading = reader.read(window(pdf(["a", "b", "c", "d", "e"])))
    assert reading.text == "a\fb"
    assert reading.file.pages == 5
    assert reading.file.properties["pages-unread"] == "3"


@pytest.mark.parametrize("encrypt", [
    "/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + "00" * 32 + ">/U<" + "11" * 32 + ">>>/ID[<00><00>]",
    "/Encrypt<</Filter/Other/V 1>>/ID[<00><00>]",
])  # fmt: skip
def test_a_password_or_another_handler_is_encrypted(window, pdf, encrypt):
    with pytest.raises(Unreadable, match="encrypted") as caught:
        reader.read(window(pdf(["secret"], trailer=encrypt)))
    assert caught.value.state is State.ENCRYPTED


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 9 0 R>>"])
def test_a_torso_is_corrupt(window, data):
    with pytest.raises(Unreadable, match="corrupt") as caught:
        reader.read(window(data))
    assert caught.value.params["reader"] == "pdfium"
    assert caught.value.state is State.UNREADABLE
