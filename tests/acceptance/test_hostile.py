"""Archives, files and mails made to break whoever opens them: everything ends as a row, nothing gets out."""

import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sift_spans import strayed

from crible.intake.names import clean

pytestmark = pytest.mark.corpora

SOURCES = ("hostile.tar.xz", "phishing.tar.xz")
CHILD_KB = 2 << 20
"""What a child may hold: RLIMIT_AS is 2 GB."""
COORDINATOR_KB = 1 << 20


PLACES = (Path("/"), Path("/tmp"), Path("/etc"), Path.home())
"""Where absolute names and `../..` of the archives would lead."""


@pytest.fixture(scope="module", params=SOURCES)
def hostile(request: pytest.FixtureRequest, sifted: Callable[..., Any]) -> Any:
    before = {path for place in PLACES for path in place.iterdir()}
    case = sifted(request.param)
    return request.param, case, {path for place in PLACES for path in place.iterdir()} - before


def test_every_entry_ends_with_a_state_and_a_reason(hostile: Any, corpora: Path) -> None:
    name, case, _ = hostile
    assert case.code == 0, case.errors
    account = case.account
    assert account["balanced"]
    assert account["unfinished"] == 0
    assert account["in"] == account["out"] == sum(account["states"].values())
    items = {state: case.items(state) for state in account["states"]}
    for state, count in account["states"].items():
        assert len(items[state]) == count
        assert state == "read" or all(item["sentence"] for item in items[state]), state
    paths = {item["path"] for rows in items.values() for item in rows}
    with tarfile.open(corpora / name) as archive:
        members = [member.name for member in archive]
    inside = f"{name}/{name.removesuffix('.xz')}/"
    assert [member for member in members if inside + clean(member.encode(errors="surrogateescape")) not in paths] == []
    assert "quarantined" not in account["states"], items["quarantined"]
    assert strayed(case.case) == []


def test_nothing_gets_out(hostile: Any) -> None:
    _, case, appeared = hostile
    assert case.seen["connected"] == []
    assert case.seen["strayed"] == []
    around = {str(path.relative_to(case.room)) for path in case.room.rglob("*")}
    assert {path for path in around if not path.startswith("case/")} == {"case", "home", "tmp", "work"}
    named = {part for line in case.lines for path in line["paths"] for part in path.split("/")}
    assert {path for path in appeared if path.name in named} == set()


def test_no_child_and_no_coordinator_grows_over_its_bounds(hostile: Any) -> None:
    _, case, _ = hostile
    assert 0 < case.seen["children_kb"] <= CHILD_KB
    assert case.seen["own_kb"] <= COORDINATOR_KB
