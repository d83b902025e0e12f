"""How a PDF is laid out: states, signatures, identifiers, by a scan that trusts nothing."""

import io
import os
from collections.abc import Callable
from pathlib import Path

import pdf_history_made as made
import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader

from crible.extract.pdf_structure import CHUNK, MOST_MARKS, Structure, structure, with_structure
from crible.model.examined import OCR, PDF
from crible.model.files import FileFacts
from crible.sandbox.window import Window


def laid(folder: Path, data: bytes) -> Structure:
    path = folder / "a.pdf"
    path.write_bytes(data)
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return structure(Window.whole(descriptor))
    finally:
        os.close(descriptor)


def test_each_save_is_a_state_that_ends_with_its_mark(tmp_path: Path) -> None:
    first = made.paper()
    second = made.rewritten(first, ("Autre",))
    third = made.signed(second)
    found = laid(tmp_path, third)
    assert [revision.end for revision in found.revisions] == [len(first), len(second), len(third)]
    assert found.signatures == 1
    assert found.ids[0] == "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
    assert laid(tmp_path, first).ids == ("0f1e2d3c4b5a69788796a5b4c3d2e1f0", "11" * 16)


@pytest.mark.parametrize("streams", [False, True])
def test_a_linearised_file_is_one_state_and_an_update_makes_two(tmp_path: Path, streams: bool) -> None:
    mode = pikepdf.ObjectStreamMode.generate if streams else pikepdf.ObjectStreamMode.disable
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made.paper())) as document:
        document.save(out, linearize=True, object_stream_mode=mode)
    assert PdfFileReader(out, strict=False).xrefs.total_revisions == 2
    assert [one.end for one in laid(tmp_path, out.getvalue()).revisions] == [len(out.getvalue())]
    twice = made.updated(out.getvalue(), lambda writer: made.page_of(writer))
    assert [one.end for one in laid(tmp_path, twice).revisions] == [len(out.getvalue()), len(twice)]


def test_a_pdf_attached_as_it_is_brings_no_states_of_its_own(tmp_path: Path) -> None:
    inner = made.rewritten(made.paper(), ("Annexe",))
    outer = made.paper(objects=[b"<</Length %d>>stream\n%s\nendstream" % (len(inner), inner)])
    assert len(laid(tmp_path, outer).revisions) == 1


def test_marks_are_met_across_the_pieces_that_are_read(tmp_path: Path) -> None:
    base = made.paper()
    for spare in range(CHUNK - 30, CHUNK + 12, 3):
        padded = made.paper(objects=[b"<</Length 0>>stream\n%s\nendstream" % (b"\n" * max(0, spare - len(base)))])
        assert len(laid(tmp_path, made.signed(padded)).revisions) == 2
        assert laid(tmp_path, made.signed(padded)).signatures == 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.4\nnothing else",
        b"startxref\n999999999999\n%%EOF",
        b"%PDF-1.4\nxref\n0 0\ntrailer<</Prev 9>>\nstartxref\n9\n%%EOF",
        b"startxref\n0\n%%EOF" * (MOST_MARKS + 10),
        b"/ByteRange" * 5_000,
    ],
)
def test_of_a_broken_file_it_says_one_state(tmp_path: Path, data: bytes) -> None:
    found = laid(tmp_path, data)
    assert [one.end for one in found.revisions] == [len(data)]
    assert found.signatures <= MOST_MARKS


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            [b"startxref\n", b"7\n", b"%%EOF\n", b"xref\n", b"trailer", b"/Prev 7", b"1 0 obj", b"/ID[<0>(\\0)]"]
        )
    )
)
def test_whatever_stands_there_the_last_state_ends_with_the_file(tmp_path: Path, pieces: list[bytes]) -> None:
    data = b"%PDF-1" + b"".join(pieces)
    ends = [one.end for one in laid(tmp_path, data).revisions]
    assert ends[-1] == len(data)
    assert ends == sorted(ends)


def test_only_a_file_with_a_history_wants_an_examination(tmp_path: Path) -> None:
    for data, wants in ((made.paper(), (OCR,)), (made.signed(made.paper()), (PDF, OCR))):
        (tmp_path / "b.pdf").write_bytes(data)
        with (tmp_path / "b.pdf").open("rb") as file:
            facts = with_structure(FileFacts(wants=(OCR,)), Window.whole(file.fileno()))
        assert facts.wants == wants


@pytest.fixture(scope="module")
def unpacked(unpack: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unpack("pdf", tmp_path_factory.mktemp("pdf"))


@pytest.mark.corpora
def test_states_are_those_that_pyhanko_counts_but_for_linearised_files(unpacked: Path) -> None:
    compared = 0
    for path in sorted(unpacked.rglob("*.pdf")):
        data = path.read_bytes()
        try:
            expected = PdfFileReader(io.BytesIO(data), strict=False).xrefs.total_revisions
        except Exception:  # noqa: BLE001  not a file that pyHanko opens
            continue
        expected -= b"/Linearized" in data[:1024] and expected > 1
        assert len(laid(path.parent, data).revisions) == expected, path.name
        compared += 1
    assert compared > 600
