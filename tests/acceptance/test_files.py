"""Two thousand files of other people's test suites: read, accounted for, in peace but for what was made odd."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.corpora, pytest.mark.slow]

SOURCES = ("office.tar.xz", "pdf.tar.xz", "images.tar.xz", "invoices.tar.xz", "outlook.tar.xz")
REVIEWED = json.loads(Path(__file__).with_name("reviewed_files.json").read_text())
"""Questioned files of these archives, each with its cause; docs/review-of-real-files.md says more."""
MADE_SO = ("attack", "update after signing", "bytes left out", "broken credentials")
"""Causes that lie in the file: somebody altered it, to test readers such as this one."""


@pytest.fixture(scope="module")
def files(sifted: Callable[..., Any]) -> Any:
    return sifted(*SOURCES)


def asked(files: Any) -> dict[str, list[str]]:
    """Questioned documents by their path, with the messages that made them so."""
    found = {}
    for line in files.lines:
        if line["grade"] and line["grade"]["level"] in ("questioned", "contradicted"):
            rows = [row for row in line["evidence"] if row["says"] == "questions" and row["strength"] != "weak"]
            found[line["paths"][0]] = sorted({row["message"] for row in rows})
    return found


def test_everything_is_accounted_for_and_no_reader_fails(files: Any) -> None:
    assert files.code == 0, files.errors
    assert files.account["balanced"]
    assert files.account["unfinished"] == 0
    assert "quarantined" not in files.account["states"], files.items("quarantined")
    faults = {"reader-error", "worker-died", "time-limit", "cpu-limit", "memory-limit", "reply-broken"}
    assert [row for row in files.items("unreadable") if row["reason"] in faults] == []


def test_what_is_not_read_has_a_precise_reason(files: Any) -> None:
    """A type that has no reader, a password, damage: never more than one in fifty, damage made for tests aside."""
    codes = Counter(row["reason"] for row in files.items("unreadable"))
    assert set(codes) <= {"no-reader", "corrupt", "truncated", "method", "budget"}
    assert codes["corrupt"] + codes["truncated"] < len(files.lines) // 50


def test_each_questioned_file_was_looked_at(files: Any) -> None:
    found = asked(files)
    assert {path: REVIEWED.get(path, {}).get("says") for path in found} == found
    assert set(REVIEWED) == set(found)


def test_honest_files_stay_calm(files: Any) -> None:
    """At most one in a hundred of those that nobody altered on purpose."""
    honest = [path for path in asked(files) if REVIEWED[path]["cause"] not in MADE_SO]
    assert len(honest) <= 0.01 * len(files.lines)
    assert all(not line["grade"] or line["grade"]["level"] != "contradicted" for line in files.lines)


def test_every_shadow_attack_is_questioned_and_its_originals_are_not(files: Any) -> None:
    """Mainka and others, NDSS 2021: signed with a prepared content (3_), then shown otherwise (4_)."""
    found = asked(files)
    shadows = {path for line in files.lines for path in line["paths"] if "-exploits/" in path and path.endswith(".pdf")}
    signed = {path for path in shadows if path.rpartition("/")[2].startswith(("3_", "4_"))}
    assert len(signed) >= 7
    assert signed <= set(found)
    assert [path for path in found if path in shadows - signed] == []
