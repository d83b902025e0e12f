"""The `crible` program: its commands as one literal list, and errors as one sentence each."""

import sys
import traceback
from typing import Annotated

import typer

from crible import __version__, words
from crible.cli import case as case_commands
from crible.cli import demo, doctor, export, find, keys, match, serve, show, sift, weigh
from crible.cli.context import err, language, say
from crible.model.errors import CribleError

app = typer.Typer(help=say("help-crible"), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

COMMANDS = (
    ("sift", sift.sift),
    ("weigh", weigh.weigh),
    ("serve", serve.serve),
    ("find", find.find),
    ("show", show.show),
    ("ledger", show.ledger),
    ("match", match.match),
    ("export", export.export),
    ("index", case_commands.index),
    ("upgrade", case_commands.upgrade),
    ("demo", demo.demo),
    ("doctor", doctor.doctor),
)
for _name, _command in COMMANDS:
    app.command(_name, help=say(f"help-{_name}"))(_command)
app.add_typer(keys.app, name="keys", help=say("help-keys"))


@app.callback(invoke_without_command=True)
def main(
    debug: Annotated[bool, typer.Option("--debug", help=say("help-debug"))] = False,
    version: Annotated[bool, typer.Option("--version", help=say("help-version"))] = False,
) -> None:
    """Options before any command."""
    sys.tracebacklimit = 1000 if debug else 0
    if version:
        typer.echo(f"crible {__version__}")
        raise typer.Exit


def run() -> None:
    """Entry point: exit 0 done, 1 failure, 2 usage, 3 in ≠ out, 130 interrupted."""
    debug = "--debug" in sys.argv
    try:
        app()
    except CribleError as error:
        err.print(
            f"crible: {words.render('errors', error.code, dict(error.params), language())} [{error.code}]", markup=False
        )
        if debug:
            traceback.print_exc()
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
