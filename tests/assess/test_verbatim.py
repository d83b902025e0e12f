"""Whole lines in order are a verbatim quote; anything else is not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.assess.compare import quoted
from crible.assess.verbatim import placed, verbatim

OURS = "Bonjour,\n\nLe montant est de 2 450 euros.\nLa salle est réservée.\nMerci\n"


def test_lines_in_order_count_their_words() -> None:
    assert verbatim(OURS, "> Le montant est de 2 450 euros.\n> Merci\n") == 8
    assert verbatim(OURS, OURS) == 13


def test_a_changed_figure_another_order_or_a_rewrapped_line_is_not_verbatim() -> None:
    assert verbatim(OURS, "Le montant est de 12 450 euros.") == 0
    assert verbatim(OURS, "Merci\nBonjour,") == 0
    assert verbatim(OURS, "Le montant est de\n2 450 euros.") == 0


@given(st.lists(st.text(alphabet="abc 12.>\n", max_size=30), max_size=12), st.data())
def test_never_says_more_than_the_full_comparison(lines: list[str], data: st.DataObject) -> None:
    ours = "\n".join(lines)
    picked = data.draw(st.lists(st.booleans(), min_size=len(lines), max_size=len(lines)))
    quote = "\n".join(line for line, keep in zip(lines, picked, strict=True) if keep)
    if verbatim(ours, quote):
        _, _, changes = quoted(ours, quote)
        assert changes == ()


LINES = "Bonjour a tous,\n\n  le total est de 12 450 euros.  \nMerci.\nMerci.\nA demain, dans la salle du bas.\n"


@pytest.mark.parametrize(
    ("quotes", "passages"),
    [
        (["Bonjour a tous,\n\nle total est de 12 450 euros."], ["le total est de 12 450 euros."]),
        (["le total est de 12 450 euros.\nMerci.\nMerci."], ["le total est de 12 450 euros.  \nMerci.\nMerci."]),
        (["le total est de 12 450 euros.", "A demain, dans la salle du bas."],
         ["le total est de 12 450 euros.", "A demain, dans la salle du bas."]),
        (["le total est de 12 450\neuros."], []),
        (["le total est de 92 450 euros."], []),
        (["Merci."], []),
        (["A demain, dans la salle du bas.\nle total est de 12 450 euros."], ["A demain, dans la salle du bas."]),
        ([], []),
    ],
    ids=["short line first", "short lines behind", "two quotes", "wrapped", "changed", "anywhere", "order", "none"],
)  # fmt: skip
def test_where_quoted_lines_stand(quotes: list[str], passages: list[str]) -> None:
    assert [LINES[start:end] for start, end in placed(LINES, quotes)] == passages


@given(st.text(alphabet="ab \n>", max_size=80), st.lists(st.text(alphabet="ab \n", max_size=40), max_size=4))
def test_passages_are_lines_of_both_in_order(ours: str, quotes: list[str]) -> None:
    found = placed(ours, quotes)
    assert all(start < end for start, end in found)
    assert all(end <= start for (_, end), (start, _) in pairwise(found))
    quoted = {line.strip() for quote in quotes for line in quote.split("\n")}
    assert all(line.strip() in quoted for start, end in found for line in ours[start:end].split("\n") if line.strip())
