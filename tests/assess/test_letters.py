"""Unseen letters, mixed alphabets, and account numbers in which one stands for another."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crible.assess.letters import mixed, numbers

PLAIN = "FR76 3000 6000 0112 3456 7890 189"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("c.ferrand@h\u043erizon.example", "h\u043erizon"),
        ("\u03bdft@mail.example", "\u03bdft"),
        ("c@\uff48orizon.example", "\uff48orizon"),
        ("c.ferrand@horizon.example", ""),
        ("hélène@horizon.example", ""),
        ("\u0430\u043d\u043d\u0430@horizon.example", ""),
        ("\u5c71\u7530@horizon.example", ""),
    ],
)
def test_two_alphabets_in_one_word(text: str, word: str) -> None:
    assert mixed(text) == word


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"À régler : IBAN {PLAIN}.", []),
        (PLAIN.replace("0112", "\u041e112"), [(PLAIN.replace("0112", "\u041e112"), False)]),
        ("IBAN " + PLAIN.replace("0112", "01\u200b12") + ", merci", [(PLAIN.replace("0112", "01\u200b12"), True)]),
        ("IBAN \uff26\uff2276 3000 6000 0112 3456 7890 189", [("\uff26\uff2276 3000 6000 0112 3456 7890 189", False)]),
        ("Réf. \u0410\u041176 3000 6000", []),
        ("\u200bBonjour,\u200b le total est de 18 214 euros", []),
        ("\u041c\u041e\u0421\u041a\u0412\u0410 2017", []),
    ],
)
def test_account_numbers(text: str, found: list[tuple[str, bool]]) -> None:
    assert list(numbers(text)) == found


@settings(deadline=None)
@given(st.text(alphabet="AR7О6\u200b \u0421é", max_size=300))
def test_any_text_is_survived(text: str) -> None:
    for number, _ in numbers(text):
        assert number in text
    mixed(text)


def test_a_text_of_nothing_else_costs_little() -> None:
    started = time.process_time()
    list(numbers("\u041e" * 200_000))
    list(numbers("\u200b " * 200_000))
    assert time.process_time() - started < 1
