"""Kinds of a difference."""

import pytest

from crible.assess.kinds import kinds


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("1.500,00", "15.000,00", ("number",)),
        ("FA-2017-031", "FA-2017-013", ("number",)),
        ("", "3", ("number",)),
        ("trois", "3", ("words",)),
        ("03/04/2017", "04/03/2017", ("number", "date")),
        ("lundi", "mardi", ("date",)),
        ("March", "April", ("date", "name")),
        ("can", "can't", ("negation",)),
        ("not", "", ("negation",)),
        ("Dupont", "Durand", ("name",)),
        ("Dupont", "", ("words",)),
        ("https://a.example/1", "https://b.example/2", ()),
        ("real_samps2", "real_samps3", ("words",)),
    ],
)
def test_kinds(ours: str, theirs: str, expected: tuple[str, ...]) -> None:
    assert kinds(ours.split(), theirs.split()) == expected


def test_a_changed_group_of_an_account_number_is_an_account() -> None:
    before, after = ["sur", "FR76", "3000", "6000"], ["3456", "7890", "189", "merci"]
    assert kinds(["0112"], ["0113"], before, after) == ("iban", "number")
    assert kinds(["0112"], ["0113"], ["page"], ["suivante"]) == ("number",)


def test_a_day_beside_its_month_is_a_date() -> None:
    assert kinds(["3"], ["4"], ["le"], ["mars"]) == ("number", "date")
