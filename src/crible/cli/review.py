"""crible review: what people marked and did at the desk, taken out and checked."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crible.cli.context import CaseOption, say
from crible.cli.export import Form
from crible.cli.help import Command, Group
from crible.cli.terminal import line, note

if TYPE_CHECKING:
    from crible.store.case import Case

app = typer.Typer(no_args_is_help=True, cls=Group)
BROKEN = 3


@app.command("export", cls=Command, help=say("help-review-export"))
def export(
    case: CaseOption,
    form: Annotated[Form, typer.Option("--format", metavar="FORM", help=say("help-format"))] = Form.JSONL,
    log: Annotated[bool, typer.Option("--log", help=say("help-review-log"))] = False,
    to: Annotated[Path | None, typer.Option("--out", metavar="F", help=say("help-out"))] = None,
) -> None:
    """Every mark as it stands, or every line of the log."""
    with _desk(case) as opened:
        from crible.review import export as exporting
        from crible.web.queries.withheld import closed_among

        closed = closed_among(exporting.noted(opened.uuid))
        lines = exporting.log(opened.uuid) if log else exporting.marks(opened.uuid, closed)
        columns: tuple[str, ...] = exporting.LOG_COLUMNS if log else exporting.COLUMNS
        if to is None:
            exporting.write(sys.stdout, lines, form, columns)
            return
        fresh = to.with_name(to.name + ".new")
        with fresh.open("w", encoding="utf-8", newline="") as file:
            exporting.write(file, lines, form, columns)
        fresh.replace(to)


@app.command("check", cls=Command, help=say("help-review-check"))
def check(case: CaseOption) -> None:
    """Follow the log of a case from its first line; exit 3 where a line does not fit."""
    with _desk(case) as opened:
        from crible.review import audit

        found = audit.check_case(opened.uuid)
    if found.broken:
        note(say("review-broken", number=found.broken))
        raise typer.Exit(BROKEN)
    line(say("review-whole", count=found.entries) if found.entries else say("review-nothing"))
    if found.entries:
        line(say("review-head", number=found.entries, hash=found.head))


@contextmanager
def _desk(folder: Path) -> "Iterator[Case]":
    """A case and the desk's own database, as `crible serve` has them; the closed shelf is that of the case."""
    from crible.web.server import desk_folder, furnish

    furnish(desk_folder())
    from django.core.management import call_command

    from crible.store.case import Case
    from crible.store.setup import check_current
    from crible.web.queries.shelf import shelf_of

    call_command("migrate", database="default", verbosity=0, interactive=False)
    case = Case.open(folder)
    check_current(case)
    with case.facts(), shelf_of(case.uuid):
        yield case
