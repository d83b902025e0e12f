"""crible keys: the ring that signatures are judged with."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crible.cli.context import CaseOption, JsonOption, language, print_json, say
from crible.cli.help import Command, Group
from crible.cli.terminal import line, note, one_line
from crible.words import render

if TYPE_CHECKING:
    from crible.proof.keyring.key import Key

app = typer.Typer(no_args_is_help=True, cls=Group)


@app.command("list", cls=Command, help=say("help-keys-list"))
def list_keys(
    case: Annotated[Path | None, typer.Option("--case", metavar="DIR", help=say("help-case"))] = None,
    json: JsonOption = False,
) -> None:
    """The default ring, with a case's own key files if one is named."""
    from crible.proof.keyring import KeyRing

    ring = KeyRing.default()
    if case is not None:
        from crible.store.case import Case
        from crible.store.setup import ready

        ready()
        from crible.sift.keys import ring as ring_of

        ring = ring_of(Case.open(case))
    if json:
        print_json({"format": 1, "keys": [_row(key) for key in ring]})
        return
    for key in ring:
        line(one_line(_shown(key)))


@app.command("add", cls=Command, help=say("help-keys-add"))
def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=say("help-key-file"))],
    case: CaseOption,
) -> None:
    """Copy key files into a case; the next `crible sift --case DIR` judges with them."""
    from crible.proof.keyring import KeyRing
    from crible.store.case import Case
    from crible.store.setup import ready

    ready()
    from crible.sift.keys import keep

    opened = Case.open(case)
    for path in files:
        keep(opened, path)
        for problem in KeyRing().with_file(path).problems:
            note(render("errors", problem.code, dict(problem.params), language()))
    line(say("keys-added", count=len(files), case=str(case)))


def source_name(source: str) -> str:
    """Who says that a key is its selector's."""
    kind, _, name = source.partition(":")
    return say("source-own", name=name) if kind == "user" else source


def _shown(key: "Key") -> str:
    sources = ", ".join(source_name(source) for source in key.sources)
    name = f"{key.selector}._domainkey.{key.domain}"
    seen = say("key-seen", first=key.first_seen or "?", last=key.last_seen or "?") if key.first_seen else ""
    published = say("key-published") if key.private_published else ""
    return ", ".join(
        part for part in (say("key-line", name=name, bits=key.bits, sources=sources), seen, published) if part
    )


def _row(key: "Key") -> dict[str, object]:
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
