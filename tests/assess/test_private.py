"""What closes the private shelf, and office mail that must not be closed."""

import pytest

from crible.assess.private import ATTACHED, NO_OFFICE, private
from crible.model.sorting import Clue
from crible.words import LANGUAGES, render

OFFICES = frozenset({"horizon.example", "quai.example"})
HEALTH, FAMILY, SHOP = (
    Clue("private-health", "mon medecin", 1),
    Clue("private-family", "maman", 0.5),
    Clue("private-shop", "", 1),
)
HOME = ("clairmail.example", "clairmail.example")


@pytest.mark.parametrize(
    ("clues", "domains", "reasons"),
    [
        ([HEALTH], ("horizon.example", "quai.example"), ("private-health",)),
        ([SHOP], ("boutique.example", "horizon.example"), (NO_OFFICE, "private-shop")),
        ([FAMILY], HOME, (NO_OFFICE, "private-family")),
        ([FAMILY], ("clairmail.example", "horizon.example"), (NO_OFFICE, "private-family")),
        ([FAMILY], ("quai.example", "horizon.example"), ()),
        ([FAMILY], None, ()),
        ([HEALTH], None, ("private-health",)),
        ([FAMILY], ("clairmail.example",) * 12, ()),
        ([FAMILY], ("clairmail.example",), ()),
        ([], HOME, ()),
        ([Clue("private-minors", "", 0.3)], HOME, ()),
    ],
)
def test_the_shelf(clues: list[Clue], domains: tuple[str, ...] | None, reasons: tuple[str, ...]) -> None:
    assert private(clues, domains, OFFICES) == reasons


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words(language: str) -> None:
    from crible.extract.private.words import WORDS

    for key in (*WORDS, NO_OFFICE, ATTACHED, "private-person"):
        assert render("classes", key, {"text": ""}, language)
