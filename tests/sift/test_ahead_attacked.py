"""Reading ahead against children that were taken over, and mailboxes without number or end."""

import hashlib
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from leak_maker import mail, mbox, raw
from unpacked_slowly import SLOW, letters, packed, read

from crible.sift import ahead, ledger
from crible.store.models import Document, Entry, Reading

SPAN = "%012d %012d"


@pytest.fixture(autouse=True)
def _steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "STEP", 300_000)


@pytest.mark.parametrize("lie", ["overflow", "again", "unended"])
def test_no_lie_ends_the_sift_or_leaves_anything(blank, tmp_path: Path, lie: str) -> None:
    made = read(blank, packed(tmp_path, letters(700)), f"sift_liar:{lie}", 2)
    assert made.ahead.taken == 0
    assert Reading.objects.filter(kind="mail").count() == 700
    assert ledger.account().balanced
    assert not list((blank.folder / "blobs" / "tmp").glob("*"))


@pytest.mark.parametrize("lie", ["beyond", "beyond_twice"])
def test_nothing_is_read_where_nothing_has_been_unpacked(blank, tmp_path: Path, lie: str) -> None:
    mails = [raw("La carte", b"Voir la fin.\n", serial=9000, X_Last=SPAN % (0, 0)), *letters(700)]
    box = mbox(tmp_path / "laid", mails)
    data, last = box.read_bytes(), mails[-1]
    box.unlink()
    at = data.rindex(last)
    mails[0] = mails[0].replace((SPAN % (0, 0)).encode(), (SPAN % (at, len(last))).encode())
    read(blank, packed(tmp_path, mails), f"sift_liar:{lie}", 2)
    document = Document.objects.get(sha256=hashlib.sha256(last).digest())
    assert (document.offset, document.size) == (at, len(last))
    assert Reading.objects.get(document=document).subject == "Lettre 699"
    for row in Document.objects.select_related("blob"):
        kept = blank.blobs.path(bytes(row.blob.sha256)).read_bytes()
        assert hashlib.sha256(kept[row.offset : row.offset + row.size]).digest() == bytes(row.sha256)


def boxes(path: Path, count: int, *, broken: bool = False) -> Path:
    """A zip of mailboxes, large enough to be looked into; `broken` ones have the checksum of something else."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for n in range(count):
            texts = ("Bonjour.", "Bonjour. " * 90_000)
            some = [mail(f"Lettre {n}", text, serial=2 * n + at) for at, text in enumerate(texts)]
            made.writestr(f"{n}.mbox", mbox(path.with_name("one"), some).read_bytes())
        for info in made.infolist():
            info.CRC ^= broken
    return path


def held() -> int:
    """Deleted drafts that this process keeps open."""
    count = 0
    for name in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # the one that lists them
            target = str(name.readlink())
            count += "blobs/tmp/" in target and target.endswith("(deleted)")
    return count


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts open files as Linux lists them")
@pytest.mark.parametrize("broken", [False, True])
def test_many_mailboxes_hold_few_files_open(
    blank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: bool
) -> None:
    see = ahead.Ahead.see
    most = [0, 0]

    def counting(self, gathering, level) -> None:
        see(self, gathering, level)
        most[:] = max(most[0], len(self._boxes)), max(most[1], held())

    monkeypatch.setattr(ahead.Ahead, "see", counting)
    monkeypatch.setattr(ahead, "BOXES", 8)
    read(blank, boxes(tmp_path / "all.zip", 20, broken=broken), SLOW, 2)
    assert 0 < most[0] <= 8
    assert most[1] <= 1
    assert Entry.objects.filter(document=None).count() == 20 * broken
    assert ledger.account().balanced


def test_a_look_lists_so_many_mails_and_no_more(blank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    found = ahead.Ahead._found

    def counting(self, box, mails, outcome) -> None:
        looked.append(len(mails))
        found(self, box, mails, outcome)

    monkeypatch.setattr(ahead.Ahead, "_found", counting)
    monkeypatch.setattr(ahead, "MOST", 50)
    made = read(blank, packed(tmp_path, letters(700)), SLOW, 2)
    assert max(looked) == 50
    assert made.ahead.taken > 100
    assert Reading.objects.filter(kind="mail").count() == 700
