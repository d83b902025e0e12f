"""Whole lines in order are a verbatim quote; anything else is not."""

from hypothesis import given
from hypothesis import strategies as st

from crible.assess.compare import quoted
from crible.assess.verbatim import verbatim

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
