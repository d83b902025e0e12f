"""Who writes and receives: the list, one address, the graph."""

import json
import re
import threading
from html import unescape

import pytest
from desk_people import client, person
from django.test import Client
from inert import Page
from people_leak import ADA, BO, DOC, SLASH
from pytest_django import DjangoDbBlocker

from crible.review.shelf import open_document
from crible.store.case import Case
from crible.store.models import Weighing
from crible.web import served
from crible.web.queries import graph as graphs
from crible.web.queries import people as queries


@pytest.fixture(scope="module")
def peopled(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Case:
    from people_case import make_people_case

    with django_db_blocker.unblock():
        return make_people_case(tmp_path_factory.mktemp("people"))


@pytest.fixture
def desk(peopled: Case, case: Case, _desk: None) -> None:
    """Both cases on one desk."""
    served.serve([peopled, case])


@pytest.fixture
def reader(desk: None, peopled: Case) -> Client:
    return client(person("lea", (peopled, "reader")))


@pytest.fixture
def slug(peopled: Case) -> str:
    return peopled.uuid[:8]


def read(browser: Client, path: str, language: str = "en") -> str:
    answer = browser.get(path, headers={"accept-language": language})
    found = Page(answer.content.decode())
    assert answer.status_code == 200, found.text
    assert found.problems == []
    return found.text


def rows(browser: Client, path: str) -> list[str]:
    """The table's lines, as text."""
    body = browser.get(path).content.decode()
    table = body.split("<tbody>")[1].split("</tbody>")[0]
    return [Page(row).text for row in table.split("<tr>")[1:]]


def test_a_message_counts_once_however_many_copies_there_are(reader: Client, slug: str) -> None:
    first = rows(reader, f"/{slug}/people/")[0]
    assert first.startswith(ADA)
    assert re.search(r"\b25 7\b", first), "24 letters, three of them in two boxes, and one more; seven received"
    assert "and 1 other name" in first
    assert "a box seems to be theirs" in first


def test_every_number_finds_what_it_counts(reader: Client, slug: str) -> None:
    checked = 0
    for page in (f"/{slug}/people/", f"/{slug}/people/{ADA}/", f"/{slug}/people/graph/"):
        body = reader.get(page).content.decode()
        for link, shown in re.findall(rf'href="(/{slug}/search/[^"]*)"[^>]*>(\d+)<', body):
            if "in=from%3A%22" in link or "in=date" in link:
                continue  # names are looked for by their words ("Ada" finds "Ada Brun"), and years are no counts
            answer = Page(reader.get(unescape(link)).content.decode()).text
            assert re.search(rf"\b{shown} messages?", answer), (link, shown)
            checked += 1
    assert checked > 10


def test_the_list_is_filtered_sorted_and_narrowed(reader: Client, slug: str) -> None:
    assert [row.split()[0] for row in rows(reader, f"/{slug}/people/?q=COSTA")] == [BO]
    assert next(row.split()[0] for row in rows(reader, f"/{slug}/people/?q=ada+brun&sort=address")) == ADA
    addresses = [row.split()[0] for row in rows(reader, f"/{slug}/people/?sort=address")]
    assert addresses == sorted(addresses)
    assert [row.split()[0] for row in rows(reader, f"/{slug}/people/?show=names")] == [ADA]
    assert [row.split()[0] for row in rows(reader, f"/{slug}/people/?show=alike")] == ["ada@mairle.example"]
    assert "No address or name fits." in read(reader, f"/{slug}/people/?q=zzzz")


@pytest.mark.parametrize(
    "asked", ["page=0", "page=x", "page=99999", "sort=x&show=x", "q=" + "%00" * 3, "q=" + "a" * 5000]
)
def test_odd_addresses_do_no_harm(reader: Client, slug: str, asked: str) -> None:
    assert reader.get(f"/{slug}/people/?{asked}").status_code == 200
    assert reader.get(f"/{slug}/people/{ADA}/?{asked}").status_code == 200


def test_a_person_has_names_correspondents_rhythm_and_threads(reader: Client, slug: str) -> None:
    text = read(reader, f"/{slug}/people/{ADA}/")
    assert "25 messages sent , 7 received , from 1 January 1970 to 7 April 2016." in text
    assert "None of the sent can be vouched for" in text
    assert "not the usual one" in text
    assert re.search(rf"{BO} Bo Costa 25 4\b", text)
    assert "1 thread of two messages or more" in text
    assert "Domains here that read like this one’s: mairle.example" in text
    assert "UTC+1" in text
    assert "UTC−5" in text


def test_hours_are_of_the_cases_zone_and_leave_out_what_names_none(reader: Client, slug: str) -> None:
    body = reader.get(f"/{slug}/people/{ADA}/").content.decode()
    assert "<title>Sunday, 6 h: 1</title>" in body, "23:30 in New York is 6:30 in Paris, the day after"
    text = read(reader, f"/{slug}/people/{BO}/")
    assert "1 message names no zone and is left out" in text
    assert "anyone can write" in text


def test_a_look_alike_points_at_what_it_looks_like(reader: Client, slug: str) -> None:
    text = read(reader, f"/{slug}/people/ada@mairle.example/")
    assert "The domain of this address reads like mairie.example" in text
    assert "fake" not in text.lower()


def test_hostile_names_and_addresses_stay_words(reader: Client, slug: str) -> None:
    for path in ("people/", f"people/{ADA}/", "people/graph/", "people/graph/data/"):
        body = reader.get(f"/{slug}/{path}").content.decode()
        assert "<script>document" not in body
        assert "\u202e" not in body
    link = next(
        one for one in re.findall(r'href="([^"]*)"', reader.get(f"/{slug}/people/").content.decode()) if "slash" in one
    )
    assert "a%2Fb" in link
    assert SLASH in read(reader, unescape(link))


@pytest.mark.parametrize(
    "address", ["nobody@nowhere.example", "no-address", "a" * 260 + "@x.example", "%0a@x.example", "..%2f@x"]
)
def test_whoever_is_not_there_has_no_page(reader: Client, slug: str, address: str) -> None:
    assert reader.get(f"/{slug}/people/{address}/").status_code == 404
    assert reader.get(f"/{slug}/people/graph/?around={address}").status_code == 404


def test_the_closed_shelf_names_nobody_until_it_is_opened(reader: Client, slug: str, peopled: Case) -> None:
    pages = (f"/{slug}/people/", f"/{slug}/people/?q=sante", f"/{slug}/people/graph/", f"/{slug}/people/graph/data/")
    assert all("sante.example" not in reader.get(page).content.decode().replace("?q=sante", "") for page in pages)
    assert reader.get(f"/{slug}/people/{DOC}/").status_code == 404
    assert "1 mail lies on the closed shelf: its addresses are not counted here." in read(reader, f"/{slug}/people/")
    with peopled.facts():
        closed = bytes(Weighing.objects.get(private=True).document.sha256).hex()
    open_document(person("ines"), peopled.uuid, closed, "Le trésorier en parle, selon deux sources.")
    assert DOC in read(reader, f"/{slug}/people/")
    assert reader.get(f"/{slug}/people/{DOC}/").status_code == 200


def test_the_graph_and_its_table_say_the_same(reader: Client, slug: str) -> None:
    told = json.loads(reader.get(f"/{slug}/people/graph/data/").content)
    labels = [node["address"] for node in told["nodes"]]
    heaviest = told["edges"][0]
    assert {labels[heaviest[0]], labels[heaviest[1]]} == {ADA, BO}
    assert heaviest[2] == 29
    assert next(row.split()[:2] for row in rows(reader, f"/{slug}/people/graph/")) == [ADA, BO]
    assert len(told["edges"]) == len(rows(reader, f"/{slug}/people/graph/"))
    assert next(node for node in told["nodes"] if node["address"] == ADA)["owner"] is True


def test_the_graph_of_one_has_them_in_the_middle_and_lists_only_where_asked(reader: Client, slug: str) -> None:
    told = json.loads(reader.get(f"/{slug}/people/graph/data/?around={BO}").content)
    assert [node["address"] for node in told["nodes"] if node["middle"]] == [BO]
    assert "presse.example" not in reader.get(f"/{slug}/people/graph/data/").content.decode()
    assert "presse.example" in reader.get(f"/{slug}/people/graph/data/?lists=yes").content.decode()


def test_the_graph_is_bounded(reader: Client, slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphs, "EDGES", 2)
    assert len(json.loads(reader.get(f"/{slug}/people/graph/data/").content)["edges"]) == 2
    monkeypatch.setattr(graphs, "EDGES", 300)
    monkeypatch.setattr(graphs, "NODES", 3)
    told = json.loads(reader.get(f"/{slug}/people/graph/data/").content)
    assert len(told["nodes"]) == 3
    assert len(told["edges"]) == 2


@pytest.mark.parametrize(
    "page", ["people/", f"people/{ADA}/", f"people/{BO}/", "people/graph/", "people/ada@mairle.example/"]
)
def test_they_speak_french(reader: Client, slug: str, page: str) -> None:
    text = read(reader, f"/{slug}/{page}", "fr")
    assert re.findall(r"\b(?:the|with|which|this|these|whose|looks?|mails|they|who)\b", text) == []


@pytest.mark.parametrize("page", ["people/", f"people/{ADA}/", "people/graph/", "people/graph/data/"])
def test_others_are_kept_out_and_nothing_is_written(
    desk: None, reader: Client, slug: str, case: Case, page: str
) -> None:
    assert client().get(f"/{slug}/{page}").status_code in (302, 403)
    assert client(person("paul", (case, "admin"))).get(f"/{slug}/{page}").status_code == 404
    assert reader.post(f"/{slug}/{page}").status_code == 405
    with_other = client(person("eve", (case, "reader"))).get(f"/{case.uuid[:8]}/people/{ADA}/")
    assert with_other.status_code == 404, "an address of one case is none of another"


def test_a_running_desk_gathers_them_beside_the_overview_once(
    reader: Client, peopled: Case, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody who opens them then waits; one more document taken from the shelf, and they are gathered anew."""
    gathered: list[frozenset[str]] = []
    made = queries.people
    monkeypatch.setattr(queries, "people", lambda taken: gathered.append(taken) or made(taken))
    assert reader.get(f"/{slug}/").status_code == 200
    assert gathered == [], "nothing works beside a desk that does not run"
    served.serve([peopled], eager=True)
    for _ in range(2):
        assert reader.get(f"/{slug}/").status_code == 200
        settle()
    assert gathered == [frozenset()]
    assert ADA in read(reader, f"/{slug}/people/")
    assert len(gathered) == 1
    with peopled.facts():
        private = bytes(Weighing.objects.filter(private=True).values_list("document__sha256", flat=True)[0]).hex()
    open_document(person("eda", (peopled, "editor")), peopled.uuid, private, "Le trésorier y parle du devis.")
    reader.get(f"/{slug}/")
    settle()
    assert gathered[1:] == [frozenset({private})]


def settle() -> None:
    """Wait for what works beside the requests."""
    for thread in threading.enumerate():
        if thread.name == served.BESIDE:
            thread.join(20)
