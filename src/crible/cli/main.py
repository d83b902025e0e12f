"""The `crible` program: its commands as one literal list, and errors as one sentence each."""

import atexit
import gc
import os
import sys
import traceback
from typing import Annotated, Any

import typer

from crible import __version__, words
from crible.cli import bench, compare, demo, doctor, export, find, keys, match, review, serve, show, sift, weigh
from crible.cli import boxes as box_commands
from crible.cli import case as case_commands
from crible.cli.context import language, say
from crible.cli.help import Command, Group
from crible.cli.terminal import note, speak_utf8
from crible.model.errors import CribleError

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

USAGE = {"MissingParameter": "usage-missing", "NoSuchOption": "usage-option", "BadParameter": "usage-value"}
"""Usage errors that have a sentence of ours, by class: typer takes these classes from click, or brings its own."""
BEGINNINGS = {"No such command": "usage-command", "Got unexpected extra argument": "usage-extra"}
"""Others, by how typer's message begins."""


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
        # Whoever read our output has enough of it; what is still buffered goes nowhere, quietly.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:  # noqa: BLE001  a user is told in a sentence, whatever it is
        if debug:
            traceback.print_exc()
        note(f"crible: {_sentence(error)}")
        sys.exit(2 if _is_usage(error) else 1)


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


def _is_usage(error: Any) -> bool:
    return getattr(error, "exit_code", 1) == 2


def _sentence(error: Any) -> str:
    """What went wrong, with a code that can be searched for."""
    if isinstance(error, CribleError):
        return _coded(error.code, error.params)
    if _is_usage(error):
        others = (code for begins, code in BEGINNINGS.items() if error.message.startswith(begins))
        code = USAGE.get(type(error).__name__) or next(others, "usage-other")
        path = error.ctx.command_path if error.ctx else "crible"
        name = getattr(error, "option_name", "") or _parameter(getattr(error, "param", None)) or _quoted(error.message)
        return _coded(code, {"name": name, "detail": error.message.rstrip("."), "command": path})
    if isinstance(error, OSError) and error.strerror:
        return _coded("system", {"path": str(error.filename or ""), "detail": error.strerror})
    return _coded("unforeseen", {"kind": type(error).__name__, "detail": str(error).rstrip(".")})


def _parameter(parameter: Any) -> str:
    if parameter is None:
        return ""
    return str(parameter.metavar if parameter.param_type_name == "argument" else parameter.opts[0])


def _quoted(message: str) -> str:
    """What typer's message names: in quotation marks, or in parentheses at its end."""
    return message.split("'")[1] if message.count("'") > 1 else message.rpartition("(")[2].rstrip(").")


def _coded(code: str, params: dict[str, Any]) -> str:
    detail = params.get("detail")
    known = words.keys("errors", language())
    # What the system says is English; its commonest words have a sentence of ours.
    said = next((f"os-{number}" for number in OS if detail == os.strerror(number)), "")
    said = "os-not-a-file" if detail == "not a file" else said
    params = {**params, "detail": words.render("errors", said, {}, language())} if said in known else params
    return f"{words.render('errors', code, dict(params), language())} [{code}]"


OS = (1, 2, 13, 17, 20, 21, 28, 30)
"""Error numbers that a user may meet, alike on Linux and macOS: permission, absence, kind of file, space."""
