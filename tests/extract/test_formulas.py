"""The small evaluator: what it computes is right, what it does not know it leaves alone, and its work is bounded."""

import math
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.extract.formulas import OTHER, Cells, Unsupported, evaluate, place


def cells(**values):
    held = Cells(100_000)
    held.values.update({place(name): value for name, value in values.items()})
    return held


SHEET = {"A1": 2.0, "A2": 3.5, "A3": None, "A4": "texte", "B1": 4.0, "B2": 0.1, "B3": 0.2, "C1": OTHER}


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("1+2*3", 7),
        ("(1+2)*3", 9),
        ("-2^2", 4),  # in a spreadsheet the sign binds first
        ("2^3^2", 64),  # and powers from the left
        ("10-4-3", 3),
        ("8/4/2", 1),
        ("A1*B1%", 0.08),
        ("$A$1+A$2+$B1", 9.5),
        ("A3+1", 1),
        ("SUM(A1:B2)", 9.6),
        ("SUM(B2:A1)", 9.6),
        ("SUM(A1,A2,10)", 15.5),
        ("SUM(A1:A4)", 5.5),
        ("ROUND(2.675,2)", 2.68),
        ("ROUND(-0.5,0)", -1),
        ("ROUND(1250,-2)", 1300),
        ("IF(A1>B1,1,IF(B2+B3=0.3,20,30))", 20),
        ('IF(A3="",7,8)', 7),
        ('IF(A4="TEXTE",1,2)', 1),
        ("MIN(A1:B1)+MAX(A1:B1)", 6),
        ("AVERAGE(A1,B1)", 3),
        ("ABS(A1-B1)", 2),
        (" SUM( A1 , 1 ) ", 3),
    ],
)
def test_what_it_computes(formula, value):
    assert math.isclose(evaluate(formula, cells(**SHEET)), value)


@pytest.mark.parametrize(
    "formula",
    [
        "A1/0", "NOW()", "VLOOKUP(A1,A1:B3,2)", "Feuil2!A1", "[1]Feuil1!A1", "A4+1", "C1+1", "SUM(C1:C2)", '"3"+1',
        "A1&B1", "A1:A2", "SUM(A1:ZZZ99999)", "total_ht*1.2", "{1,2}", "SUM(A1", "A1)", "", "=", "IF(A1)", "ROUND(1)",
        "LOG10(A1)", "(-8)^0.5", '"a"<"b"', "9^999^999", "(" * 150 + "1" + ")" * 150, "1+" * 300 + "1", "A1:B2:C3",
    ],
)  # fmt: skip
def test_what_it_leaves_alone(formula):
    with pytest.raises(Unsupported):
        evaluate(formula, cells(**SHEET))


def test_a_shared_formula_moves_its_relative_references():
    held = cells(A1=1.0, A2=2.0, B1=10.0, B2=20.0)
    assert evaluate("A1+$B$1", held, (1, 0)) == 12
    assert evaluate("SUM(A1:A2)", held, (0, 1)) == 30


def test_look_ups_are_bounded_over_the_whole_workbook():
    held = Cells(10_000)
    for _ in range(4):
        evaluate("SUM(A1:E500)", held)
    with pytest.raises(Unsupported, match="budget"):
        evaluate("SUM(A1:E500)+SUM(A1:E500)", held)
    start = time.process_time()
    with pytest.raises(Unsupported):
        evaluate("SUM(" + ",".join(["A1:E1000"] * 40) + ")", Cells(100_000))
    assert time.process_time() - start < 1


@given(st.text(alphabet='A1B2:$()+-*/^%,<>="IFSUM. ', max_size=60))
def test_nothing_but_a_number_or_unsupported_leaves(formula):
    with suppress(Unsupported):
        assert math.isfinite(evaluate(formula, cells(**SHEET)))


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=6), st.lists(st.sampled_from("+-*"), max_size=5))
def test_arithmetic_agrees_with_python(numbers, operators):
    pairs = list(zip(operators, numbers[1:], strict=False))
    text = str(numbers[0]) + "".join(f"{operator}({number})" for operator, number in pairs)
    assert math.isclose(evaluate(text, cells()), eval(text), abs_tol=1e-9)
