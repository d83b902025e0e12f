"""What every command shares: the language, where output goes, and how a case is opened for reading."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from crible import words
from crible.store.case import Case
from crible.store.setup import check_current, ready

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def language() -> str:
    """CRIBLE_LANG, else the first two letters of the locale, where crible speaks it; else English."""
    for name in ("CRIBLE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if code := os.environ.get(name, "")[:2]:
            return code if code in words.LANGUAGES else "en"
    return "en"


def say(key: str, **params: object) -> str:
    """A sentence of the command line."""
    return words.render("cli", key, params, language())


CaseOption = Annotated[Path, typer.Option("--case", metavar="DIR", help=say("help-case"))]
JsonOption = Annotated[bool, typer.Option("--json", help=say("help-json"))]


@contextmanager
def reading(folder: Path) -> Iterator[Case]:
    """A case, open for reading; CaseError if it cannot be."""
    ready()
    case = Case.open(folder)
    check_current(case)
    with case.facts():
        yield case


def print_json(value: dict[str, Any]) -> None:
    """One JSON object on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


SPACES = frozenset("\n\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{EN SPACE}\N{EM SPACE}")
"""Blanks that Python calls unprintable and French cannot be written without."""


def plain(text: str) -> str:
    """Text of a document made fit for a terminal: no control characters, so no escape sequences."""
    return "".join(c if c.isprintable() or c in SPACES else "\N{REPLACEMENT CHARACTER}" for c in text)
