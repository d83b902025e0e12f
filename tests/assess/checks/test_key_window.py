"""What asks of a key's days, and what only notes: archives have gaps."""

from typing import Any

import pytest
from outcomes_keys import seen, stood

from crible.assess.checks.mail.key_window import CHECK
from crible.assess.relations import Cohort
from crible.model.evidence import Says, Strength


def answer(make: Any, first: str, last: str, *rivals: Cohort) -> tuple[Says, Strength]:
    (row,) = make.asked(CHECK, *seen(make, first, last, *rivals))
    return row.evidence.says, row.strength


@pytest.mark.parametrize(("first", "last"), [("2019-01-01", "2020-01-01"), ("2010-01-01", "2011-01-01")])
def test_years_away_is_no_question_while_nobody_saw_another_key(make: Any, first: str, last: str) -> None:
    assert answer(make, first, last) == (Says.UNTESTABLE, Strength.WEAK)


def test_another_key_seen_at_that_time_asks_why(make: Any) -> None:
    rival = stood("2017-01-01", "2017-06-01")
    assert answer(make, "2018-01-01", "2018-06-01", rival) == (Says.QUESTIONS, Strength.MODERATE)


@pytest.mark.parametrize(
    "rival",
    [
        stood("2017-01-01", "2018-03-01"),
        stood("2016-01-01", "2017-03-01"),
        stood(None, None),
        stood("2017-01-01", "2017-06-01", anchored=False),
        stood("garbage", "2017-06-01"),
    ],
    ids=["both served at once", "gone by then", "never dated", "nobody's word", "no date"],
)
def test_a_rival_that_binds_nothing(make: Any, rival: Cohort) -> None:
    assert answer(make, "2018-01-01", "2018-06-01", rival) == (Says.UNTESTABLE, Strength.WEAK)


@pytest.mark.parametrize(("first", "last"), [("0001-01-01", "0001-01-01"), ("9999-12-31", "9999-12-31")])
def test_days_at_the_end_of_the_calendar(make: Any, first: str, last: str) -> None:
    assert answer(make, first, last) == (Says.UNTESTABLE, Strength.WEAK)


def test_one_day_stated_is_a_window_of_one_day(make: Any) -> None:
    (row,) = make.asked(CHECK, *seen(make, "2016-01-01", None))
    assert row.evidence.message == "window-after"
