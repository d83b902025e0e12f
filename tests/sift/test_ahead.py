"""Mails read while their mailbox is still being unpacked: the same answers, sooner, or none."""

import lzma
import random
from pathlib import Path

import msgspec
import pytest
from leak_maker import mail, mbox, raw
from sift_rows import coordinator

from crible.intake.budget import Budget
from crible.model.ledger import State
from crible.proof.keyring import KeyRing
from crible.sandbox.pool import Pool
from crible.sift import ahead, ledger
from crible.sift.commit import Committer
from crible.sift.run import WORKER
from crible.sift.sources import add, take
from crible.store.models import Document, Entry, Reading

SLOW = "sift_slow:handle"
WORDS = ("le", "la", "salle", "devis", "facture", "maire", "budget", "mars", "jeudi", "1500", "euros", "merci")


def letters(count: int) -> list[bytes]:
    """Mails of 4 kB, every seventh with a file, every thirteenth twice in the box."""
    draw = random.Random(20170505)
    made = []
    for n in range(count):
        text = "\n".join(" ".join(draw.choices(WORDS, k=12)) for _ in range(50))
        file = draw.randbytes(900) if n % 7 == 0 else b""
        made.append(mail(f"Lettre {n}", text, attach=file, serial=n))
        if n % 13 == 0:
            made.append(made[-1])
    return made


def packed(folder: Path, mails: list[bytes]) -> Path:
    """They in an mbox, compressed."""
    path = folder / "box.mbox.xz"
    path.write_bytes(lzma.compress(mbox(folder / "box.mbox", mails).read_bytes(), preset=0))
    (folder / "box.mbox").unlink()
    return path


def read(case, source: Path, entry: str, size: int, **options):
    """Take a source and read all that is in it; the coordinator that did."""
    add(case, [source])
    with Pool(entry, size=size, warm=True) as pool:
        committer = Committer(KeyRing.default(), pool.isolation)
        take(case, committer, lambda _n, _size: None, in_place=False)
        made = coordinator(case, pool, committer=committer, **options)
        assert made.run()
    return made


def found(case) -> tuple[list[tuple], list[tuple], set[str]]:
    """All that was read and listed, without the keys that depend on the order in which it came; the blobs."""
    documents = Document.objects.order_by("sha256").values_list(
        "sha256", "path", "state", "attempts", "listed", "reading__facts", "reading__text", "reading__local"
    )
    entries = Entry.objects.order_by("path").values_list("path", "ordinal", "offset", "length", "document__sha256")
    blobs = {path.name for path in (case.folder / "blobs").glob("??/*")}
    return list(documents), list(entries), blobs


@pytest.fixture
def steps(monkeypatch) -> None:
    """Small boxes are worth it here."""
    monkeypatch.setattr(ahead, "STEP", 300_000)


@pytest.mark.usefixtures("steps")
def test_the_same_is_found_when_idle_children_read_ahead(make_blank, tmp_path: Path) -> None:
    mails = letters(700)
    source, twice = packed(tmp_path, mails), len(mails) - len(set(mails))
    with make_blank("alone") as case:
        assert read(case, source, WORKER, 1).ahead.read == 0
        undisturbed = found(case)
    with make_blank("ahead") as case:
        made = read(case, source, SLOW, 2)
        assert made.ahead.taken > 100
        assert made.ahead.read - made.ahead.taken <= twice
        assert found(case) == undisturbed
        assert ledger.account().balanced
        assert not list((case.folder / "blobs" / "tmp").glob("*"))


@pytest.mark.usefixtures("steps")
def test_a_mail_that_kills_children_is_set_aside_in_its_turn(blank, tmp_path: Path) -> None:
    mails = letters(400)
    mails[100] = raw("Fatale", b"Bonjour.\n", serial=9000, X_Deadly="yes")
    made = read(blank, packed(tmp_path, mails), SLOW, 2)
    deadly = Document.objects.get(state=State.QUARANTINED)
    assert (deadly.path.rpartition("/")[2], deadly.attempts, deadly.reason["code"]) == ("000100", 2, "worker-died")
    assert made.ahead.taken < 101
    assert Reading.objects.filter(kind="mail").count() == len(set(mails)) - 1
    assert ledger.account().balanced


@pytest.mark.usefixtures("steps")
def test_of_a_box_that_is_refused_in_the_end_nothing_is_left(blank, tmp_path: Path) -> None:
    made = read(blank, packed(tmp_path, letters(700)), SLOW, 2, budget=Budget(member=2_500_000))
    assert made.ahead.read > 50
    assert made.ahead.taken == 0
    assert Document.objects.count() == 1
    assert [entry.reason["code"] for entry in Entry.objects.filter(document=None)] == ["budget"]
    assert not list((blank.folder / "blobs" / "tmp").glob("*"))


@pytest.mark.usefixtures("steps")
def test_what_is_no_mailbox_is_left_alone(blank, tmp_path: Path) -> None:
    path = tmp_path / "lines.txt.xz"
    path.write_bytes(lzma.compress(b"Une ligne qui n'ouvre aucune bo\xc3\xaete.\n" * 60_000))
    made = read(blank, path, SLOW, 2)
    assert made.ahead.read == 0
    assert set(Document.objects.values_list("state", flat=True)) == {"read"}


@pytest.mark.usefixtures("steps")
def test_without_room_for_answers_mails_are_read_in_their_turn(blank, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(ahead, "KEPT", 100_000)
    made = read(blank, packed(tmp_path, letters(400)), SLOW, 2)
    assert 0 < made.ahead.taken <= made.ahead.read < 100
    assert Reading.objects.filter(kind="mail").count() == 400


def raising(_frame: bytes) -> None:
    raise msgspec.DecodeError


@pytest.mark.usefixtures("steps")
def test_an_answer_that_cannot_be_read_back_is_asked_for_again(blank, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(ahead, "decode", raising)
    made = read(blank, packed(tmp_path, letters(400)), SLOW, 2)
    assert made.ahead.read > 50
    assert made.ahead.taken == 0
    assert Reading.objects.filter(kind="mail").count() == 400


@pytest.mark.usefixtures("steps")
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
