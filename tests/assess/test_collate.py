"""Two texts beside each other: nothing is left out, and what differs is named by kind."""

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crible.assess.collate import DIFFERENCES, LONGEST, Collated, collate

OURS = """Bonjour,

La salle est réservée du 3 mars au 7 avril.
Le montant retenu est de 58 214 € TTC, à régler avant le 20 mars.
IBAN FR76 3000 4000 0312 3456 7890 143

Chloé Ferrand
"""
THEIRS = """Bonjour,

> La salle est réservée du 3 mars au 7 avril. Le montant
> retenu est de 18 214 € TTC, à ne pas régler avant le 20 avril.
IBAN FR76 3000 4000 0312 3456 7890 999

Chloé Moreau
"""


def told(found: Collated) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(run.ours, run.theirs, run.kinds) for run in found.differing]


def test_each_difference_stands_in_its_place_with_what_it_concerns() -> None:
    assert told(collate(OURS, THEIRS)) == [
        ("58 214", "18 214", ("number",)),
        ("", "ne pas", ("negation",)),
        ("mars.", "avril.", ("date",)),
        ("143", "999", ("iban", "number")),
        ("Ferrand", "Moreau", ("name",)),
    ]
    assert all(run.telling for run in collate(OURS, THEIRS).differing)


def test_spacing_quoting_and_case_are_no_difference() -> None:
    found = collate("Le prix est de\n12 000 euros.\n", "> le prix est\n> de 12\N{NO-BREAK SPACE}000 euros.\n")
    assert told(found) == []
    assert not found.cut


def test_a_word_left_out_is_told_and_tells_nothing_by_itself() -> None:
    (run,) = collate("un très grand chantier", "un grand chantier").differing
    assert (run.ours, run.theirs, run.kinds, run.telling) == ("très", "", ("words",), False)


def test_a_line_put_in_stands_beside_the_line_it_was_put_above() -> None:
    runs = collate("un deux trois\nquatre cinq six", "un deux trois\nTOTAL\nquatre cinq six").runs
    assert [run.ours for run in runs] == ["un deux trois\n", "", "quatre cinq six"]
    assert [run.theirs for run in runs] == ["un deux trois\n", "TOTAL", "\nquatre cinq six"]


@pytest.mark.parametrize("text", ["", " \n ", "…", "12 345", ">> >"])
def test_texts_of_next_to_nothing(text: str) -> None:
    assert told(collate(text, text)) == []
    assert "".join(run.ours for run in collate(text, "").runs) == text


@settings(deadline=None)  # other tests share the machine
@given(st.text("12 345\n>ab*.\u202e\u00a0é", max_size=60), st.text("12 345\n>ab*.\u202e\u00a0é", max_size=60))
def test_both_texts_are_there_to_the_letter(ours: str, theirs: str) -> None:
    found = collate(ours, theirs)
    assert "".join(run.ours for run in found.runs) == ours
    assert "".join(run.theirs for run in found.runs) == theirs


def test_long_and_repetitive_texts_cost_little_and_are_said_to_be_cut() -> None:
    start = perf_counter()
    found = collate("a b " * 100_000, "b a " * 100_000)
    assert found.cut
    assert sum(len(run.ours) for run in found.runs) <= LONGEST
    assert perf_counter() - start < 5


def test_what_follows_the_last_difference_that_is_told_is_one_passage() -> None:
    ours = " ".join(f"mot{n} figure {n} alpha beta gamma delta" for n in range(600))
    theirs = " ".join(f"mot{n} figure {n + 1000} alpha beta gamma delta" for n in range(600))
    found = collate(ours, theirs)
    assert len(found.differing) == DIFFERENCES + 1
    assert found.differing[-1].ours.endswith("gamma delta")
