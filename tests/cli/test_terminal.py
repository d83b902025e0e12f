"""Nothing that a document holds can steer a terminal, and nothing that a reader needs is lost."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.cli import terminal


@given(st.text(st.characters(codec=None)))
def test_no_control_character_passes(text: str) -> None:
    shown = terminal.plain(text)
    assert all(unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in shown.replace("\n", ""))
    assert "\n" not in terminal.one_line(text)


def test_escape_sequences_and_marks_of_direction_are_disarmed() -> None:
    assert terminal.plain("\x1b[31mred\x9b0m") == "\ufffd[31mred\ufffd0m"
    assert terminal.plain("facture\u202efdp.exe") == "facture\ufffdfdp.exe"


def test_what_french_and_ordinary_text_need_stays() -> None:
    assert terminal.plain("4\u202f800\xa0€ « oui »") == "4\u202f800\xa0€ « oui »"
    assert terminal.one_line("4\u202f800\xa0€\n  net") == "4\u202f800\xa0€ net"
    assert terminal.plain("a\tb\r\nc") == "a    b\nc"
    assert terminal.plain("co\xadopé\u200bration") == "coopération"


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_prose_fits_the_terminal_and_hashes_are_never_cut(columns: int, monkeypatch, capsys) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    digest = "9f" * 32
    terminal.named("SHA-256", f"{'mot ' * 60}{digest}", 10, 2)
    lines = capsys.readouterr().out.splitlines()
    assert all(len(line) <= columns for line in lines if digest not in line)
    assert any(digest in line for line in lines)
    assert all(line.startswith(" " * 12) for line in lines[1:])
