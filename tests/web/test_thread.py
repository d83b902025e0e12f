"""A conversation, with what is missing from it."""

import pytest
from django.test import Client
from inert import Page
from woven_cases import statements

from crible.store.case import Case
from crible.store.models import Document
from crible.web.queries import threads
from crible.web.queries.names import Named
from crible.web.queries.threads import Message, thread


@pytest.fixture
def slug(woven: Case) -> str:
    """Of the woven case."""
    return woven.uuid[:8]


@pytest.fixture
def mails(woven: Case, weaver: Client) -> dict[str, str]:
    """Ids by Message-ID."""
    with woven.facts():
        return {
            name: bytes(sha).hex()
            for sha, name in Document.objects.values_list("sha256", "reading__message_id")
            if name
        }


def read(client: Client, path: str, status: int = 200, language: str = "en") -> str:
    answer = client.get(path, headers={"accept-language": language})
    page = Page(answer.content.decode())
    assert answer.status_code == status, page.text
    assert page.problems == []
    return page.text


def test_answers_stand_under_what_they_answer(woven: Case, mails: dict[str, str]) -> None:
    with woven.facts():
        name = Document.objects.get(sha256=bytes.fromhex(mails["<1@brun.example>"])).weighing.thread
        found = thread(name, 1)
    lines = [(line.message_id, line.depth, line.naming) for line in found.lines]
    assert lines == [
        ("<1@brun.example>", 0, 0),
        ("<2@brun.example>", 1, 0),
        ("<gone@brun.example>", 1, 2),
        ("<3@brun.example>", 2, 0),
        ("<4@brun.example>", 2, 0),
        ("<5@brun.example>", 3, 0),
    ]
    assert (found.documents, found.messages, found.missing) == (5, 5, 1)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            ("5 messages, in 5 documents. 1 more is named and not here.", "A message that is not here", "named by 2"),
        ),
        ("fr", ("5 messages, dans 5 documents. 1 autre est nommé", "Un message qui n’est pas ici", "nommé par 2")),
    ],
)
def test_the_page_says_what_is_missing(
    weaver: Client, slug: str, mails: dict[str, str], language: str, said: tuple[str, ...]
) -> None:
    text = read(weaver, f"/{slug}/thread/{mails['<2@brun.example>']}/", language=language)
    assert all(one in text for one in said)
    assert "<gone@brun.example>" in text


def test_it_is_reached_from_the_document_and_leads_to_a_search(
    weaver: Client, slug: str, mails: dict[str, str]
) -> None:
    here = mails["<2@brun.example>"]
    assert f'href="/{slug}/thread/{here}/"' in weaver.get(f"/{slug}/document/{here}/").content.decode()
    body = weaver.get(f"/{slug}/thread/{here}/").content.decode()
    assert "in=thread%3A%22" in body
    assert body.count('aria-current="true"') == 1


def test_a_file_has_no_thread(weaver: Client, slug: str, woven: Case) -> None:
    with woven.facts():
        note = bytes(Document.objects.get(path__endswith="note.txt").sha256).hex()
    assert weaver.get(f"/{slug}/thread/{note}/").status_code == 404
    assert weaver.get(f"/{slug}/thread/{'0' * 64}/").status_code == 404


def test_few_statements_whatever_its_length(woven: Case, weaver: Client, slug: str, mails: dict[str, str]) -> None:
    assert statements(woven, weaver, f"/{slug}/thread/{mails['<1@brun.example>']}/") <= 18


def test_a_long_thread_comes_in_pages(
    woven: Case, weaver: Client, slug: str, mails: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threads, "PER_PAGE", 2)
    monkeypatch.setattr("crible.web.views.thread.PER_PAGE", 2)
    text = read(weaver, f"/{slug}/thread/{mails['<1@brun.example>']}/?page=3")
    assert "Page 3 of 3, by date." in text
    assert "A message that stands on another page: Re: " in text
    assert read(weaver, f"/{slug}/thread/{mails['<1@brun.example>']}/?page=9", 404)


def test_a_ring_of_answers_and_a_very_deep_thread_end() -> None:
    def message(key: str) -> Message:
        return Message(key, Named(key, key, 1, "read", "mail", key, "", 0, "", 0))

    ring = {key: message(key) for key in "abc"}
    lines = list(threads._in_order(ring, {"a": "b", "b": "c", "c": "a"}))
    assert sorted(line.key for line in lines) == ["a", "b", "c"]
    deep = {str(n): message(str(n)) for n in range(5_000)}
    lines = list(threads._in_order(deep, {str(n): str(n - 1) for n in range(1, 5_000)}))
    assert [line.depth for line in lines] == list(range(5_000))
    assert max(line.level for line in lines) == threads.DEEPEST
