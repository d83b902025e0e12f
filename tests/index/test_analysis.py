"""Words: the same for index, query, snippet and comparison."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.index.analysis import Word, clean, keyword, stem, tokens, without_elision, words

TEXTS = st.text(
    st.one_of(
        st.characters(max_codepoint=0x24F),
        st.sampled_from("\u0301\u0327\u00ad\u200b\u202e\ufeff’œﬁ字कि्\u09c7\u09be\u1100\u1161\ud800"),
        st.characters(),
    ),
    max_size=60,
)


def test_words_know_their_places_in_the_text_as_given() -> None:
    text = "L'œuvre e\u0301te\u0301, fac\u200bture ﬁn"

    assert words(text) == [
        Word("l", 0, 1), Word("oeuvre", 2, 7), Word("ete", 8, 13), Word("facture", 15, 23), Word("fin", 24, 26),
    ]  # fmt: skip
    assert text[15:23] == "fac\u200bture"


@given(TEXTS)
def test_words_are_the_tokens_of_the_index(text: str) -> None:
    found = words(text)

    assert [word.token for word in found] == tokens(text)
    assert all(0 <= word.start < word.end <= len(text) for word in found)
    assert all(a.start <= b.start for a, b in pairwise(found))


@given(TEXTS)
def test_cleaning_settles_and_can_be_encoded(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    clean(text).encode()


@given(st.text(max_size=80), st.integers(0, 90))
def test_only_the_first_characters_are_looked_at(text: str, limit: int) -> None:
    assert words(text, limit) == words(text[:limit])


@pytest.mark.parametrize(
    ("word", "bare"),
    [("l'élection", "élection"), ("Qu’il", "il"), ("aujourd'hui", "aujourd'hui"), ("o'neill", "o'neill"), ("l'", "l'")],
)
def test_elision(word: str, bare: str) -> None:
    assert without_elision(word) == bare


def test_stems_and_keywords() -> None:
    assert stem("élections", "fr") == stem("l'élection", "fr") == "elect"
    assert stem("signée", "fr") == stem("signés", "fr")
    assert stem("word", "") == stem("word", "de") == ""
    assert keyword("Boîte É") == "boite e"
