"""crible sift: the main job."""

import gc
from pathlib import Path
from typing import Annotated

import typer

from crible.cli.context import print_json, say


def sift(
    sources: Annotated[list[Path] | None, typer.Argument(metavar="[SOURCE]...", help=say("help-sources"))] = None,
    case: Annotated[Path, typer.Option("--case", metavar="DIR", help=say("help-case-new"))] = ...,  # type: ignore[assignment]
    keys: Annotated[list[Path] | None, typer.Option("--keys", metavar="FILE", help=say("help-key-file"))] = None,
    reference: Annotated[
        list[Path] | None, typer.Option("--reference", metavar="DIR", help=say("help-reference"))
    ] = None,
    passwords: Annotated[
        list[Path] | None, typer.Option("--passwords", metavar="FILE", help=say("help-passwords"))
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=0, metavar="N", help=say("help-jobs"))] = 0,
    in_place: Annotated[bool, typer.Option("--in-place", help=say("help-in-place"))] = False,
    unsafe: Annotated[bool, typer.Option("--unsafe", help=say("help-unsafe"))] = False,
    no_repair: Annotated[bool, typer.Option("--no-repair", help=say("help-no-repair"))] = False,
    no_ocr: Annotated[bool, typer.Option("--no-ocr", help=say("help-no-ocr"))] = False,
    as_events: Annotated[bool, typer.Option("--json", help=say("help-json-events"))] = False,
) -> None:
    """Take, read, weigh, index; resume; end with ledger and grades."""
    from crible.sift import children

    with children.start(jobs, unsafe=unsafe) as started:  # they load their libraries while we load ours
        gc.disable()  # nothing is garbage meanwhile: a tenth of the 0.5 s
        from crible.store.setup import ready

        ready()
        from crible.cli.progress import Bar, Events, Interrupt
        from crible.cli.summary import as_json, print_summary
        from crible.sift.run import sift as run
        from crible.sift.watch import Options
        from crible.store.case import Case

        gc.enable()
        opened = Case.create(case) if sources else Case.open(case)
        options = Options(
            tuple(keys or ()),
            jobs,
            in_place,
            unsafe,
            repair=not no_repair,
            recognise=not no_ocr,
            password_files=tuple(passwords or ()),
            references=tuple(reference or ()),
        )
        with Events() if as_events else Bar() as shown:
            found = run(opened, sources or [], options, shown.watch(Interrupt()), started)
    if found is None:
        raise typer.Exit(130)
    with opened.facts():
        if as_events:
            print_json(as_json(found))
        else:
            print_summary(found, opened)
    if not found.balanced:
        raise typer.Exit(3)
