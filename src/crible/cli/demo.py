"""crible demo: the fictional leak, sifted, and what was found against what was planted."""

import json as jsonlib
from pathlib import Path
from typing import Annotated

import typer

from crible.cli.context import language, out, say
from crible.cli.progress import Bar, Interrupt
from crible.store.case import Case
from crible.store.setup import ready


def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help=say("help-demo-dir"))] = Path("demo-leak"),
    serve: Annotated[bool, typer.Option("--serve", help=say("help-demo-serve"))] = False,
) -> None:
    """Make the leak, sift it, compare with what was planted."""
    ready()
    from crible.cli.summary import print_summary
    from crible.demo.compare import score
    from crible.demo.leak import make_leak
    from crible.sift.export import lines
    from crible.sift.run import Options, sift

    if not (folder / "planted.json").exists():
        out.print(say("demo-making", path=str(folder)), markup=False)
        make_leak(folder)
    case = Case.create(folder / "case", title="Horizon")
    shown = Bar()
    try:
        found = sift(case, [folder / "leak"], Options((folder / "keys.jsonl",)), shown.watch(Interrupt()))
    finally:
        shown.finish()
    if found is None:
        raise typer.Exit(130)
    with case.facts():
        print_summary(out, found, case, language())
        compared = score(jsonlib.loads((folder / "planted.json").read_text()), lines())
    for row in compared.rows(language()):
        out.print(row, markup=False)
    if compared.falsely_vouched or compared.alarmed or not found.balanced:
        raise typer.Exit(1)
    if serve:
        from crible.cli.serve import serve as desk

        desk([case.folder])
