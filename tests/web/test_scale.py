"""Where days lie on a chart."""

from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from crible.web.queries.scale import EARLIEST, LATEST, MOST, UNITS, Scale, bars, fitting, period

DAYS = st.integers(EARLIEST.toordinal(), LATEST.toordinal()).map(date.fromordinal)


@given(st.sampled_from(UNITS), DAYS)
def test_a_period_holds_its_day_and_touches_its_neighbours(unit: str, day: date) -> None:
    one = period(unit, day)
    assert one.first <= day <= one.last
    assert one.last == LATEST or period(unit, one.last + timedelta(days=1)).first == one.last + timedelta(days=1)


@given(st.sampled_from(["", *UNITS]), DAYS, DAYS)
def test_no_chart_has_more_bars_than_it_may(unit: str, one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)
    found = fitting(unit, first, last)
    scale = Scale(found, first, last)
    assert len(scale.periods) == min(bars(found, first, last), MOST)
    assert found == "year" or scale.holds(last)
    assert scale.holds(first)


@given(st.sampled_from(UNITS), DAYS, st.integers(0, 300), st.integers(0, 300))
def test_days_go_from_left_to_right(unit: str, first: date, span: int, at: int) -> None:
    assume(first.toordinal() + span + 400 < LATEST.toordinal())
    scale = Scale(unit, first, first + timedelta(days=span))
    day = scale.first + timedelta(days=min(at, (scale.last - scale.first).days))
    assert 0 <= scale.left(day) < scale.right(day) <= 100.0001
    assert scale.periods[scale.index(day)].first <= day <= scale.periods[scale.index(day)].last


def test_what_lies_outside_is_drawn_at_the_edge() -> None:
    scale = Scale("month", date(2017, 1, 15), date(2017, 4, 2))
    assert (scale.first, scale.last) == (date(2017, 1, 1), date(2017, 4, 30))
    assert (scale.left(date(2016, 1, 1)), scale.right(date(2018, 1, 1))) == (0.0, 100.0)
    assert scale.left(date(2017, 3, 1)) == 50.0


def test_a_search_asks_for_the_same_days() -> None:
    day = date(2017, 4, 23)
    assert [period(unit, day).term for unit in UNITS] == [
        "date:2017-04-23",
        "date:2017-04-17..2017-04-23",
        "date:2017-04",
        "date:2017",
    ]
