"""Budgets are stated in case.toml, and what they refuse is a row with its reason."""

import gzip
import json
from pathlib import Path

import pytest

from crible.intake.budget import Budget
from crible.model.errors import CaseError
from crible.sift.budgets import DEPTH, budgets
from crible.store.case import Case


def with_budgets(folder: Path, lines: str) -> Case:
    Case.create(folder)
    settings = folder / "case.toml"
    settings.write_text(settings.read_text() + lines)
    return Case.open(folder)


def test_a_new_case_has_the_programs_own_budgets(tmp_path: Path) -> None:
    assert budgets(Case.create(tmp_path / "case")) == (Budget(), DEPTH)


@pytest.mark.parametrize("line", ["ratio = 0", "ratio = true", 'ratio = "many"', "speed = 3"])
def test_a_budget_that_makes_no_sense_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(CaseError, match="case-broken"):
        budgets(with_budgets(tmp_path / "case", f"{line}\n"))


def test_what_goes_beyond_is_a_row(crible, tmp_path: Path) -> None:
    nested = b"au fond\n"
    for _ in range(4):
        nested = gzip.compress(nested)
    (tmp_path / "nested.gz").write_bytes(nested)
    with_budgets(tmp_path / "case", "depth = 3\n")
    crible("sift", tmp_path / "nested.gz", "--case", tmp_path / "case")
    account = json.loads(crible("ledger", "--case", tmp_path / "case", "--json").stdout)
    assert account["balanced"]
    assert [(reason["code"], reason["what"]) for reason in account["reasons"]] == [("budget", "depth")]
