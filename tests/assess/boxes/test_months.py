"""Months without mail."""

from hypothesis import given
from hypothesis import strategies as st

from crible.assess.boxes.months import MANY, absent_months, silences


def year(*counts: int, start: int = 2016) -> dict[str, int]:
    return {f"{start + n // 12:04}-{n % 12 + 1:02}": count for n, count in enumerate(counts)}


def test_a_silent_month_between_busy_ones_is_remarked_on_with_its_base_rate() -> None:
    (found,) = absent_months("leak/a.mbox", year(30, 28, 41, 35, 0, 33, 30, 29, 31))
    assert found.message == "month-without"
    assert found.params == {
        "first": "2016-05", "before": 35, "after": 30, "others": 8, "empty": 0,
    }  # fmt: skip


def test_months_in_a_row_are_one_silence() -> None:
    counts = year(30, 30, 30, 0, 0, 30, 30, 30)
    assert [one.message for one in absent_months("leak/a.mbox", counts)] == ["months-without"]
    (found,) = silences(counts)
    assert (found.first, found.last, found.months) == ("2016-04", "2016-05", 2)


def test_the_holiday_month_of_a_small_box_is_silent() -> None:
    assert silences(year(9, 8, 11, 7, 0, 9, 8, 10)) == ()
    assert silences(year(30, 30, 30, 0, MANY - 1, MANY - 1, 30)) == ()


def test_a_box_that_is_often_empty_has_nothing_remarkable() -> None:
    assert silences(year(*(30, 30, 30, 0) * 6, 30, 30, 30)) == ()


def test_the_ends_of_a_box_are_no_silence() -> None:
    assert silences(year(0, 0, 30, 30, 30, 0, 0)) == ()
    assert silences(year(30, 30, 0, 30, 30, 30)) == ()
    assert silences({}) == ()


def test_a_stray_clock_makes_no_empty_decades() -> None:
    counts = {"1970-01": 1, **year(*[50] * 9, 0, *[50] * 9), "2038-01": 1}
    (found,) = silences(counts)
    assert (found.first, found.others, found.empty) == ("2016-10", 18, 0)


@given(st.lists(st.integers(0, 60), max_size=40))
def test_every_silence_is_empty_and_has_busy_neighbours(counts: list[int]) -> None:
    months = year(*counts)
    for found in silences(months):
        assert min(found.before, found.after) >= MANY
        assert all(months[month] == 0 for month in months if found.first <= month <= found.last)
