"""What is planted is fixed: complete, reasoned, and named in both languages."""

import ast
from pathlib import Path

import pytest

import crible.demo.forgeries as forgeries
from crible.demo.forgeries.catalogue import REPORTING_SEEDS, SCENARIOS, TUNING_SEEDS, TWINS
from crible.words import LANGUAGES, render

OURS = ("crible.demo", "crible.words")


def test_every_row_of_the_evidence_catalogue_is_there():
    numbers = {one.number.rstrip("abc") for one in (*SCENARIOS, *TWINS)}
    assert {str(number) for number in range(1, 40)} <= numbers  # 40 is the base rate, which the report works out
    assert len({one.key for one in (*SCENARIOS, *TWINS)}) == len(SCENARIOS) + len(TWINS)


def test_what_is_not_counted_has_a_reason_and_what_is_has_an_answer():
    for scenario in SCENARIOS:
        assert scenario.detectable != bool(scenario.why) or scenario.needs, scenario.key
        assert scenario.detectable == (bool(scenario.answers) and not scenario.needs)
        assert scenario.plants or scenario.why, scenario.key


def test_seeds_for_tuning_and_reporting_share_none():
    assert not set(TUNING_SEEDS) & set(REPORTING_SEEDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_has_a_title_that_fits_a_terminal(language):
    for one in (*SCENARIOS, *TWINS):
        assert render("bench", one.key, {}, language)
    for scenario in SCENARIOS:
        assert not scenario.why or render("bench", scenario.why, {}, language)


def test_it_imports_nothing_of_what_it_tests():
    for path in Path(forgeries.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                assert not name.startswith("crible") or name.startswith(OURS), (path.name, name)
