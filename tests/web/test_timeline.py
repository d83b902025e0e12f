"""Documents over time, and the case's calendar over them."""

import re
from html import unescape

import pytest
from desk_people import client, person
from django.test import Client
from inert import Page
from pytest_django import DjangoDbBlocker

from crible.review import calendar
from crible.review.calendar import Entry
from crible.review.models import CalendarDay
from crible.review.models import Entry as Line
from crible.store.case import Case
from crible.web import served

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def timed(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Case:
    from people_case import make_people_case

    with django_db_blocker.unblock():
        return make_people_case(tmp_path_factory.mktemp("time"))


@pytest.fixture
def desk(timed: Case, case: Case, _desk: None) -> None:
    served.serve([timed, case])


@pytest.fixture
def reader(desk: None, timed: Case) -> Client:
    return client(person("lea", (timed, "reader")))


@pytest.fixture
def editor(desk: None, timed: Case) -> Client:
    return client(person("ines", (timed, "editor")))


@pytest.fixture
def slug(timed: Case) -> str:
    return timed.uuid[:8]


def read(browser: Client, path: str, language: str = "en") -> str:
    answer = browser.get(path, headers={"accept-language": language})
    found = Page(answer.content.decode())
    assert answer.status_code == 200, found.text
    assert found.problems == []
    return found.text


def test_what_is_shown_and_what_lies_outside_of_it(reader: Client, slug: str) -> None:
    text = read(reader, f"/{slug}/timeline/")
    # 24 letters and nine others: copies are the same bytes in both boxes, so each is one document.
    assert "33 documents dated from 1 January 1970 to 31 December 2016" in text
    near = read(reader, f"/{slug}/timeline/?from=2016-03-01&to=2016-04-08&by=day")
    assert "32 documents dated from 1 March 2016 to 8 April 2016, 1 before ." in near
    assert "1 document states no date: search them" in near
    assert "1 date names no zone: its clock is read as UTC, and may be up to 14 hours off" in near
    assert "Others had access since 20 March 2016" in near


def test_every_bar_has_its_documents_and_its_search(reader: Client, slug: str) -> None:
    body = reader.get(f"/{slug}/timeline/?from=2016-03-01&to=2016-04-08&by=week").content.decode()
    bars = re.findall(r'<a href="([^"]*)#chosen" aria-label="([^"]*): (\d+) documents?"', body)
    assert len(bars) == 6
    assert sum(int(count) for *_, count in bars) == 32
    for link, name, count in bars:
        text = read(reader, f"/{slug}/timeline/{unescape(link)}")
        assert name in text
        assert len(re.findall(r"fuite/ada\.mbox", text.split("day by day")[1])) == int(count), link
    chosen = reader.get(f"/{slug}/timeline/?from=2016-03-01&to=2016-04-08&by=week&at=2016-03-09").content.decode()
    search = re.search(rf'href="(/{slug}/search/[^"]*date%3A2016-03-07[^"]*)">7 documents<', chosen)
    assert search
    assert re.search(r"\b7 messages", read(reader, unescape(search[1])))


def test_days_are_of_the_cases_zone(reader: Client, slug: str) -> None:
    text = read(reader, f"/{slug}/timeline/?by=day&from=2016-04-01&to=2016-04-05&at=2016-04-03")
    assert "Sunday 3 April 2016 1 document" in text, "23:30 on the 2nd in New York"


def test_one_kind_or_one_grade_of_it_can_be_searched(reader: Client, slug: str) -> None:
    body = reader.get(f"/{slug}/timeline/?stack=kind&from=2016-03-01&to=2016-04-08").content.decode()
    assert "mails" in Page(body).text
    assert "in=kind%3Amail" in body
    assert "in=grade%3Aunattested" in reader.get(f"/{slug}/timeline/").content.decode()


def test_what_is_closed_is_counted_and_not_named(reader: Client, slug: str) -> None:
    text = read(reader, f"/{slug}/timeline/?by=day&from=2016-04-01&to=2016-04-30&at=2016-04-08")
    assert "1 document" in text
    assert "on the closed shelf" in text
    assert "Bilan" not in text
    assert "sante.example" not in text


def test_boxes_stand_under_it(reader: Client, slug: str) -> None:
    text = read(reader, f"/{slug}/timeline/?from=2016-01-01&to=2016-12-31")
    assert "fuite/bo.mbox 1 March 2016 to 3 March 2016" in text


@pytest.mark.parametrize(
    "asked",
    [
        "by=x&from=x&to=x&at=x&stack=x&page=x",
        "from=1000-01-01&to=9998-12-31&by=day",
        "from=9998-12-31&to=1000-01-01&by=year&at=9998-12-31",
        "from=0001-01-01&to=9999-12-31",
        "from=9998-01-01&to=9998-12-31&at=9998-12-31",
        "from=2030-01-01",
        "to=1950-01-01",
        "at=2016-03-01&page=99999",
    ],
)
def test_odd_addresses_do_no_harm_and_bars_are_bounded(reader: Client, slug: str, asked: str) -> None:
    answer = reader.get(f"/{slug}/timeline/?{asked}")
    assert answer.status_code == 200
    assert answer.content.decode().count('class="hit"') <= 400


def test_an_editor_keeps_the_calendar_and_it_is_drawn(editor: Client, slug: str, timed: Case) -> None:
    here = f"/{slug}/timeline/?by=week&from=2016-03-01&to=2016-04-08"
    made = editor.post(
        f"/{slug}/timeline/calendar/add/", {"day": "2016-03-15", "until": "", "label": HOSTILE, "next": here}
    )
    assert made["Location"] == f"{here}#calendar"
    body = editor.get(here).content.decode()
    assert HOSTILE not in body
    assert '<rect class="tl-line" x="' in body
    assert HOSTILE in Page(body).text
    entry = CalendarDay.objects.get(case=timed.uuid)
    change = f"/{slug}/timeline/calendar/{entry.pk}/"
    editor.post(change, {"day": "2016-03-15", "until": "2016-03-20", "label": "Débat"})
    assert '<rect class="tl-span"' in editor.get(here).content.decode()
    assert (
        editor.get(f"/{slug}/timeline/calendar.csv").content.decode().splitlines()[1] == "2016-03-15,2016-03-20,Débat"
    )
    editor.post(change, {"remove": "yes"})
    assert not CalendarDay.objects.filter(case=timed.uuid).exists()
    acts = Line.objects.filter(case=timed.uuid).order_by("number").values_list("act", flat=True)
    assert list(acts) == ["calendar-add", "calendar-change", "calendar-remove"]


def test_what_cannot_be_written_down_says_why_and_keeps_what_was_typed(editor: Client, slug: str) -> None:
    answer = editor.post(f"/{slug}/timeline/calendar/list/", {"list": "2016-03-15,Vote\nhier,Débat"})
    assert answer.status_code == 400
    text = Page(answer.content.decode()).text
    assert "“hier” is no day" in text
    assert "2016-03-15,Vote" in text
    assert not CalendarDay.objects.exists()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/other/", "javascript:alert(1)"])
def test_a_form_leads_back_to_the_timeline_only(editor: Client, slug: str, back: str) -> None:
    answer = editor.post(f"/{slug}/timeline/calendar/add/", {"day": "2016-03-15", "label": "x", "next": back})
    assert answer["Location"] == f"/{slug}/timeline/#calendar"


def test_whoever_may_not_decide_neither_sees_the_forms_nor_gets_through(reader: Client, slug: str, timed: Case) -> None:
    entry = calendar.add(person("ana"), timed.uuid, Entry.of("2016-03-15", "", "Vote"))
    reviewer = client(person("marc", (timed, "reviewer")))
    for browser in (reader, reviewer):
        text = read(browser, f"/{slug}/timeline/")
        assert "Vote" in text
        assert "Write it down" not in text
        for path in ("add/", "list/", f"{entry.pk}/"):
            given = {"day": "2016-03-15", "label": "x", "list": "2016-03-15,x", "remove": "yes"}
            assert browser.post(f"/{slug}/timeline/calendar/{path}", given).status_code == 403
    assert CalendarDay.objects.get().label == "Vote"


def test_no_calendar_is_reached_from_another_case(editor: Client, slug: str, timed: Case, case: Case) -> None:
    entry = calendar.add(person("ana"), case.uuid, Entry.of("2016-03-15", "", "Vote"))
    assert editor.post(f"/{slug}/timeline/calendar/{entry.pk}/", {"remove": "yes"}).status_code == 404
    assert editor.post(f"/{case.uuid[:8]}/timeline/calendar/{entry.pk}/", {"remove": "yes"}).status_code == 404
    assert editor.get(f"/{case.uuid[:8]}/timeline/").status_code == 404
    assert editor.get(f"/{slug}/timeline/calendar/add/").status_code == 405
    assert "Vote" not in read(editor, f"/{slug}/timeline/")
    assert CalendarDay.objects.get().label == "Vote"


@pytest.mark.parametrize("asked", ["", "?by=day&from=2016-03-01&to=2016-04-08&at=2016-03-09", "?by=week&stack=kind"])
def test_it_speaks_french(editor: Client, slug: str, asked: str, timed: Case) -> None:
    calendar.add(person("ana"), timed.uuid, Entry.of("2016-03-15", "2016-03-17", "Vote"))
    text = read(editor, f"/{slug}/timeline/{asked}", "fr")
    assert re.findall(r"\b(?:the|with|which|this|these|whose|looks?|mails|they|who|by)\b", text) == []


def test_a_form_from_elsewhere_writes_nothing(desk: None, timed: Case, slug: str) -> None:
    browser = client(person("ines", (timed, "editor")), enforce_csrf_checks=True)
    assert browser.post(f"/{slug}/timeline/calendar/add/", {"day": "2016-03-15", "label": "x"}).status_code == 403
    assert not CalendarDay.objects.exists()
