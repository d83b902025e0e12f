"""Whole papers: what they say of themselves, where their labels stand, and what does not add up."""

import pytest

from crible.extract.finance.numbers import number
from crible.extract.finance.paper import finance
from crible.extract.page import Page
from crible.model.facts import Reading
from crible.model.sorting import Finance

FRENCH = """Les Ateliers du Quai SARL - 12 quai des Lices - 35000 Rennes
Devis n° D-2017-008 du 3 mars 2017
Valable jusqu'au 30/04/2017
Facturé à :
Comité des fêtes de Nimelle
Scène 1 200,00 €
Total HT 1 200,00 €
TVA 5,5 % 66,00 €
Total TTC 1 266,00 €
"""
ENGLISH = """INVOICE
Harbour & Sons Ltd
Bill To:
Colm Village Hall
Mar 3, 2017
Apr 2, 2017
$1,266.00
Date:
Due Date:
Balance Due:
Invoice No: HS/2017/044
Subtotal $1,200.00
Tax (5.5%) $66.00
Total $1,266.00
"""


def read(text: str, kind: str = "invoice", language: str = "fr") -> Finance:
    found = finance(Page.of(Reading("application/pdf", text=text, language=language)), kind)
    assert found is not None
    return found


def test_a_french_quote_announces() -> None:
    paper = read(FRENCH, "quote")
    assert (paper.stance, paper.number, paper.date) == ("announces", "D-2017-008", "2017-03-03")
    assert (paper.net, paper.vat, paper.total, paper.currency) == ("1200.00", "66.00", "1266.00", "EUR")
    assert (paper.issuer, paper.recipient) == ("Les Ateliers du Quai SARL", "Comité des fêtes de Nimelle")


def test_an_english_invoice_whose_columns_were_torn_apart() -> None:
    paper = read(ENGLISH, language="en")
    assert (paper.stance, paper.number, paper.date, paper.due) == (
        "records", "HS/2017/044", "2017-03-03", "2017-04-02",
    )  # fmt: skip
    assert (paper.net, paper.vat, paper.total, paper.currency) == ("1200.00", "66.00", "1266.00", "USD")
    assert paper.issuer == "Harbour & Sons Ltd"


def test_amounts_stand_where_they_say() -> None:
    page = Page.of(Reading("application/pdf", text=FRENCH))
    paper = finance(page, "quote")
    assert paper is not None
    assert [page.text[one.start : one.end] for one in paper.amounts if one.label == "total"] == ["1 266,00 €"]


def test_a_row_of_three_tells_net_vat_and_total() -> None:
    paper = read("Facture n°562 du 02/07/2015\nMontant HT Montant TVA Montant TTC\nTotal facture 24.99 5.00 29.99\n")
    assert (paper.net, paper.vat, paper.total) == ("24.99", "5.00", "29.99")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Facture n° 2022089083", "2022089083"),
        ("Facture FA-2017-0010", "FA-2017-0010"),
        ("FACTURE N°\n17-0042", "17-0042"),
        ("Numéro de facture : F2017/12", "F2017/12"),
        ("Invoice Number: 42183017", "42183017"),
        ("INVOICE\n# 2017_9", "2017_9"),
        ("Purchase order no. PO-77", "PO-77"),
        ("Facture du 12/03/2017", ""),
        ("Facture 2017", ""),
        ("Facture page 1", ""),
        ("La facture est jointe", ""),
    ],
)
def test_a_number_is_the_papers_own(text: str, said: str) -> None:
    assert number(Page.of(Reading("text/plain", text=text))) == said


def test_sums_that_differ_are_told_and_a_discount_explains() -> None:
    wrong = FRENCH.replace("1 266,00", "1 566,00")
    assert [fault.text for fault in read(wrong).faults] == ["1200.00 + 66.00 ≠ 1566.00"]
    assert read(wrong.replace("Scène", "Frais de port 300,00 €\nScène")).faults == ()
    assert read(FRENCH).faults == ()


def test_papers_that_are_none_have_no_finance() -> None:
    assert finance(Page.of(Reading("text/plain", text=FRENCH)), "letter") is None


def test_ten_thousand_lines_of_figures_are_bounded() -> None:
    paper = read("Facture n° 1\n" + "Total 1 234,56 € 2 345,67 € 3 456,78 €\n" * 10_000)
    assert len(paper.amounts) == 100
