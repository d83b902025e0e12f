"""crible export: everything, one line a document."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from crible.cli.context import CaseOption, reading, say


class Form(StrEnum):
    """How the lines are written."""

    JSONL = "jsonl"
    CSV = "csv"


class Language(StrEnum):
    """The language of the sentences."""

    EN = "en"
    FR = "fr"


def export(
    case: CaseOption,
    form: Annotated[Form, typer.Option("--format", metavar="FORM", help=say("help-format"))] = Form.JSONL,
    lang: Annotated[Language, typer.Option("--lang", metavar="LANG", help=say("help-lang"))] = Language.EN,
    to: Annotated[Path | None, typer.Option("--out", metavar="F", help=say("help-out"))] = None,
) -> None:
    """Write every document's line, sorted by id."""
    with reading(case):
        from crible.sift.export import write

        if to is None:
            write(sys.stdout, form, lang)
            return
        fresh = to.with_name(to.name + ".new")
        with fresh.open("w", encoding="utf-8", newline="") as file:
            write(file, form, lang)
        fresh.replace(to)
