"""docs/cli.md, written from the commands themselves; committed, tested for staleness, renewed by `scripts/docs`."""

from collections.abc import Iterator
from typing import Any

import typer

from crible.cli.help import page

HEAD = """\
# Commands and options

As `crible COMMAND --help` prints them; with `CRIBLE_LANG=fr`, or in a French locale, in French. Data goes to standard
output, progress to standard error. Exit codes: 0 done, 1 failure, 2 usage, 3 in and out differ, 130 interrupted after
the batch at hand. An error is one sentence with a code in brackets; `--debug` adds a traceback. With `--json`, objects
carry `"format": 1`.
"""


def reference() -> str:
    """The page, at the width and in the language of the environment."""
    from crible.cli.main import app

    whole = typer.main.get_command(app)
    return HEAD + "".join(_section(command, name) for name, command in commands(whole, "crible"))


def commands(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    """A command and all below it, with their full names."""
    yield name, command
    for inner, below in getattr(command, "commands", {}).items():
        yield from commands(below, f"{name} {inner}")


def _section(command: Any, name: str) -> str:
    context = command.make_context(name, [], resilient_parsing=True)
    return f"\n## {name}\n\n```\n" + "\n".join(page(command, context)) + "\n```\n"
