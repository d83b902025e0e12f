"""Generations: readers are never disturbed, and a build that dies leaves the former index as it was."""

import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from crible.index import generations
from crible.index.record import Record
from crible.index.search import Searcher
from crible.index.writer import Writer, month
from crible.model.errors import CaseError

Make = Callable[..., Record]


def build(folder: Path, *records: Record) -> None:
    with Writer(folder, heap=15_000_000) as writer:
        for one in records:
            writer.add(one)


def test_a_reader_keeps_its_generation_through_rebuilds(tmp_path: Path, make: Make) -> None:
    build(tmp_path, make("one", "ancien"))
    reader = Searcher(tmp_path)
    assert not reader.stale()

    for _ in range(3):
        build(tmp_path, make("two", "nouveau"))

    assert reader.stale()
    assert reader.search("ancien").hits[0].record.path == "one"
    assert Searcher(tmp_path).search("ancien").hits == ()
    assert Searcher(tmp_path).search("nouveau").hits[0].record.path == "two"


def test_old_generations_are_swept_but_one(tmp_path: Path, make: Make) -> None:
    for _ in range(4):
        build(tmp_path, make("one", "mot"))

    assert sorted(path.name for path in tmp_path.iterdir()) == ["CURRENT", "g000003", "g000004"]


def test_until_commit_nothing_changes_and_abandoning_leaves_no_trace(tmp_path: Path, make: Make) -> None:
    build(tmp_path, make("one", "ancien"))
    writer = Writer(tmp_path, heap=15_000_000)
    writer.add(make("two", "nouveau"))
    assert Searcher(tmp_path).search("nouveau").hits == ()

    writer.abandon()
    assert Searcher(tmp_path).search("ancien").total_documents == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["CURRENT", "g000001"]


def test_a_block_that_raises_abandons(tmp_path: Path, make: Make) -> None:
    build(tmp_path, make("one", "ancien"))
    twice = (record for record in (make("two", "nouveau"), None))
    with pytest.raises(AttributeError):
        build(tmp_path, *twice)  # type: ignore[arg-type]

    assert Searcher(tmp_path).search("*").total_documents == 1


KILLED = """
import os, signal, sys
from pathlib import Path
from crible.index.record import Record
from crible.index.writer import Writer
writer = Writer(Path(sys.argv[1]), heap=15_000_000)
for number in range(20_000):
    writer.add(Record(id=f"{number:064x}", text=f"nouveau mot{number} " * 20))
    if number == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("moment", [0, 15_000])
def test_a_killed_build_leaves_the_former_index_and_the_next_one_cleans_up(
    tmp_path: Path, make: Make, moment: int
) -> None:
    build(tmp_path, make("one", "ancien"))

    dead = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), str(moment)], check=False)
    assert dead.returncode == -signal.SIGKILL
    assert (tmp_path / "g000002").is_dir()
    assert Searcher(tmp_path).search("ancien OR nouveau").total_documents == 1

    build(tmp_path, make("two", "dernier"))
    assert Searcher(tmp_path).search("ancien OR nouveau").total_documents == 0
    assert Searcher(tmp_path).search("*").total_documents == 1


def test_an_index_of_another_version_is_refused_but_survives_until_rebuilt(
    tmp_path: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, make("one", "mot"))
    with monkeypatch.context() as older:
        older.setattr(generations, "VERSION", 99)
        with pytest.raises(CaseError) as caught:
            Searcher(tmp_path)
        assert caught.value.code == "index-version"
        assert generations.begin(tmp_path).name == "g000002"
    assert Searcher(tmp_path).search("mot").total_documents == 1


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"generation": "../x", "documents": 1, "unsearchable": 0}'])
def test_a_spoilt_pointer_is_an_error_of_ours_and_can_be_rebuilt(tmp_path: Path, make: Make, content: str) -> None:
    (tmp_path / "CURRENT").write_text(content)
    with pytest.raises(CaseError):
        Searcher(tmp_path)

    build(tmp_path, make("one", "mot"))
    assert Searcher(tmp_path).search("mot").total_documents == 1


@pytest.mark.parametrize(
    ("date", "expected"),
    [(0, "1970-01"), (1_493_071_200, "2017-04"), (None, ""), (1 << 60, ""), (-62_135_596_800, "0001-01")],
)
def test_months_are_of_utc(date: int | None, expected: str) -> None:
    assert month(date) == expected


@pytest.mark.parametrize("fields", [{}, {"grade": "proven", "badges": ("short-key",), "date": 0, "inclusive": False}])
def test_a_record_comes_back_as_it_was_given_but_for_what_is_searched_only(
    tmp_path: Path, make: Make, fields: dict[str, object]
) -> None:
    given = make("one", "mot", named=(("person", "Ann"),), **fields)
    build(tmp_path, given)
    assert Searcher(tmp_path).get(given.id) == replace(given, text="", named=())


@pytest.mark.parametrize(("text", "unsearchable"), [("", 1), (" \n\x1f\u2003", 1), ("\n.", 0)])
def test_blanks_are_no_text(tmp_path: Path, make: Make, text: str, unsearchable: int) -> None:
    build(tmp_path, make("one", text))
    searcher = Searcher(tmp_path)
    assert searcher.coverage.unsearchable == unsearchable
    assert searcher.count("has:text") == 1 - unsearchable
