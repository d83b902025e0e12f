"""crible index, crible upgrade: care of a case."""

from typing import Annotated

import typer

from crible.cli.context import CaseOption, reading, say
from crible.cli.terminal import line


def index(
    case: CaseOption,
    rebuild: Annotated[bool, typer.Option("--rebuild", help=say("help-rebuild"))] = False,
) -> None:
    """Say whether the index is there; build it anew."""
    with reading(case) as opened:
        there = opened.index.exists()
    if not rebuild:
        line(say("index-there" if there else "index-absent"))
        return
    from crible.cli.progress import Bar, Interrupt
    from crible.sift.run import rebuild_index

    with Bar() as shown:
        rebuild_index(opened, shown.watch(Interrupt()))
    line(say("index-rebuilt"))


def upgrade(case: CaseOption) -> None:
    """Bring the tables of a case to this version, after a copy."""
    from crible.store.case import Case
    from crible.store.setup import ready

    ready()
    from crible.store.upgrade import upgrade as run

    copy = run(Case.open(case))
    line(say("upgraded", path=str(copy)) if copy else say("up-to-date"))
