"""The export: one line a document, the same whatever the timing, safe in a spreadsheet, in either language."""

import csv
import io
import json
from pathlib import Path

import pytest

from crible.sift.export import COLUMNS, lines, write
from crible.store.case import Case
from crible.words import render

KEYS = {
    "format", "id", "wire", "kind", "family", "paths", "size", "mime", "status", "reason", "message_id", "subject",
    "from", "to", "date", "name", "language", "class", "attachments", "parents", "thread", "grade", "evidence",
    "silent",
}  # fmt: skip
"""Of architecture.md, "Export line"."""
GRADE = {"level", "content", "origin", "time", "questions", "badges", "spans"}
EVIDENCE = {"check", "version", "says", "strength", "bears_on", "message", "params", "fact", "where", "refs"}


def exported(case: Case, form: str = "jsonl", language: str = "en") -> str:
    file = io.StringIO(newline="")
    with case.facts():
        write(file, form, language)
    return file.getvalue()


@pytest.fixture(scope="module")
def found(world: Case) -> list[dict]:
    return [json.loads(line) for line in exported(world).splitlines()]


def test_every_line_has_the_promised_keys(found: list[dict]) -> None:
    for line in found:
        assert line.keys() >= KEYS
        assert line["grade"] is None or line["grade"].keys() >= GRADE
        assert line["grade"] is None or line["grade"]["time"].keys() == {"not_before", "not_after"}
        assert all(evidence.keys() >= EVIDENCE for evidence in line["evidence"])
        assert line["status"] in {"read", "unreadable", "encrypted", "ignored", "quarantined"}
        assert (line["reason"] is None) == (line["status"] == "read")


def test_lines_are_sorted_by_id_each_document_once(found: list[dict]) -> None:
    ids = [line["id"] for line in found]
    assert ids == sorted(set(ids))
    assert {parent for line in found for parent in line["parents"]} <= set(ids)
    assert {attachment for line in found for attachment in line["attachments"]} <= set(ids)


def test_another_run_with_other_children_exports_the_same_bytes(
    world: Case, world_leak: Path, key_file: Path, sifted, tmp_path: Path
) -> None:
    again = sifted(tmp_path / "again", world_leak, key_files=(key_file,), jobs=1)
    for form in ("jsonl", "csv"):
        assert exported(again, form) == exported(world, form)


def test_sentences_are_in_the_language_asked_for_and_nothing_else_changes(world: Case, found: list[dict]) -> None:
    french = [json.loads(line) for line in exported(world, language="fr").splitlines()]
    said = {e["fact"] for line in found for e in line["evidence"]}
    dit = {e["fact"] for line in french for e in line["evidence"]}
    assert said
    assert not said & dit
    assert any("signé" in sentence or "signature" in sentence for sentence in dit)
    reasons = {line["reason"]["code"]: line["reason"]["sentence"] for line in french if line["reason"]}
    assert reasons["empty"] == render("ledger", "empty", {}, "fr") != render("ledger", "empty", {}, "en")
    for english, line in zip(found, french, strict=True):
        assert [e["message"] for e in english["evidence"]] == [e["message"] for e in line["evidence"]]
        assert english["paths"] == line["paths"]


def test_no_cell_of_a_table_is_a_formula(world: Case) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(world, "csv"), newline="")))
    assert tuple(rows[0]) == COLUMNS
    subjects = {row["subject"] for row in rows}
    assert {"'=1+1", "'+33 1", "'@SUM(A1)", "'-2+3"} <= subjects
    assert "'-x@valette.example" in {row["from"] for row in rows}
    assert not [cell for row in rows for cell in row.values() if cell[:1] in set("=+-@\t\r\n")]


def test_a_document_not_read_is_a_line_with_its_reason(found: list[dict]) -> None:
    (unknown,) = [line for line in found if line["paths"] == ["leak/loose/inconnu.bin"]]
    assert (unknown["status"], unknown["reason"]["code"], unknown["grade"]) == ("unreadable", "no-reader", None)
    assert unknown["wire"] == unknown["id"]


def test_lines_come_one_by_one(facts: Case) -> None:
    assert next(lines())["format"] == 1
