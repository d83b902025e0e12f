"""crible demo: the fictional leak, sifted, and what was found against what was planted."""

import json as jsonlib
import os
from pathlib import Path
from typing import Annotated

import typer

from crible.cli.context import language, say
from crible.cli.terminal import line, note, one_line, prose
from crible.model.errors import InputError


def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help=say("help-demo-dir"))] = Path("demo-leak"),
    serve: Annotated[bool, typer.Option("--serve", help=say("help-demo-serve"))] = False,
) -> None:
    """Make the leak, sift it, compare with what was planted."""
    if serve:
        # Django is made ready once a process; the desk's settings hold all that the sift needs too.
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crible.web.settings")
    from crible.store.case import Case
    from crible.store.setup import ready

    ready()
    from crible.cli.progress import Bar, Interrupt
    from crible.cli.summary import print_summary
    from crible.demo.compare import score
    from crible.sift.export import lines
    from crible.sift.run import sift
    from crible.sift.watch import Options

    _make(folder)
    case = Case.create(folder / "case", title="Horizon")
    # A folder that was moved since must not be taken a second time under its new path.
    sources = [] if (case.folder / "custody" / "manifest.sha256").exists() else [folder / "leak"]
    with Bar() as shown:
        found = sift(case, sources, Options((folder / "keys.jsonl",)), shown.watch(Interrupt()))
    if found is None:
        raise typer.Exit(130)
    with case.facts():
        print_summary(found, case)
        compared = score(jsonlib.loads((folder / "planted.json").read_text()), lines())
    _print_score(compared.rows(language()))
    if compared.falsely_vouched or compared.alarmed or not found.balanced:
        raise typer.Exit(1)
    if serve:
        from crible.cli.serve import serve as desk

        desk([case.folder])


def _print_score(rows: list[str]) -> None:
    """The table as it stands, then its sentences wrapped."""
    table, _, sentences = "\n".join(rows).partition("\n\n")
    line()
    line(table)
    line()
    for sentence in sentences.split("\n"):
        prose(one_line(sentence))


def _make(folder: Path) -> None:
    """Make the leak where none of ours is; never over a folder that somebody else filled."""
    from crible.demo.leak import make_leak

    if (folder / "planted.json").exists():
        return
    if (folder / "leak").exists():
        raise InputError("demo-folder-taken", path=str(folder))
    note(say("demo-making", path=str(folder)))
    make_leak(folder)
