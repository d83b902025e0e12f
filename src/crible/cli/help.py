"""Help in the user's language: typer's own layout knows only English for half of its words."""

from collections.abc import Iterator
from enum import Enum
from typing import Any

from typer.core import TyperCommand, TyperGroup

from crible.cli.context import say
from crible.cli.terminal import wrapped

COLUMN = 22
"""Columns for names of options and arguments; a longer name takes a line of its own."""


class Command(TyperCommand):
    """A command whose `--help` we write ourselves."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the whole page."""
        formatter.write("\n".join(page(self, ctx)) + "\n")


class Group(TyperGroup):
    """The program, or a command that has commands."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the whole page."""
        formatter.write("\n".join(page(self, ctx)) + "\n")


def page(command: Any, context: Any) -> Iterator[str]:
    """Usage, what it does, an example, its arguments and options, its commands; lines of at most the width."""
    parameters = [one for one in command.get_params(context) if not one.hidden]
    arguments = [one for one in parameters if one.param_type_name == "argument"]
    options = [one for one in parameters if one.param_type_name == "option"]
    commands = getattr(command, "commands", {})
    pieces = [say("usage"), context.command_path, "[OPTIONS]", *(one.metavar for one in arguments)]
    yield " ".join([*pieces, "COMMAND"] if commands else pieces)
    *paragraphs, example = (command.help or "").split("\n\n")
    for paragraph in paragraphs:
        yield from ("", *wrapped(paragraph))
    # An example is there to be pasted: never wrapped.
    yield from ("", example)
    yield from _section("heading-arguments", [(one.metavar, one.help) for one in arguments])
    yield from _section("heading-options", [(_option(one), _meaning(one)) for one in options])
    yield from _section("heading-commands", [(name, _first(one.help)) for name, one in commands.items()])


def _section(heading: str, rows: list[tuple[str, str]]) -> Iterator[str]:
    if not rows:
        return
    yield ""
    yield say(heading)
    for name, meaning in rows:
        start = f"  {name:<{COLUMN}}"
        if len(name) > COLUMN - 2:
            yield f"  {name}"
            start = " " * (COLUMN + 2)
        yield from wrapped(meaning, start, " " * (COLUMN + 2)) or [start.rstrip()]


def _option(option: Any) -> str:
    names = ", ".join(option.opts)
    return names if option.is_flag else f"{names} {option.metavar}"


def _meaning(option: Any) -> str:
    if "--help" in option.opts:
        return say("help-help")
    meaning = option.help or ""
    if option.required:
        return f"{meaning} {say('help-required')}"
    default = option.default.value if isinstance(option.default, Enum) else option.default
    if isinstance(default, bool) or default in (None, ""):
        return str(meaning)
    return f"{meaning} {say('help-default', value=str(default))}"


def _first(text: str | None) -> str:
    """The first sentence: what a list of commands has room for."""
    start, dot, _ = (text or "").partition("\n")[0].partition(". ")
    return start + dot.strip() if dot else start
