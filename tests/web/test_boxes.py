"""The pages of boxes and of traces, over a leak in which something is absent."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_served import on_the_desk, owner_come_in
from django.test import Client
from inert import Page
from pytest_django import DjangoDbBlocker

from crible.sift.run import Options, Watch, sift
from crible.store.case import Case
from crible.store.models import Remark
from crible.web import served

HOSTILE = "<script>alert(1)</script>\u202e"


@pytest.fixture(scope="module")
def boxed(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Case:
    from datetime import UTC, datetime

    from boxed_leak import note, write_boxed
    from leak_maker import mbox

    folder = tmp_path_factory.mktemp("boxed")
    leak = write_boxed(folder / "fuite")
    at = datetime(2016, 9, 21, 8, tzinfo=UTC)
    html = f'<p>{"x" * 50}<a href="http://piege.example/">www.banque.example</a></p>'
    parent = f"<{HOSTILE.replace('>', '')}@y.example>"
    mails = [note("h1", HOSTILE, at, html, From=f'"{HOSTILE}" <x@y.example>', Content_Type="text/html")]
    mails += [note(f"h{number}", "Re: x", at, In_Reply_To=parent) for number in (2, 3)]
    mbox(leak / "<script>.mbox", mails)
    with django_db_blocker.unblock():
        case = Case.create(folder / "case", title="Boîtes")
        sift(case, [leak], Options(jobs=1), Watch())
        return case


@pytest.fixture
def visitor(boxed: Case, django_db_blocker: DjangoDbBlocker) -> Iterator[Client]:
    with django_db_blocker.unblock(), on_the_desk(boxed):
        yield owner_come_in()


@pytest.fixture
def slug(boxed: Case) -> str:
    return boxed.uuid[:8]


def read(client: Client, path: str, language: str = "en") -> str:
    answer = client.get(path, headers={"accept-language": language})
    page = Page(answer.content.decode())
    assert answer.status_code == 200, page.text
    assert page.problems == []
    return " ".join(page.text.split())


def test_boxes_say_whose_they_seem_to_be_and_what_is_absent(visitor: Client, slug: str) -> None:
    text = read(visitor, f"/{slug}/boxes/")
    assert "3 boxes hold mail." in text
    assert "Seems to be the box of iris.valmont@horizon.example. moderate" in text
    assert "337 mails, from 1 January 2016 to 24 February 2017; the last by its Date, which its writer set." in text
    assert "No mail in August 2016. Around it a month holds 27 before and 24 after" in text
    assert "not met anywhere in the dump: 34." in text
    assert "nothing here says which" in text


def test_traces_stand_under_their_day_with_innocent_readings(visitor: Client, slug: str) -> None:
    text = read(visitor, f"/{slug}/traces/")
    assert "8 traces on 2 days" in text
    assert text.index("20 September 2016") < text.index("2 mails look like notices of sign-ins by Google")
    assert "www.banque.example → collecte.example" in text
    assert "Newsletters count clicks" in text


@pytest.mark.parametrize("page", ["boxes/", "traces/", ""])
def test_they_speak_french(visitor: Client, slug: str, page: str) -> None:
    text = read(visitor, f"/{slug}/{page}", "fr")
    assert re.findall(r"\b(?:the|with|which|this|these|whose|from|looks?|mails)\b", text) == []


def test_dates_are_in_the_readers_language(visitor: Client, slug: str) -> None:
    assert "Aucun message en août 2016" in read(visitor, f"/{slug}/boxes/", "fr")
    assert "du 1er janvier 2016 au 24 février 2017" in read(visitor, f"/{slug}/boxes/", "fr")


@pytest.mark.parametrize("page", ["boxes/", "traces/"])
def test_every_link_finds_what_it_counts(visitor: Client, slug: str, page: str) -> None:
    body = visitor.get(f"/{slug}/{page}").content.decode()
    found = re.findall(rf'href="(/{slug}/(?:search|document)/[^"]*)"[^>]*>([^<]*)<', body)
    assert len(found) > 5
    for link, shown in found:
        answer = visitor.get(link.replace("&amp;", "&")).content.decode()
        if count := re.fullmatch(r"(?:the )?(\d+)(?: mails)?", shown):
            assert re.search(rf"\b{count[1]} (?:messages|document)", Page(answer).text), (link, shown)


def test_the_overview_leads_to_both(visitor: Client, slug: str) -> None:
    body = visitor.get(f"/{slug}/").content.decode()
    assert f'href="/{slug}/boxes/"' in body
    assert f'href="/{slug}/traces/"' in body


@pytest.mark.parametrize("page", ["page=0", "page=x", "page=99999"])
def test_odd_addresses_do_no_harm(visitor: Client, slug: str, page: str) -> None:
    for path in ("boxes/", "traces/"):
        assert visitor.get(f"/{slug}/{path}?{page}").status_code == 200


def test_a_case_without_traces_says_that_this_shows_nothing(
    tmp_path: Path, django_db_blocker: DjangoDbBlocker, visitor: Client
) -> None:
    (tmp_path / "note.txt").write_text("Rien.\n")
    case = Case.create(tmp_path / "case", title="Vide")
    sift(case, [tmp_path / "note.txt"], Options(jobs=1), Watch())
    served.serve([case])
    assert "That shows nothing" in read(visitor, f"/{case.uuid[:8]}/traces/")
    assert "No box of this case holds a mail." in read(visitor, f"/{case.uuid[:8]}/boxes/")


def test_nothing_hostile_gets_through(visitor: Client, slug: str, boxed: Case) -> None:
    with boxed.facts():
        assert Remark.objects.filter(box="fuite/<script>.mbox").exists()
    for path in ("boxes/", "traces/"):
        body = visitor.get(f"/{slug}/{path}").content.decode()
        assert "<script>" not in body
        assert "\u202e" not in body
