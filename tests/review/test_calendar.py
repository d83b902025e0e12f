"""The case's own calendar: who wrote what is in the log, and nothing else gets in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.model.errors import InputError
from crible.review import audit, calendar
from crible.review.calendar import Entry
from crible.review.models import CalendarDay, User
from crible.review.models import Entry as Line

CASE, OTHER = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"


def said(case: str = CASE) -> list[tuple[str, str, str]]:
    return [(line.by, line.act, line.params["label"]) for line in Line.objects.filter(case=case).order_by("number")]


def test_a_day_is_written_changed_and_taken_off_and_the_log_keeps_each(people: dict[str, User]) -> None:
    ines = people["ines"]
    day = calendar.add(ines, CASE, Entry.of("2017-04-23", "", " First  round "))
    assert calendar.change(ines, CASE, day.pk, Entry.of("2017-04-23", "2017-05-07", "Both rounds"))
    assert [(one.day, one.until, one.label) for one in calendar.days(CASE)] == [
        ("2017-04-23", "2017-05-07", "Both rounds")
    ]
    assert calendar.remove(ines, CASE, day.pk)
    assert said() == [
        ("ines", "calendar-add", "First round"),
        ("ines", "calendar-change", "Both rounds"),
        ("ines", "calendar-remove", "Both rounds"),
    ]
    assert Line.objects.get(act="calendar-change").params["old_label"] == "First round"
    assert audit.check_case(CASE).broken is None


def test_the_same_again_is_no_change(people: dict[str, User]) -> None:
    day = calendar.add(people["ines"], CASE, Entry.of("2017-04-23", "", "Vote"))
    assert calendar.change(people["ines"], CASE, day.pk, Entry.of("2017-04-23", "2017-04-23", "Vote"))
    assert [act for _, act, _ in said()] == ["calendar-add"]


def test_no_case_reaches_into_another(people: dict[str, User]) -> None:
    day = calendar.add(people["ines"], CASE, Entry.of("2017-04-23", "", "Vote"))
    assert not calendar.change(people["ines"], OTHER, day.pk, Entry.of("2018-01-01", "", "x"))
    assert not calendar.remove(people["ines"], OTHER, day.pk)
    assert calendar.days(OTHER) == []
    assert CalendarDay.objects.get(pk=day.pk).label == "Vote"
    assert said(OTHER) == []


@pytest.mark.parametrize(
    ("day", "until", "label", "code"),
    [
        ("2017-13-01", "", "x", "calendar-day"),
        ("20170423", "", "x", "calendar-day"),
        ("", "", "x", "calendar-day"),
        ("2017-04-23", "2017-04-22", "x", "calendar-day"),
        ("2017-04-23", "later", "x", "calendar-day"),
        ("2017-04-23", "", "  ", "calendar-label"),
        ("2017-04-23", "", "x" * 201, "calendar-label"),
        ("2017-04-23", "", "a\u202eb", "calendar-label"),
        ("2017-04-23", "", "a\0b", "calendar-label"),
    ],
)
def test_what_makes_no_sense_is_refused(day: str, until: str, label: str, code: str) -> None:
    with pytest.raises(InputError) as refused:
        Entry.of(day, until, label)
    assert refused.value.code == code


def test_a_list_goes_in_whole_or_not_at_all_and_nothing_twice(people: dict[str, User]) -> None:
    text = "day,until,label\n2017-04-23,,First round\n2017-04-10,2017-04-22,Campaign, official\n"
    with pytest.raises(InputError):
        calendar.take_in(people["ines"], CASE, text)
    assert calendar.days(CASE) == []
    assert said() == []
    good = '\ufeff2017-04-23,First round\n\n2017-04-10,2017-04-22,"Campaign, official"\n2017-04-23,First round\n'
    assert calendar.take_in(people["ines"], CASE, good) == 2
    assert calendar.take_in(people["ines"], CASE, good) == 0
    assert [one.label for one in calendar.days(CASE)] == ["Campaign, official", "First round"]


def test_the_calendar_is_bounded(people: dict[str, User], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "MOST", 2)
    with pytest.raises(InputError) as refused:
        calendar.take_in(people["ines"], CASE, "2017-01-01,a\n2017-01-02,b\n2017-01-03,c\n")
    assert refused.value.code == "calendar-full"
    assert calendar.days(CASE) == []
    calendar.take_in(people["ines"], CASE, "2017-01-01,a\n2017-01-02,b\n")
    with pytest.raises(InputError):
        calendar.add(people["ines"], CASE, Entry.of("2017-01-03", "", "c"))


@given(
    st.lists(st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=30).filter(str.strip), max_size=5)
)
def test_what_is_written_out_is_read_back(labels: list[str]) -> None:
    wanted = [Entry.of("2017-04-23", "", label) for label in labels if label.isprintable()]
    rows = [CalendarDay(day=one.day, until=one.until, label=one.label) for one in wanted]
    assert list(calendar._read(calendar.as_csv(rows))) == wanted


def test_no_label_is_a_formula_to_a_spreadsheet() -> None:
    written = calendar.as_csv([CalendarDay(day="2017-04-23", until="", label="=cmd|' /C calc'!A1")])
    assert ",'=cmd" in written
