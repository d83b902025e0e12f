"""Invoices in the order of their numbers: one that is dated against it, and honest series that stay calm."""

import pytest

from crible.assess.sequence import Invoice, against, form


def series(*days: int, first: int = 28) -> list[Invoice]:
    return [Invoice(f"{n:064x}", f"FA-2017-{first + n:04}", 736_000 + day) for n, day in enumerate(days)]


def test_a_number_has_a_form_and_a_rank() -> None:
    assert form("FA-2017-0031") == ("FA-2017-#", 31)
    assert form("2017/31/B") == ("2017/#/B", 31)
    assert form("sans") is None


def test_an_invoice_dated_against_its_number_is_found_from_its_side_only() -> None:
    found = against(series(0, 30, 61, 5, 120, 150, 181))
    assert [(one.number, one.other.number, one.days, one.of, one.earlier) for one in found.values()] == [
        ("FA-2017-0031", "FA-2017-0030", 56, 7, True)
    ]
    (late,) = against(series(0, 30, 61, 400, 120, 150, 181)).values()
    assert (late.other.number, late.days, late.earlier) == ("FA-2017-0032", 280, False)


@pytest.mark.parametrize(
    "days",
    [
        tuple(range(0, 360, 30)),
        (0, 30, 29, 61, 90, 121),
        (0, 0, 0, 0, 0, 0),
        (90, 10, 70, 30, 50, 0),
        (0, 30, 5),
        (0, 30, 60, 90, 10),
    ],
    ids=["twelve months", "a day out", "all at once", "not by date", "too few", "the last one alone"],
)
def test_honest_series_stay_calm(days: tuple[int, ...]) -> None:
    assert against(series(*days)) == {}


def test_a_number_met_twice_counts_once() -> None:
    assert against([*series(0, 30, 60, 90, 120), *series(0, 30, 60, 90, 120)]) == {}
