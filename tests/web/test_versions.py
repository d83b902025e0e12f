"""Clusters of versions, and one of them step by step."""

import pytest
from django.test import Client
from inert import Page
from woven_cases import SECRET, statements

from crible.review.models import Opening, User
from crible.store.case import Case
from crible.store.models import Document, Version


@pytest.fixture
def slug(woven: Case) -> str:
    """Of the woven case."""
    return woven.uuid[:8]


def cluster(woven: Case, name: str) -> str:
    """The cluster that a file lies in."""
    with woven.facts():
        return bytes(Version.objects.get(document__path__endswith=name).cluster).hex()


def read(client: Client, path: str, status: int = 200, language: str = "en") -> str:
    answer = client.get(path, headers={"accept-language": language})
    page = Page(answer.content.decode())
    assert answer.status_code == status, page.text
    assert page.problems == []
    return page.text


def test_a_cluster_is_told_by_its_differences(weaver: Client, slug: str, woven: Case) -> None:
    text = read(weaver, f"/{slug}/versions/")
    assert "1 paper or mail lies here in several versions" in text
    assert "2 versions" in text
    assert "7 200 a number" in text or "1 200 a number" in text
    assert "note.txt" in text
    body = weaver.get(f"/{slug}/versions/").content.decode()
    assert f'href="/{slug}/versions/{cluster(woven, "note.txt")}/"' in body
    assert f'href="/{slug}/compare/' in body


def test_it_speaks_french(weaver: Client, slug: str, woven: Case) -> None:
    assert "existe ici en plusieurs versions" in read(weaver, f"/{slug}/versions/", language="fr")
    text = read(weaver, f"/{slug}/versions/{cluster(woven, 'note.txt')}/", language="fr")
    assert "Depuis la précédente" in text


def test_each_step_says_what_changed_since_the_one_before(weaver: Client, slug: str, woven: Case) -> None:
    text = read(weaver, f"/{slug}/versions/{cluster(woven, 'note.txt')}/")
    assert text.count("Since the one before:") == 1
    assert "nothing says where it stands in the order" in text
    assert "a date" in text


def test_private_versions_are_counted_and_not_shown(weaver: Client, slug: str, woven: Case) -> None:
    text = read(weaver, f"/{slug}/versions/")
    assert "1 more lies on the closed shelf." in text
    assert "analyse" not in text
    assert "2,1" not in text
    private = read(weaver, f"/{slug}/versions/{cluster(woven, 'analyse.txt')}/")
    assert "2,1" not in private
    assert "3,9" not in private
    assert SECRET not in private
    assert "What changed is not shown" in private


def test_once_taken_from_the_shelf_they_have_their_place(weaver: Client, slug: str, woven: Case) -> None:
    with woven.facts():
        found = [
            bytes(one).hex()
            for one in Document.objects.filter(path__contains="analyse").values_list("sha256", flat=True)
        ]
    owner = User.objects.get(owner=True)
    for one in found:
        Opening.objects.create(case=woven.uuid, document=one, by=owner, reason="Deux sources en parlent.")
    try:
        text = read(weaver, f"/{slug}/versions/")
    finally:
        Opening.objects.all().delete()
    assert "2 papers or mails lie here in several versions" in text
    assert "analyse-v2.txt" in text


def test_what_is_no_cluster_is_not_found(weaver: Client, slug: str) -> None:
    assert weaver.get(f"/{slug}/versions/{'0' * 64}/").status_code == 404
    assert weaver.get(f"/{slug}/versions/zz/").status_code == 404
    assert weaver.post(f"/{slug}/versions/").status_code == 405


def test_a_case_without_versions_says_what_was_held_against_what(visitor: Client, case: Case) -> None:
    assert "No two documents here are versions of one another" in read(visitor, f"/{case.uuid[:8]}/versions/")


def test_few_statements(weaver: Client, slug: str, woven: Case) -> None:
    assert statements(woven, weaver, f"/{slug}/versions/") <= 6
    assert statements(woven, weaver, f"/{slug}/versions/{cluster(woven, 'note.txt')}/") <= 8
