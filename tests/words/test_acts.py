"""Whatever the log is told of has its sentence, in both languages."""

import re
from pathlib import Path

import pytest

from crible import words

SOURCES = Path(words.__file__).parents[1]
TOLD = re.compile(r"audit\.append\(\s*[^,()]+(?:\([^()]*\))?[^,()]*,\s*\"([-a-z]+)\"")


def told() -> set[str]:
    """Acts named where the log is appended to."""
    return {act for path in SOURCES.rglob("*.py") for act in TOLD.findall(path.read_text(encoding="utf-8"))}


def test_many_acts_are_found() -> None:
    assert {"shelf-open", "token-make", "original"} <= told()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_act_has_its_sentence(language: str) -> None:
    assert sorted(told() - set(words.keys("acts", language))) == []
