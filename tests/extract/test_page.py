"""A page is its text, folded letter for letter: what is found in the one stands at the same place in the other."""

from hypothesis import given
from hypothesis import strategies as st

from crible.extract.page import _BASE, HEAD, TAIL, Page, fold, spaced, words_of
from crible.model.facts import Reading


@given(st.text(max_size=200))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(max_size=200) | st.text("aÀéŒœÿŸ’…€\x81\x90ıİƑẞ\u212a\u212bΣσς?", max_size=40))
def test_folding_by_bytes_is_folding_by_letters(text: str) -> None:
    bases = {letter: base for letters, base in _BASE.items() for letter in letters}
    small = [letter.lower()[0] for letter in text]
    assert fold(text) == "".join(
        bases.get(letter, letter).encode("cp1252", "replace").decode("cp1252") for letter in small
    )


def test_folding_takes_accents_and_case_and_leaves_figures() -> None:
    assert fold("Échéance : 31/08 – Cœur d’Été 1 234,56 €") == "echeance : 31/08 - cour d'ete 1 234,56 €"
    assert words_of("L’Échéance, n° 12") == ["l", "echeance", "n", "12"]
    assert spaced("Bon pour accord !") == " bon pour accord "


def test_a_long_text_is_looked_at_from_both_ends() -> None:
    page = Page.of(Reading("text/plain", text="début " + "x" * 200_000 + " fin\u202f!"))
    assert len(page.text) <= HEAD + TAIL + 1
    assert {"debut", "fin"} <= page.vocabulary


def test_lines_begin_where_they_say() -> None:
    page = Page.of(Reading("text/plain", text="a\r\n\r\n  \nFacture n° 3\rb"))
    assert [(page.text[start : start + len(line)], line) for start, line in page.lines] == [
        ("a", "a"), ("Facture n° 3", "Facture n° 3"), ("b", "b"),
    ]  # fmt: skip
