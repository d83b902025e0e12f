"""Dates in both languages, which of day and month stands first, and days of the week."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.extract.finance import dates as dating
from crible.extract.finance.dates import dates, misnamed
from crible.extract.page import fold


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("28/11/2022", "2022-11-28"),
        ("2022-09-27", "2022-09-27"),
        ("03.04.17", "2017-04-03"),
        ("1er mars 2017", "2017-03-01"),
        ("02 Juillet 2015", "2015-07-02"),
        ("14 février 2017", "2017-02-14"),
        ("le 31 août 2016", "2016-08-31"),
        ("August 3 , 2014", "2014-08-03"),
        ("Jan 1, 2022", "2022-01-01"),
        ("3rd of May 2017", "2017-05-03"),
        ("7. Mai 2014", "2014-05-07"),
        ("03/20/2023", "2023-03-20"),
    ],
)
def test_a_date_is_read_in_its_form(text: str, day: str) -> None:
    (met,) = dates(fold(text))
    assert met.day.isoformat() == day


@pytest.mark.parametrize("text", ["32/13/2017", "30/02/2017", "12.5.3.1", "1/2", "06-12-34-56-78", "mai", "le 3 mai"])
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert dates(fold(text)) == []


def test_one_plain_date_says_how_the_others_are_meant() -> None:
    assert [str(met.day) for met in dates("11/03/2017 … 11/17/2017")] == ["2017-11-03", "2017-11-17"]
    assert [str(met.day) for met in dates("11/03/2017 … 17/11/2017")] == ["2017-03-11", "2017-11-17"]
    assert [str(met.day) for met in dates("11/03/2017", month_first=True)] == ["2017-11-03"]


def test_a_weekday_is_held_against_its_date() -> None:
    assert misnamed(dates("mardi 14 mars 2017, tuesday 14 march 2017, le mardi 14/03/2017")) == []
    (met,) = misnamed(dates("jeudi 14 mars 2017"))
    assert met.weekday == 3
    assert misnamed(dates("wednesday 04/05/2017")) == []  # the fourth of May was a Thursday, the fifth of April is one


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_comes_back(day: date) -> None:
    assert [met.day for met in dates(day.isoformat())] == [day]
    assert day in {met.day for met in dates(day.strftime("%d/%m/%Y"))}


_PIECES = (
    "0", "1", "2", "12", "31", "2017", "1999", "17", ".", "/", "-", ",", "e", "le", "the", "lundi", "monday", "den",
    "may", "mai", "march", "september", "th", "st", "of", " ", "  ", "\n", "14/03/2017", "2017-03-14", "3 mars 2017",
    "May 3, 2017",
)  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=24).map("".join))
def test_dates_are_found_where_the_patterns_find_them(text: str) -> None:
    assert [met.span() for met in dating._in_figures(text)] == [met.span() for met in dating._FIGURES.finditer(text)]
    assert [met.span() for met in dating._in_words(text)] == [met.span() for met in dating._WORDED.finditer(text)]
