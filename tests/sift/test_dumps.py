"""Two dumps of one case against each other."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from leak_maker import mail, mbox, quoted, zipped
from papers_maker import bill

from crible.model.errors import InputError
from crible.sift.dumps import KINDS, as_json, compare
from crible.store.case import Case

MAILS = [mail(f"Note {n}", f"Point {n}.\n\nFrom here on, all is well.\n", serial=n) for n in range(6)]
ALTERED = MAILS[3].replace(b"Point 3", b"Point 33")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory, sifted) -> Case:
    """A leak and its mirror: one mail gone, one new, one altered, one stored otherwise, one file moved, one altered."""
    root = tmp_path_factory.mktemp("dumps")
    leak, mirror = root / "leak", root / "mirror"
    for folder in (leak, mirror):
        (folder / "boites").mkdir(parents=True)
    mbox(leak / "boites/a.mbox", [quoted(MAILS[0]), *map(quoted, MAILS[1:5])])
    mbox(
        mirror / "boites/a.mbox",
        [*map(quoted, MAILS[1:3]), quoted(ALTERED), MAILS[4].replace(b"\n", b"\r\n"), quoted(MAILS[5])],
    )
    (leak / "bilan.txt").write_bytes(bill())
    (mirror / "bilan.txt").write_bytes(bill(net="1 900,00"))
    (leak / "note.txt").write_bytes(b"Une note qui change de dossier.\n" * 4)
    (mirror / "archive.zip").write_bytes(zipped({"deplace/note.txt": b"Une note qui change de dossier.\n" * 4}))
    (mirror / "neuf.txt").write_bytes(b"Jamais vu.\n" * 9)
    return sifted(root / "case", leak, mirror, jobs=2)


@pytest.fixture
def facts(case: Case) -> Iterator[Case]:
    with case.facts():
        yield case


def test_every_item_of_either_side_is_counted_once(facts: Case) -> None:
    found = compare("leak", "mirror")
    assert found.counts() == {"same": 2, "reframed": 1, "moved": 1, "changed": 2, "unread": 0, "missing": 1, "added": 2}
    assert sum(pair.ours is not None for pair in found.pairs) == 7
    assert sum(pair.theirs is not None for pair in found.pairs) == 8
    totals = [sum(counts[kind] for _, counts in found.by_container()) for kind in KINDS]
    assert totals == list(found.counts().values())


def test_each_is_listed_with_where_it_lies(facts: Case) -> None:
    found = compare("leak", "mirror")
    places = {
        kind: [(p.ours.place if p.ours else None, p.theirs.place if p.theirs else None) for p in found.of(kind)]
        for kind in KINDS
    }
    assert places["moved"] == [("note.txt", "archive.zip/deplace/note.txt")]
    assert places["missing"] == [("boites/a.mbox/000000", None)]
    assert places["added"] == [(None, "boites/a.mbox/000004"), (None, "neuf.txt")]
    assert places["reframed"] == [("boites/a.mbox/000004", "boites/a.mbox/000003")]
    assert places["changed"] == [("bilan.txt", "bilan.txt"), ("boites/a.mbox/000003", "boites/a.mbox/000002")]
    paper, message = found.of("changed")
    assert ("1 500,00", "1 900,00") in [(one.ours, one.theirs) for one in paper.changes]
    assert [(one.ours, one.theirs) for one in message.changes] == [("3.", "33.")]


def test_the_other_way_round_missing_and_added_change_places(facts: Case) -> None:
    one, other = compare("leak", "mirror").counts(), compare("mirror", "leak").counts()
    assert (one["missing"], one["added"]) == (other["added"], other["missing"])
    assert {k: one[k] for k in KINDS[:5]} == {k: other[k] for k in KINDS[:5]}


def test_a_dump_is_the_same_as_itself(facts: Case) -> None:
    counts = compare("leak", "leak").counts()
    assert counts == {**dict.fromkeys(KINDS, 0), "same": 7}


def test_containers_are_compared_by_their_paths(facts: Case) -> None:
    found = as_json(compare("leak/boites/a.mbox", "mirror/boites/a.mbox"))
    assert found["counts"] == {
        "same": 2,
        "reframed": 1,
        "moved": 0,
        "changed": 1,
        "unread": 0,
        "missing": 1,
        "added": 1,
    }


@pytest.mark.parametrize("name", ["nowhere", "leak/bilan.txt", "leak/boites/a.mbox/000000"])
def test_what_holds_nothing_cannot_be_compared(facts: Case, name: str) -> None:
    with pytest.raises(InputError) as raised:
        compare("leak", name)
    assert raised.value.code == "compare-unknown"


def test_the_command_prints_counts_and_lists(case: Case, crible) -> None:
    printed = crible("compare", "leak", "mirror", "--case", case.folder).stdout
    assert "boites/a.mbox/000003 → boites/a.mbox/000002" in printed
    assert "“1 500,00” → “1 900,00”" in printed
    told = json.loads(crible("compare", "leak", "mirror", "--case", case.folder, "--json").stdout)
    assert told["counts"]["changed"] == 2
    assert {item["kind"] for item in told["items"]} == set(KINDS) - {"same", "unread"}
    assert "[compare-unknown]" in crible("compare", "leak", "x", "--case", case.folder, code=1).stderr


def test_what_has_no_bytes_is_the_same_only_in_the_same_container(tmp_path: Path, sifted) -> None:
    """An encrypted member: one line of the ledger where the archive is one, and no word on it where it is not."""
    locked = zipped({"secret.txt": b"x" * 40})
    locked = locked.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
    )
    for name, data in (("a", locked), ("b", locked), ("c", locked + b"")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "coffre.zip").write_bytes(data)
    other = zipped({"secret.txt": b"x" * 40, "ouvert.txt": b"y" * 40})
    (tmp_path / "c/coffre.zip").write_bytes(other)
    case = sifted(tmp_path / "case", tmp_path / "a", tmp_path / "b", tmp_path / "c")
    with case.facts():
        assert compare("a", "b").counts() == {**dict.fromkeys(KINDS, 0), "same": 1}
        assert compare("a", "c").counts() == {**dict.fromkeys(KINDS, 0), "unread": 1, "added": 1}
