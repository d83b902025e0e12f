"""Examinations wait in the store from the moment of reading, run in children of their own, and survive what comes."""

import tarfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from crible.demo.paper.pdf import Line, pdf
from crible.model.examined import OCR, Recognised
from crible.model.ledger import Reason, State
from crible.sandbox.pool import Done
from crible.sift.examine import Examining, waiting
from crible.sift.packing import pack, unpack
from crible.sift.texts import confidence, joined, pages_unread, text_of, texts_by_id
from crible.sift.wire import Looked
from crible.store.blobs import Blobs
from crible.store.case import Case
from crible.store.models import Blob, Document, Examination

WORDS = "Réunion du comité reportée au lundi suivant"


@pytest.fixture
def case(tmp_path: Path, sifted) -> Iterator[Case]:
    """A case of one PDF, whose page a row then asks to have read as a picture."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "avis.pdf").write_bytes(pdf([[Line(60, 700, WORDS, 16)]], "Avis", "", "20170314101500"))
    opened = sifted(tmp_path / "case", folder)
    with opened.facts(write=True):
        Examination.objects.create(document=Document.objects.get(), kind=OCR, pages=1)
        yield opened


def run(case: Case, **options: object) -> bool:
    blobs = Blobs(case.folder / "blobs")

    def opening(blob: Blob) -> int:
        return blobs.open(bytes(blob.sha256))

    return Examining(OCR, opening, **options).run()


def test_what_is_recognised_is_found_and_marked(case: Case) -> None:
    assert (waiting(OCR), pages_unread()) == (1, 1)
    assert run(case)
    row = Examination.objects.get()
    assert row.state == State.READ
    [page] = unpack(bytes(row.facts), Recognised).pages
    assert [word.text for word in page.words] == WORDS.split()
    assert (waiting(OCR), pages_unread()) == (0, 0)
    document = row.document
    assert text_of(document.pk).count(WORDS) == 2
    assert texts_by_id([bytes(document.sha256).hex()]) == {bytes(document.sha256).hex(): text_of(document.pk)}
    assert confidence(document.pk) > 80


def test_stopped_before_it_began_it_still_waits(case: Case) -> None:
    assert not run(case, stop=lambda: True)
    assert waiting(OCR) == 1


def test_bytes_that_are_no_picture_are_a_row_with_a_reason(case: Case, tmp_path: Path) -> None:
    document = Document.objects.get()
    case_blobs = Blobs(case.folder / "blobs")
    case_blobs.path(bytes(document.blob.sha256)).chmod(0o600)
    case_blobs.path(bytes(document.blob.sha256)).write_bytes(b"%PDF-1.4 nothing else")
    assert run(case)
    row = Examination.objects.get()
    assert (row.state, row.reason["code"]) == (State.UNREADABLE, "corrupt")
    assert pages_unread() == 1


@pytest.mark.parametrize(
    "untrusted",
    [
        msgspec.msgpack.encode((1, b"\x91" * 3000)),
        msgspec.msgpack.encode(Looked(1, b"\x81\xa2zz" + b"\x91" * 3000 + b"\xc0")),
        msgspec.msgpack.encode(Looked(1, text="none")).replace(b"none", b"\xff\xfe\xff\xfe"),
    ],
)
def test_an_answer_that_is_none_ends_one_examination_and_not_the_sift(case: Case, untrusted: bytes) -> None:
    row = answered(case, untrusted)
    assert (row.state, row.reason["code"], bytes(row.facts)) == (State.UNREADABLE, "reply-broken", b"")


def test_what_nobody_knows_is_not_kept(case: Case) -> None:
    known = pack(Recognised())
    row = answered(case, pack(Looked(1, bytes([known[0] + 1]) + known[1:] + pack("unknown") + b"\x91" * 500 + b"\xc0")))
    assert (row.state, bytes(row.facts)) == (State.READ, known)
    row = answered(case, pack(Looked(1, b"anything", "any", Reason("empty"))))
    assert (row.state, bytes(row.facts), bytes(row.text)) == (State.UNREADABLE, b"", b"")


def answered(case: Case, untrusted: bytes) -> Examination:
    """The row after a child's answer."""
    row = Examination.objects.get()
    examining = Examining(OCR, Blobs(case.folder / "blobs").open)
    examining._tasks[row.document_id] = row
    examining._take(Done(row.document_id, untrusted))
    return Examination.objects.get()


def test_text_of_a_picture_comes_after_the_documents_own() -> None:
    assert joined("", "seen") == "seen"
    assert joined("own", "") == "own"
    assert joined("own", "seen").split("\f") == ["own\n", "\nseen"]


@pytest.mark.corpora
def test_what_tesseract_remarks_on_is_read_behind_the_walls(tmp_path: Path, sifted, corpora: Path) -> None:
    """It opened /dev/null to say "Detected 36 diacritics", got no file there, and crashed."""
    with tarfile.open(corpora / "images.tar.xz") as archive:
        member = next(one for one in archive if one.name.endswith("MultiPage.tif"))
        (tmp_path / "letter.tif").write_bytes(archive.extractfile(member).read())
    case = sifted(tmp_path / "case", tmp_path / "letter.tif")
    with case.facts():
        row = Examination.objects.get(kind=OCR)
        assert (row.state, row.reason) == (State.READ, None)
        assert "SLEREXE" in text_of(row.document_id)
