"""What ends up in the store: one document for the same bytes, every path kept, mails vouched for late read as such."""

import hashlib
from collections import Counter

import pytest
from leak_maker import mbox, raw, zipped
from sift_rows import coordinator
from sift_world import DEVIS, LETTER, NOTE

from crible.proof.keyring import KeyRing
from crible.sandbox.pool import Pool
from crible.sift.commit import Committer
from crible.sift.run import WORKER
from crible.sift.sources import add, take
from crible.store.case import Case
from crible.store.models import Document, Entry, Reading


def paths_of(data: bytes) -> tuple[str, list[str]]:
    """First path and all paths of some bytes."""
    document = Document.objects.get(sha256=hashlib.sha256(data).digest())
    return document.path, sorted(document.entries.values_list("path", flat=True))


def test_the_same_bytes_at_several_depths_are_one_document(facts: Case) -> None:
    first, paths = paths_of(DEVIS[:-1])
    assert first == "leak/loose/devis.txt"
    # The attached mail lies at two places too, but what it carries is listed once, below its own first path.
    assert paths == ["leak/loose/dedans.eml/2~devis.txt", "leak/loose/devis.txt"]
    first, paths = paths_of(NOTE)
    assert first == "leak/loose/note.txt"
    assert paths == ["leak/boxes/pieces.mbox/000000/3~pieces.zip/dossier/note.txt", "leak/loose/note.txt"]


def test_no_two_entries_have_one_path(facts: Case) -> None:
    paths = Counter(Entry.objects.values_list("path", flat=True))
    assert [path for path, times in paths.items() if times > 1] == []
    clash = [path for path in paths if path.startswith("leak/packed/clash.zip/")]
    assert sorted(clash) == [
        "leak/packed/clash.zip/a.zip",
        "leak/packed/clash.zip/a.zip%2F/x.txt",
        "leak/packed/clash.zip/a.zip/x.txt",
        "leak/packed/clash.zip/b.zip",
    ]


def test_nesting_ends_at_the_budget(facts: Case) -> None:
    deepest = Entry.objects.filter(path__startswith="leak/packed/deep.zip").order_by("-depth").first()
    assert (deepest.depth, deepest.state, deepest.document) == (16, "unreadable", None)
    assert deepest.reason == {"code": "budget", "params": {"which": "depth", "limit": 16}}


def test_bytes_met_as_a_file_first_and_in_a_mailbox_later_are_a_mail(facts: Case) -> None:
    first, paths = paths_of(LETTER)
    assert paths == ["leak/loose/lettre.txt", "leak/packed/late.zip/vieux.mbox/000001"]
    document = Document.objects.get(path=first)
    assert (document.mail, document.state, document.reading.kind) == (True, "read", "mail")


@pytest.mark.parametrize("late", ["file first", "at once", "unreadable first", "empty first"])
def test_a_mailbox_vouches_whenever_it_is_met(make_blank, tmp_path, late: str) -> None:
    data = {"unreadable first": bytes(range(1, 256)), "empty first": b""}.get(late, LETTER)
    (tmp_path / "un.bin").write_bytes(data)
    box = tmp_path / "maildir"
    for name in ("cur", "new", "tmp"):
        (box / name).mkdir(parents=True)
    (box / "cur" / "1:2,S").write_bytes(data)
    (box / "autre.txt").write_bytes(data)
    with make_blank("case") as case, Pool(WORKER, size=1) as pool:
        committer = Committer(KeyRing.default(), pool.isolation)
        for sources in [[tmp_path / "un.bin", box]] if late == "at once" else [[tmp_path / "un.bin"], [box]]:
            add(case, sources)
            take(case, committer, lambda _n, _size: None, in_place=False)
            assert coordinator(case, pool, committer=committer).run()
        document = Document.objects.get()
        assert (document.mail, document.state, document.reason) == (True, "read", None)
        assert Reading.objects.get().kind == "mail"


def test_a_container_that_a_mailbox_vouches_for_late_stays_a_container(make_blank, tmp_path) -> None:
    packed = zipped({"a.txt": b"dedans\n"})
    (tmp_path / "a.zip").write_bytes(packed)
    for name in ("cur", "new", "tmp"):
        (tmp_path / "box" / name).mkdir(parents=True)
    (tmp_path / "box" / "cur" / "1").write_bytes(packed)
    with make_blank("case") as case, Pool(WORKER, size=1) as pool:
        committer = Committer(KeyRing.default(), pool.isolation)
        for source in (tmp_path / "a.zip", tmp_path / "box"):
            add(case, [source])
            take(case, committer, lambda _n, _size: None, in_place=False)
            assert coordinator(case, pool, committer=committer).run()
        assert Document.objects.get(path="a.zip").container == "zip"
        assert Document.objects.count() == 2


@pytest.mark.parametrize("order", [["a", "b"], ["b", "a"]])
def test_the_first_path_is_the_smallest_whatever_source_came_first(make_blank, tmp_path, order: list[str]) -> None:
    for name in order:
        (tmp_path / name).mkdir()
        mbox(tmp_path / name / "x.mbox", [raw("Deux fois", b"Deux fois.\n", serial=1), raw(name, b"Un.\n", serial=2)])
    with make_blank("case") as case, Pool(WORKER, size=1) as pool:
        committer = Committer(KeyRing.default(), pool.isolation)
        add(case, [tmp_path / name for name in order])
        take(case, committer, lambda _n, _size: None, in_place=False)
        coordinator(case, pool, committer=committer).run()
        first, paths = paths_of(raw("Deux fois", b"Deux fois.\n", serial=1))
        assert first == paths[0] == "a/x.mbox/000000"


@pytest.mark.parametrize("order", [1, -1])
def test_the_first_path_is_the_smallest_of_the_shallowest_whatever_the_order(make_blank, tmp_path, order: int) -> None:
    twice = raw("Deux fois", b"Deux fois.\n", serial=1)
    folder = tmp_path / "s"
    folder.mkdir()
    names = ["b.mbox", "a.mbox", "c.mbox"][::order]
    for n, name in enumerate(names):
        mbox(folder / name, [raw("Autre", b"%d\n" % n, serial=10 + n)] * n + [twice])
    (folder / "z.zip").write_bytes(
        zipped({"0.mbox": mbox(tmp_path / "0.mbox", [twice, raw("Tiers", b"Tiers.\n", serial=9)]).read_bytes()})
    )
    with make_blank("case") as case, Pool(WORKER, size=2) as pool:
        committer = Committer(KeyRing.default(), pool.isolation)
        add(case, [folder])
        take(case, committer, lambda _n, _size: None, in_place=False)
        coordinator(case, pool, committer=committer).run()
        first, paths = paths_of(twice)
        assert first == min(path for path in paths if path.count("/") == 2)
        assert first.startswith("s/a.mbox/")
        assert len(paths) == 4
