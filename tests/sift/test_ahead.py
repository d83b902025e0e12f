"""Mails read while their mailbox is still being unpacked: the same answers, sooner, or none."""

import lzma
from pathlib import Path

import msgspec
import pytest
from leak_maker import raw
from unpacked_slowly import SLOW, found, letters, packed, read

from crible.intake.budget import Budget
from crible.model.ledger import State
from crible.sift import ahead, ledger
from crible.sift.run import WORKER
from crible.store.models import Document, Entry, Reading


@pytest.fixture(autouse=True)
def _steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small boxes are worth it here."""
    monkeypatch.setattr(ahead, "STEP", 300_000)


def test_the_same_is_found_when_idle_children_read_ahead(make_blank, tmp_path: Path) -> None:
    mails = letters(700)
    source, twice = packed(tmp_path, mails), len(mails) - len(set(mails))
    with make_blank("alone") as case:
        assert read(case, source, WORKER, 1).ahead.read == 0
        undisturbed = found(case)
    with make_blank("ahead") as case:
        made = read(case, source, SLOW, 2)
        assert made.ahead.taken > 300
        assert made.ahead.read - made.ahead.taken <= twice
        assert found(case) == undisturbed
        assert ledger.account().balanced
        assert not list((case.folder / "blobs" / "tmp").glob("*"))


def test_a_mail_that_kills_children_is_set_aside_in_its_turn(blank, tmp_path: Path) -> None:
    mails = letters(400)
    mails[100] = raw("Fatale", b"Bonjour.\n", serial=9000, X_Deadly="yes")
    made = read(blank, packed(tmp_path, mails), SLOW, 2)
    deadly = Document.objects.get(state=State.QUARANTINED)
    assert (deadly.path.rpartition("/")[2], deadly.attempts, deadly.reason["code"]) == ("000100", 2, "worker-died")
    assert made.ahead.taken < 101
    assert Reading.objects.filter(kind="mail").count() == len(set(mails)) - 1
    assert ledger.account().balanced


def test_of_a_box_that_is_refused_in_the_end_nothing_is_left(blank, tmp_path: Path) -> None:
    made = read(blank, packed(tmp_path, letters(700)), SLOW, 2, budget=Budget(member=2_500_000))
    assert made.ahead.read > 50
    assert made.ahead.taken == 0
    assert Document.objects.count() == 1
    assert [entry.reason["code"] for entry in Entry.objects.filter(document=None)] == ["budget"]
    assert not list((blank.folder / "blobs" / "tmp").glob("*"))


def test_what_is_no_mailbox_is_left_alone(blank, tmp_path: Path) -> None:
    path = tmp_path / "lines.txt.xz"
    path.write_bytes(lzma.compress(b"Une ligne qui n'ouvre aucune bo\xc3\xaete.\n" * 60_000))
    made = read(blank, path, SLOW, 2)
    assert made.ahead.read == 0
    assert set(Document.objects.values_list("state", flat=True)) == {"read"}


def test_without_room_for_answers_mails_are_read_in_their_turn(blank, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(ahead, "KEPT", 100_000)
    made = read(blank, packed(tmp_path, letters(400)), SLOW, 2)
    assert 0 < made.ahead.taken <= made.ahead.read < 100
    assert Reading.objects.filter(kind="mail").count() == 400


def raising(_frame: bytes) -> None:
    raise msgspec.DecodeError


def test_an_answer_that_cannot_be_read_back_is_asked_for_again(blank, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(ahead, "decode", raising)
    made = read(blank, packed(tmp_path, letters(400)), SLOW, 2)
    assert made.ahead.read > 50
    assert made.ahead.taken == 0
    assert Reading.objects.filter(kind="mail").count() == 400


@pytest.mark.parametrize("boxes", [1, 64])
def test_several_mailboxes_and_two_copies_of_one(make_blank, tmp_path: Path, monkeypatch, boxes: int) -> None:
    monkeypatch.setattr(ahead, "BOXES", boxes)
    folder = tmp_path / "leak"
    for name, mails in (("a", letters(300)), ("b", letters(300)), ("c", letters(150))):
        (folder / name).mkdir(parents=True)
        packed(folder / name, mails)
    with make_blank("alone") as case:
        read(case, folder, WORKER, 1)
        undisturbed = found(case)
    with make_blank("ahead") as case:
        before = len(list(Path("/dev/fd").iterdir()))
        made = read(case, folder, SLOW, 3)
        assert made.ahead.taken > 10
        assert found(case) == undisturbed
        assert len(list(Path("/dev/fd").iterdir())) <= before
