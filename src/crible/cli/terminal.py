"""What reaches the terminal: wrapped prose and aligned names, and nothing that a document could steer it with."""

import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterable

import typer

WIDEST = 100
"""Columns of prose on a wide terminal; longer lines are hard to read."""
NARROWEST = 40


def width() -> int:
    """Columns to write prose in: the terminal's, 80 where there is none."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((80, 24)).columns))


def plain(text: str) -> str:
    """Text of a document made fit for a terminal.

    Controls, so escape sequences, and marks of text direction become U+FFFD; a tab becomes spaces, marks without
    width go; no-break spaces, which French punctuation needs, stay.
    """
    return "".join(c if c.isprintable() or c == "\n" else _tamed(c) for c in text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """The same on a single line; no-break spaces hold figures together, so they are no ends of words."""
    return " ".join(part for part in plain(text).replace("\n", " ").split(" ") if part)


def wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    """Lines of at most the width; paths, hashes and addresses are never cut: they are there to be copied."""
    return textwrap.wrap(
        text, width(), initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def line(text: str = "", *, bold: bool = False) -> None:
    """A line as it is, never wrapped: other programs may read it."""
    typer.echo(typer.style(text, bold=True) if bold else text)


def prose(text: str, indent: int = 0, hang: int | None = None, *, bold: bool = False) -> None:
    """Sentences, wrapped; the lines after the first are indented by `hang`."""
    first, rest = " " * indent, " " * (indent if hang is None else hang)
    for one in wrapped(text, first, rest) or [""]:
        line(one, bold=bold)


def named(name: str, text: str, column: int = 10, indent: int = 0) -> None:
    """A name, and what belongs to it in a column of its own."""
    prose(f"{name:<{column}}{text}", indent, indent + column)


def items(texts: Iterable[str], indent: int = 4) -> None:
    """A list."""
    for text in texts:
        prose(f"- {text}", indent, indent + 2)


def note(text: str) -> None:
    """A line on standard error: about the run, not of its result."""
    typer.echo(plain(text), err=True)


def speak_utf8() -> None:
    """Have signs that the terminal's character set lacks written as escapes rather than end the program."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def _tamed(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Zs":
        return character
    if character == "\t":
        return "    "
    weightless = category == "Cf" and unicodedata.bidirectional(character) == "BN"
    return "" if weightless else "\N{REPLACEMENT CHARACTER}"
