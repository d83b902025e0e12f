"""crible keys: the ring that signatures are judged with."""

from pathlib import Path
from typing import Annotated

import typer

from crible.cli.context import CaseOption, JsonOption, err, language, out, print_json, say
from crible.proof.keyring import KeyRing
from crible.proof.keyring.key import Key
from crible.store.case import Case
from crible.store.setup import ready
from crible.words import render

app = typer.Typer(no_args_is_help=True)


@app.command("list", help=say("help-keys-list"))
def list_keys(
    case: Annotated[Path | None, typer.Option("--case", metavar="DIR", help=say("help-case"))] = None,
    json: JsonOption = False,
) -> None:
    """The default ring, with a case's own key files if one is named."""
    ring = KeyRing.default()
    if case is not None:
        ready()
        from crible.sift.keys import ring as ring_of

        ring = ring_of(Case.open(case))
    if json:
        print_json({"format": 1, "keys": [_row(key) for key in ring]})
        return
    for key in ring:
        row = _row(key)
        seen = f"{row['first_seen'] or '?'} – {row['last_seen'] or '?'}"
        sources = ", ".join(key.sources)
        out.print(f"{key.selector}._domainkey.{key.domain}  {key.bits} bit  {seen}  {sources}", markup=False)


@app.command("add", help=say("help-keys-add"))
def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=say("help-key-file"))],
    case: CaseOption,
) -> None:
    """Copy key files into a case; the next `crible sift --case DIR` judges with them."""
    ready()
    from crible.sift.keys import keep

    opened = Case.open(case)
    for path in files:
        for problem in KeyRing().with_file(path).problems:
            err.print(render("errors", problem.code, dict(problem.params), language()), markup=False)
        keep(opened, path)
    out.print(say("keys-added", count=len(files), case=str(case)), markup=False)


def _row(key: Key) -> dict[str, object]:
    return {
        "domain": key.domain,
        "selector": key.selector,
        "bits": key.bits,
        "sources": list(key.sources),
        "first_seen": key.first_seen,
        "last_seen": key.last_seen,
        "anchored": key.anchored,
        "private_published": key.private_published,
    }
