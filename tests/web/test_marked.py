"""Searching by what people marked."""

import pytest
from django.test import Client

from crible.review import marks, notes
from crible.review.people import owner
from crible.store.case import Case
from crible.web.queries.marked import Marked, lift, read


@pytest.mark.parametrize(
    ("query", "left", "terms"),
    [
        ("devis tag:budget", "devis", ("tag:budget",)),
        ('tag:"à revoir" -state:cleared', "", ('tag:"à revoir"', "-state:cleared")),
        ("étiquette:presse salle", "salle", ("étiquette:presse",)),
        ("subject:tag:x", "subject:tag:x", ()),
        ("(tag:x OR devis)", "(tag:x OR devis)", ()),
        ('"tag:x y"', '"tag:x y"', ()),
        ("devis", "devis", ()),
    ],
)
def test_marks_are_lifted_out_of_the_words(query: str, left: str, terms: tuple[str, ...]) -> None:
    assert lift(query) == (left, terms)


def test_a_mark_is_read() -> None:
    assert read("-noted:*") == Marked("noted", "", excluded=True)
    assert read('tag:"à revoir"') == Marked("tag", "à revoir")
    assert read("grade:proven") is None


def found(visitor: Client, slug: str, query: str, language: str = "en") -> str:
    return visitor.get(f"/{slug}/search/", {"q": query}, headers={"accept-language": language}).content.decode()


def test_a_search_by_marks(visitor: Client, slug: str, ids: dict[str, str], case: Case) -> None:
    note = ids["note.txt"]
    marks.tag(owner(), case.uuid, note, "À revoir")
    marks.set_state(owner(), case.uuid, note, "to-verify")
    notes.note(owner(), case.uuid, note, "à vérifier")
    for query in ('tag:"À revoir"', "state:to-verify", "noted:*", "budget state:to-verify"):
        page = found(visitor, slug, query)
        assert note in page, query
        assert "1 message or file" in page, query
    assert note not in found(visitor, slug, "budget -state:to-verify")
    assert note not in found(visitor, slug, "devis state:to-verify")
    assert "Étiquette" in found(visitor, slug, 'étiquette:"À revoir"', "fr")


def test_no_such_mark_finds_nothing_and_no_such_state_says_so(visitor: Client, slug: str) -> None:
    assert "Not found in what was searched" in found(visitor, slug, "tag:nowhere")
    answer = visitor.get(f"/{slug}/search/", {"q": "state:maybe"})
    assert answer.status_code == 400
    assert "to-verify" in answer.content.decode()
