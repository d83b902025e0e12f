"""Figures in another font than those around them, and all that looks so and is honest."""

import pytest

from crible.extract.pdf.fonts import style_of

A, B = "AAAAAA+Calibri", "BBBBBB+Calibri"
ROWS = [("Loyer", "1200,00"), ("Charges", "340,50"), ("Eau", "87,10"), ("Gaz", "112,40"), ("Taxe", "65,00")]


def table(last):
    rows = [
        f"1 0 0 1 50 {250 - 20 * at} Tm ({name}) Tj 1 0 0 1 200 {250 - 20 * at} Tm ({figure}) Tj"
        for at, (name, figure) in enumerate(ROWS)
    ]
    return f"BT /A 11 Tf {' '.join(rows)} 1 0 0 1 50 100 Tm (Total TTC) Tj {last} ET"


def odd(file):
    return [(found.kind, found.text, found.font, found.usual) for found in file.pdf.odd_numbers]


def test_a_sum_in_a_second_subset(facts):
    file = facts(table("/B 11 Tf 1 0 0 1 200 100 Tm (15000,00) Tj"), fonts={"A": A, "B": B})
    assert odd(file) == [("alone", "15000,00", B, A)]
    (found,) = file.pdf.odd_numbers
    assert found.line == "Total TTC 15000,00"
    assert found.among == 5
    assert 490 < found.box[0] < 510
    (font,) = file.pdf.fonts
    assert (font.name, font.tags, font.embedded) == ("Calibri", ("AAAAAA", "BBBBBB"), False)


def test_a_digit_put_into_a_sum(facts):
    last = "1 0 0 1 200 100 Tm (1) Tj /B 11 Tf (5) Tj /A 11 Tf (000,00) Tj"
    assert odd(facts(table(last), fonts={"A": A, "B": B})) == [("within", "15000,00", B, A)]


@pytest.mark.parametrize(("last", "fonts"), [
    ("1 0 0 1 200 100 Tm (15000,00) Tj", {"A": A}),
    ("/B 11 Tf 1 0 0 1 200 100 Tm (15000,00) Tj", {"A": A, "B": "BBBBBB+Calibri-Bold"}),
    ("/B 11 Tf 1 0 0 1 200 100 Tm (15000,00) Tj", {"A": A, "B": A}),
    ("1 0 0 1 200 100 Tm (15000,00) Tj /B 6 Tf 4 Ts (12) Tj", {"A": A, "B": B}),
    ("1 0 0 1 200 100 Tm (15000,00) Tj /B 11 Tf 1 0 0 1 300 100 Tm (20,00) Tj 1 0 0 1 340 100 Tm (7,00) Tj "
     "1 0 0 1 300 80 Tm (Second passage, ecrit dans un autre sous-ensemble 2017) Tj", {"A": A, "B": B}),
], ids=["one font", "bold total", "one subset declared twice", "footnote mark", "a second passage"])  # fmt: skip
def test_honest_pages(facts, last, fonts):
    assert odd(facts(table(last), fonts=fonts)) == []


def test_right_to_left_text_and_few_numbers_are_calm(facts):
    few = "BT /A 11 Tf 50 200 Td (Total 1500,00) Tj /B 11 Tf 100 0 Td (2017) Tj ET"
    assert odd(facts(few, fonts={"A": A, "B": B})) == []


@pytest.mark.parametrize(("one", "other", "same"), [
    ("ArialMT", "Helvetica", True),
    ("Arial", "LiberationSans", True),
    ("Arial-BoldMT", "Helvetica-Bold", True),
    ("ArialMT", "Arial-BoldMT", False),
    ("TimesNewRomanPSMT", "Times-Roman", True),
    ("TimesNewRomanPS-BoldMT", "Times-Bold", True),
    ("Helvetica-Oblique", "Arial,Italic", True),
    ("Calibri", "Carlito", True),
    ("Calibri", "Cambria", False),
])  # fmt: skip
def test_fonts_that_stand_in_for_each_other(one, other, same):
    assert (style_of(one) == style_of(other)) is same
