"""The `crible` program: its commands as one literal list, and errors as one sentence each."""

import atexit
import gc
import os
import sys
import traceback
from typing import Annotated

import typer

from crible import __version__
from crible.cli import bench, compare, demo, doctor, export, find, keys, match, review, serve, show, sift, weigh
from crible.cli import boxes as box_commands
from crible.cli import case as case_commands
from crible.cli.context import say
from crible.cli.errors import is_usage, sentence
from crible.cli.help import Command, Group
from crible.cli.terminal import note, speak_utf8

app = typer.Typer(help=say("help-crible"), cls=Group, no_args_is_help=True, add_completion=False, rich_markup_mode=None)

COMMANDS = (
    ("sift", sift.sift),
    ("weigh", weigh.weigh),
    ("serve", serve.serve),
    ("find", find.find),
    ("show", show.show),
    ("ledger", show.ledger),
    ("match", match.match),
    ("compare", compare.compare),
    ("boxes", box_commands.boxes),
    ("traces", box_commands.traces),
    ("export", export.export),
    ("index", case_commands.index),
    ("upgrade", case_commands.upgrade),
    ("demo", demo.demo),
    ("doctor", doctor.doctor),
)
for _name, _command in COMMANDS:
    app.command(_name, cls=Command, help=say(f"help-{_name}"))(_command)
app.add_typer(keys.app, name="keys", cls=Group, help=say("help-keys"))
app.add_typer(review.app, name="review", cls=Group, help=say("help-review"))
app.add_typer(bench.app, name="bench", cls=Group, help=say("help-bench"))


@app.callback(invoke_without_command=True)
def main(
    debug: Annotated[bool, typer.Option("--debug", help=say("help-debug"))] = False,  # noqa: ARG001
    version: Annotated[bool, typer.Option("--version", help=say("help-version"))] = False,
) -> None:
    """Options before any command."""
    if version:
        typer.echo(f"crible {__version__}")
        raise typer.Exit


def run() -> None:
    """Entry point: exit 0 done, 1 failure, 2 usage, 3 in ≠ out, 130 interrupted."""
    speak_utf8()
    atexit.register(gc.freeze)  # what ends with the process is not looked through for garbage first: 0.13 s of a sift
    arguments = [one for one in sys.argv[1:] if one != "--debug"]
    debug = len(arguments) < len(sys.argv) - 1
    try:
        sys.exit(_invoke(arguments))
    except BrokenPipeError:
        _discard()  # whoever read our output has enough of it
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:  # noqa: BLE001  a user is told in a sentence, whatever it is
        if debug:
            traceback.print_exc()
        note(f"crible: {sentence(error)}")
        try:
            sys.stdout.flush()
        except OSError:
            _discard()  # the disk that it goes to is full: Python would try again, and tell in its own words
        sys.exit(2 if is_usage(error) else 1)


def _discard() -> None:
    """What is still buffered of our output goes nowhere, quietly."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _invoke(arguments: list[str]) -> int:
    command = typer.main.get_command(app)
    try:
        with command.make_context("crible", arguments) as context:
            command.invoke(context)
        sys.stdout.flush()
    except typer.Exit as done:
        sys.stdout.flush()
        return done.exit_code
    except Exception as error:
        if type(error).__name__ != "NoArgsIsHelpError":
            raise
        typer.echo(str(error))
        return 2
    return 0
