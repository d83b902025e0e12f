"""Snippets: the passage that shows why, safe to show, with places to highlight."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.index.search import Searcher
from crible.index.snippet import LENGTH, Snippet, near, snippet
from crible.index.syntax import parse


def lit(query: str, text: str, language: str = "fr") -> list[str]:
    passage = snippet(parse(query), text, language)
    return [passage.text[start:end] for start, end in passage.highlights]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("election", "L'élection et les élections.", ["élection", "élections"]),
        ("signée", "Le devis signé", ["signé"]),
        ('"salle d\'evreux"', "la salle d’Évreux, salle vide", ["salle d’Évreux"]),
        ('"salle d*"', "la salle dorée, la salle vide", ["salle dorée"]),
        ("fact*", "Facture facturée, effacer", ["Facture", "facturée"]),
        ("evraux~", "Évreux", ["Évreux"]),
        ('"prix devis"~3', "devis au prix", ["devis", "prix"]),
        ("devis -salle", "devis salle", ["devis"]),
        ("text:devis from:jean", "devis jean", ["devis"]),
        ("rendez-vous", "le rendez-vous, vous rendez", ["rendez-vous"]),
        ("facture", "fac\u200bture e\u0301te\u0301", ["facture"]),
        ("(a OR b) c", "b x c a", ["b", "c", "a"]),
        ("NOT devis", "devis", []),
        ("*", "devis", []),
    ],
)
def test_finds_are_highlighted_where_they_stand(query: str, text: str, expected: list[str]) -> None:
    assert lit(query, text) == expected


def test_the_stretch_with_most_different_terms_wins() -> None:
    text = "prix " * 5 + "rien " * 300 + "le prix du devis signé" + " rien" * 300

    passage = snippet(parse("prix devis"), text, "fr")
    assert "prix du devis" in passage.text
    assert passage.cut_before
    assert passage.cut_after
    assert len(passage.text) <= LENGTH
    assert text[passage.start :].startswith("rien")


def test_of_equal_stretches_the_first_is_shown() -> None:
    passage = snippet(parse("devis"), "un devis ici" + " rien" * 300 + " un devis là", "fr")

    assert (passage.start, passage.text[:12]) == (0, "un devis ici")


def test_without_a_find_the_beginning_is_shown() -> None:
    text = "Bonjour à tous. " * 40

    passage = snippet(parse("introuvable"), text)
    assert passage.text.startswith("Bonjour")
    assert (passage.highlights, passage.start, passage.cut_before, passage.cut_after) == ((), 0, False, True)
    assert snippet(parse("x"), "") == Snippet("", (), 0, False, False)


def test_controls_and_text_direction_do_not_reach_the_page() -> None:
    passage = snippet(parse("facture"), "a\x00b\u202e\n\n  facture\u2066 \ud800fin\r\n<b>&")

    assert passage.text == "ab facture fin <b>&"
    assert [passage.text[a:b] for a, b in passage.highlights] == ["facture"]


def test_the_searcher_takes_a_text_or_how_to_get_it(leak: Searcher) -> None:
    hit = leak.search("prix").hits[0]

    given_text = leak.snippet("prix", hit, "le prix")
    assert leak.snippet("prix", hit, lambda id_: "le prix" if id_ == hit.record.id else "") == given_text
    assert given_text.highlights == ((3, 7),)


@given(st.text(max_size=600), st.sampled_from(["a*", "é", '"a b"', "x~", "le OR la", "*"]))
def test_any_text_gives_a_bounded_snippet_with_places_in_order(text: str, query: str) -> None:
    passage = snippet(parse(query), text, "fr")

    assert len(passage.text) <= 2 * LENGTH
    places = [place for span in passage.highlights for place in span]
    assert places == sorted(places)
    assert not places or (places[0] >= 0 and places[-1] <= len(passage.text))


@pytest.mark.parametrize("text", ["x" * 1_000_000, "devis " * 200_000, "\u0301" * 300_000, "e\u0301 " * 100_000])
def test_large_and_odd_texts_are_bounded(text: str) -> None:
    started = process_time()
    passage = snippet(parse("devis OR x OR e"), text, "fr")

    assert process_time() - started < 3
    assert len(passage.text) <= 2 * LENGTH


@pytest.mark.parametrize(
    ("one", "other", "letters"),
    [
        ("devis", "devi", 1),
        ("devis", "dveis", 1),
        ("devis", "dives", 2),
        ("abc", "abc", 0),
        ("ca", "abc", 3),
        ("a", "xyz", 3),
    ],
)
def test_distances_count_a_swap_of_neighbours_once(one: str, other: str, letters: int) -> None:
    for distance in (1, 2, 3):
        assert near(one, other, distance) == near(other, one, distance) == (letters <= distance)
