"""Gaps in runs of invoice numbers."""

import time

import pytest
from boxes_mail import made

from crible.assess.boxes.invoices import Form, Series, numbers

BOX = ("leak/a.mbox",)
SELLER = "compta@presse.example"


@pytest.mark.parametrize(
    ("text", "form", "number"),
    [
        ("Facture 2017-031", ("facture", "", "2017"), 31),
        ("FA-2017-0012.pdf", ("fa", "", "2017"), 12),
        ("facture_2017_0031.pdf", ("facture", "", "2017"), 31),
        ("Votre facture n° 4512", ("facture", "", ""), 4512),
        ("Invoice #INV-00089", ("invoice", "inv", ""), 89),
        ("Devis D2017-17", ("devis", "d", "2017"), 17),
        ("FACTURE N°F20170131a", ("facture", "f", ""), 20170131),
    ],
)
def test_a_number_is_read_with_the_form_it_is_written_in(text: str, form: tuple[str, str, str], number: int) -> None:
    found = list(numbers(text))
    assert found[:1] == [(Form(*form), number)] or (number > 10**6 and not found)


@pytest.mark.parametrize(
    "text",
    ["Facture mars 2017", "Facture 2017", "Facture du 31/03/2017", "Facture 03-2017", "Facture 20170312", "Note 12",
     "Facture 1.200", "Facture 120 €", "Préface 12", "facture"],
)  # fmt: skip
def test_dates_years_and_amounts_are_no_numbers(text: str) -> None:
    assert list(numbers(text)) == []


def gaps(*met: int, others: tuple[str, ...] = (), names: tuple[str, ...] = ()) -> list[dict[str, object]]:
    series = Series()
    for number in met:
        series.take(f"{number:04}", BOX, made(f"Facture 2017-{number:03}", SELLER))
    for subject in others:
        series.take("ff", ("leak/b.mbox",), made(subject, "autre@presse.example"))
    for name in names:
        series.name(name)
    return [one.params for one in series.remarks()]


def test_a_number_missing_inside_a_dense_run_is_named() -> None:
    (found,) = gaps(31, 32, 33, 35, 36, 37)
    assert found == {
        "sender": SELLER, "series": "facture-2017-", "missing": ["34"], "first": "31", "last": "37", "met": 6,
        "count": 1,
    }  # fmt: skip


def test_an_attachments_name_counts_as_much_as_a_subject() -> None:
    series = Series()
    for number in (1, 2, 3, 5, 6):
        series.take(f"{number:02}", BOX, made("Votre facture", SELLER, files=(f"FA-2017-{number:04}.pdf",)))
    assert [one.params["missing"] for one in series.remarks()] == [["4"]]


def test_a_complete_run_is_silent() -> None:
    assert gaps(31, 32, 33, 34, 35, 36) == []


def test_a_supplier_with_many_customers_is_silent() -> None:
    assert gaps(31, 57, 80, 112, 140, 171) == []
    assert gaps(1, 3, 5, 7, 9, 11) == []


def test_few_numbers_say_nothing() -> None:
    assert gaps(31, 32, 34, 35) == []


def test_a_number_met_anywhere_in_the_dump_is_not_missing() -> None:
    assert gaps(31, 32, 33, 35, 36, 37, others=("Facture 2017-034",)) == []
    assert gaps(31, 32, 33, 35, 36, 37, names=("Facture_2017-034.pdf",)) == []
    assert len(gaps(31, 32, 33, 35, 36, 37, others=("Facture 2016-034",))) == 1


def test_two_senders_make_two_series() -> None:
    series = Series()
    for number in range(1, 7):
        series.take(f"{number:02}", BOX, made(f"Facture {number * 2}", SELLER))
        series.take(f"1{number}", BOX, made(f"Facture {number * 2 + 1}", "b@autre.example"))
    assert list(series.remarks()) == []


def test_a_trap_takes_no_time() -> None:
    start = time.process_time()
    for text in ("facture" + " -" * 10**6, "fa" * 10**6, "facture 2017-" + "1" * 10**6):
        list(numbers(text))
    assert time.process_time() - start < 1
