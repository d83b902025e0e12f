import hashlib
import random

import pytest

from crible.extract import pdf as pdf_reader
from crible.extract.guard import detail, reading
from crible.extract.magic import OOXML_ENCRYPTED
from crible.extract.ooxml import DOCX, PPTX, XLSX
from crible.extract.readers import READERS, read_file
from crible.extract.sniff import sniff
from crible.model.errors import Unreadable
from crible.model.ledger import State
from crible.words import LANGUAGES, keys, render

SENTENCE = "Vous trouverez ci-joint la facture du mois de mars, comme convenu."


@pytest.fixture
def each_format(docx, xlsx, pptx, pdf):
    cell = f'<c t="inlineStr"><is><t>{SENTENCE}</t></is></c>'
    return {
        DOCX: docx(f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>"),
        XLSX: xlsx([("F", "visible", f"<row>{cell}</row>")]),
        PPTX: pptx([SENTENCE]),
        "application/pdf": pdf([SENTENCE]),
        "text/html": f"<html><body><p>{SENTENCE}".encode(),
        "text/plain": SENTENCE.encode(),
    }


def test_each_format_through_the_one_door(window, each_format):
    for mime, data in each_format.items():
        found = read_file(window(data), sniff(window(data)))
        assert found.mime == mime
        assert SENTENCE in found.text
        assert found.language == "fr"
        assert found.wire == hashlib.sha256(data).digest()
        assert found.truncated == 0
        assert found.file is not None
        assert found.mail is None


def test_kinds_of_text_keep_their_type(window):
    found = read_file(window(b"a;b\n1;2\n"), "text/csv", "liste.csv")
    assert (found.mime, found.text) == ("text/csv", "a;b\n1;2\n")


@pytest.mark.parametrize(("data", "mime", "code", "state", "params"), [
    (b"", "text/plain", "empty", State.IGNORED, {}),
    (b"Rar!\x1a\x07\x01\0", "application/vnd.rar", "no-reader", State.UNREADABLE, {"type": "application/vnd.rar"}),
    (b"-----BEGIN PGP MESSAGE-----\n", "application/pgp-encrypted", "encrypted", State.ENCRYPTED, {}),
    (b"x", "application/pkcs7-mime", "encrypted", State.ENCRYPTED, {}),
    (b"x", OOXML_ENCRYPTED, "encrypted", State.ENCRYPTED, {}),
    (b"PK\3\4", DOCX, "corrupt", State.UNREADABLE, {"reader": "docx", "detail": "BadZipFile: File is not a zip file"}),
])  # fmt: skip
def test_each_refusal(window, data, mime, code, state, params):
    with pytest.raises(Unreadable) as caught:
        read_file(window(data), mime)
    assert (caught.value.code, caught.value.state, caught.value.params) == (code, state, params)


def test_damage_anywhere_is_read_or_refused(window, each_format):
    """Cut, flipped and repeated bytes; whatever happens is a Reading or Unreadable."""
    rng = random.Random(20170505)
    ends, details = set(), []
    for mime, data in each_format.items():
        for _ in range(60):
            damaged = bytearray(data)
            for _ in range(rng.choice((1, 1, 3, 20))):
                damaged[rng.randrange(len(damaged))] = rng.randrange(256)
            cut = rng.randrange(len(damaged)) if rng.random() < 0.3 else len(damaged)
            try:
                read_file(window(bytes(damaged[: cut or 1])), mime)
                ends.add("read")
            except Unreadable as error:
                ends.add(error.code)
                details.append(str(error.params.get("detail", "")))
    assert all(each.isascii() for each in details)
    assert {"read", "corrupt"} <= ends <= {"read", "corrupt", "encrypted", "budget"}


def test_an_encrypted_member_is_encrypted(window, docx):
    data = bytearray(docx("<w:p/>"))
    at = 0
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= 1
    with pytest.raises(Unreadable, match="encrypted") as caught:
        read_file(window(bytes(data)), DOCX)
    assert caught.value.state is State.ENCRYPTED


def test_a_huge_directory_is_over_budget(window, package):
    data = package({"word/document.xml": "<x/>", **{f"word/media/{at:0200}": b"" for at in range(20_000)}})
    with pytest.raises(Unreadable, match="budget"):
        read_file(window(data), DOCX)


def test_details_hold_neither_addresses_nor_foreign_bytes():
    said = detail(ValueError("<_io.BytesIO object at 0x7f00deadbeef> é\n\x1b[31m" + "x" * 500))
    assert said.startswith("ValueError: <_io.BytesIO object at 0x>  [31mx")
    assert len(said) == 120


def test_memory_errors_pass_the_guard():
    with pytest.raises(MemoryError), reading("x"):
        raise MemoryError


def test_every_reader_is_named_by_a_media_type():
    assert all(mime.count("/") == 1 and mime == mime.strip() for mime in READERS)
    assert READERS["application/pdf"] is pdf_reader.read


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_and_defect_has_a_sentence(language):
    params = {"reader": "pdfium", "detail": "x", "type": "image/png", "count": 2}
    for key in (
        "no-reader", "corrupt", "encrypted", "empty", "text-truncated", "pages-without-text", "pages-unread",
        "unread-parts", "embedded-files", "macros", "hidden-sheets", "tracked-changes",
    ):  # fmt: skip
        assert key in keys("ledger", language)
        assert render("ledger", key, params, language)
