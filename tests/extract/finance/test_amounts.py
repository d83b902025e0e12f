"""Sums of money in every usual form, and numbers that are none."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.extract.finance import amounts
from crible.extract.finance.amounts import amount, sums
from crible.extract.finance.labels import KINDS
from crible.extract.finance.sums import kind_of
from crible.extract.page import fold


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("1 234,56 €", "1234.56", "EUR"),
        ("1\u00a0234,56\u00a0€", "1234.56", "EUR"),
        ("€1,234.56", "1234.56", "EUR"),
        ("CHF 1'234.50", "1234.50", "CHF"),
        ("10 000€", "10000", "EUR"),
        ("3.441.812 euros", "3441812", "EUR"),
        ("Rs 1939", "1939", "INR"),
        ("£12", "12", "GBP"),
        ("€ -9,32", "-9.32", "EUR"),
        ("2.321,00", "2321.00", ""),
        ("US$ 1,000,000.00", "1000000.00", "USD"),
        ("0,25 €", "0.25", "EUR"),
    ],
)
def test_a_sum_is_read_as_it_is_meant(text: str, value: str, currency: str) -> None:
    (one,) = sums(fold(text.replace("\u00a0", " ")))
    assert (one.value, one.currency) == (Decimal(value), currency)


@pytest.mark.parametrize(
    "text", ["20,0 %", "5,5%", "06 12 34 56 78", "2017", "12/03/2017", "v1.2.3", "100,0000", "12:30"]
)
def test_what_is_no_sum_is_left_alone(text: str) -> None:
    assert list(sums(fold(text))) == []


def test_a_row_of_sums_is_taken_apart() -> None:
    assert [str(one.value) for one in sums("total facture 24.99 5.00 29.99")] == ["24.99", "5.00", "29.99"]


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_french_and_english_grouping_give_one_value(value: Decimal) -> None:
    english = f"{value:,.2f}"
    french = english.replace(",", " ").replace(".", ",")
    assert amount(english) == amount(french) == value


@given(st.text(alphabet="0123456789 .,'€$-%", max_size=120))
def test_no_run_of_figures_is_too_odd(text: str) -> None:
    for one in sums(text):
        assert text[one.start : one.end]


_PIECES = (
    "1", "12", "000", ".", ",", "-", "(", "%", "/", "€", "$", "£", "us$", "eur", "euros", "usd", "chf", "rs", "pln",
    "jpy", "a", "ttc", "total", "\u2212", " ", "1.50", "\n",
)  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=24).map("".join))
def test_sums_begin_where_the_pattern_without_its_first_set_begins(text: str) -> None:
    plain = re.compile(re.sub(r"^\(\?=\[.*?\]\)", "", amounts._AMOUNT.pattern))
    assert plain.pattern != amounts._AMOUNT.pattern
    found = [(met.span(), met.groups()) for met in amounts._AMOUNT.finditer(text)]
    assert found == [(met.span(), met.groups()) for met in plain.finditer(text)]


@given(st.text(" 0123456789.:-|#()€%", max_size=30))
def test_a_label_without_letters_names_no_sum(label: str) -> None:
    assert kind_of(label) == ("", 0)
    assert not any(pattern.search(label) for _, _, pattern in KINDS)
