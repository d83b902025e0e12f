"""Subjects without the marks that mail programs put in front, in both languages."""

import pytest

from crible.extract.mail.subjects import base, forwards


@pytest.mark.parametrize(
    "subject",
    ["Budget salle", "Re: Budget salle", "RE : Budget  salle", "TR: RE: Budget salle", "Fwd: Budget salle",
     "Rép : Budget salle",
     "[bureau] Re: [bureau] Budget salle", "Re[2]: budget salle", "Budget salle (fwd)"],
)  # fmt: skip
def test_marks_go(subject: str) -> None:
    assert base(subject) == "budget salle"


@pytest.mark.parametrize(("subject", "left"), [("Trésorerie", "trésorerie"), ("Re", "re"), ("", ""), ("[seul]", "")])
def test_words_stay(subject: str, left: str) -> None:
    assert base(subject) == left


@pytest.mark.parametrize(
    ("subject", "passed"),
    [
        ("Fwd: x", True),
        ("FW: x", True),
        ("TR : x", True),
        ("[l] Tr: x", True),
        ("Re: TR: x", False),
        ("Travaux", False),
    ],
)
def test_a_forward_says_so(subject: str, passed: bool) -> None:
    assert forwards(subject) is passed


def test_a_long_row_of_marks_ends() -> None:
    assert base("Re: " * 5_000).startswith("re:")
