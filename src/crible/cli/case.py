"""crible index, crible upgrade: care of a case."""

from typing import Annotated

import typer

from crible.cli.context import CaseOption, say
from crible.cli.progress import Bar, Interrupt
from crible.store.case import Case
from crible.store.setup import check_current, ready


def index(
    case: CaseOption,
    rebuild: Annotated[bool, typer.Option("--rebuild", help=say("help-rebuild"))] = False,
) -> None:
    """Say whether the index is there; build it anew."""
    ready()
    from crible.sift.run import rebuild_index

    opened = Case.open(case)
    check_current(opened)
    if not rebuild:
        typer.echo(say("index-there" if opened.index.exists() else "index-absent"))
        return
    shown = Bar()
    try:
        rebuild_index(opened, shown.watch(Interrupt()))
    finally:
        shown.finish()


def upgrade(case: CaseOption) -> None:
    """Bring the tables of a case to this version, after a copy."""
    ready()
    from crible.store.upgrade import upgrade as run

    copy = run(Case.open(case))
    typer.echo(say("upgraded", path=str(copy)) if copy else say("up-to-date"))
