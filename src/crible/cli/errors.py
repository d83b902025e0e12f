"""What went wrong, in one sentence with a code that can be searched for."""

import errno
import os
import sqlite3
from typing import Any

from crible import words
from crible.cli.context import language
from crible.model.errors import CribleError

USAGE = {"MissingParameter": "usage-missing", "NoSuchOption": "usage-option", "BadParameter": "usage-value"}
"""Usage errors that have a sentence of ours, by class: typer takes these classes from click, or brings its own."""
BEGINNINGS = {"No such command": "usage-command", "Got unexpected extra argument": "usage-extra"}
"""Others, by how typer's message begins."""
OS = (1, 2, 13, 17, 20, 21, 24, 28, 30)
"""Error numbers that a user may meet, alike on Linux and macOS: permission, absence, kind of file, files, space."""
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
FULL_INDEX = f"os error {errno.ENOSPC}"
"""How Tantivy, whose errors have no number, ends one of a full disk."""


def sentence(error: Any) -> str:
    """Of any exception that ends a command."""
    if isinstance(error, CribleError):
        return _coded(error.code, error.params)
    if is_usage(error):
        return _usage(error)
    if _full(error):
        return _coded("disk-full", {})
    if isinstance(error, OSError) and error.strerror:
        code = "system" if error.filename else "system-unnamed"
        return _coded(code, {"path": str(error.filename or ""), "detail": error.strerror})
    if isinstance(error.__cause__ or error, sqlite3.Error):
        return _coded("database", {"detail": str(error).rstrip(".")})
    return _coded("unforeseen", {"kind": type(error).__name__, "detail": str(error).rstrip(".")})


def is_usage(error: Any) -> bool:
    """Whether the command was called wrongly, rather than failed."""
    return getattr(error, "exit_code", 1) == 2


def _full(error: Any) -> bool:
    """Whether the disk, or the user's share of it, is full. Where, the system says of a file being opened only."""
    cause = error.__cause__ or error  # Django wraps what SQLite raises
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return (isinstance(error, OSError) and error.errno in FULL) or FULL_INDEX in str(error)


def _usage(error: Any) -> str:
    others = (code for begins, code in BEGINNINGS.items() if error.message.startswith(begins))
    code = USAGE.get(type(error).__name__) or next(others, "usage-other")
    path = error.ctx.command_path if error.ctx else "crible"
    name = getattr(error, "option_name", "") or _parameter(getattr(error, "param", None)) or _quoted(error.message)
    return _coded(code, {"name": name, "detail": error.message.rstrip("."), "command": path})


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
