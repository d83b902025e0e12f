"""crible weigh: one mail or file, no case."""

from pathlib import Path
from typing import Annotated

import typer

from crible.cli.context import JsonOption, language, print_json, say
from crible.cli.terminal import line


def weigh(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=say("help-files"))],
    keys: Annotated[list[Path] | None, typer.Option("--keys", metavar="FILE", help=say("help-key-file"))] = None,
    unsafe: Annotated[bool, typer.Option("--unsafe", help=say("help-unsafe"))] = False,
    json: JsonOption = False,
) -> None:
    """The answer for each file: words, reasons, keys used."""
    from crible.store.setup import ready

    ready()
    from crible.cli.answer import as_json, print_answer
    from crible.proof.keyring import KeyRing
    from crible.sift.one import weigh_files

    ring = KeyRing.default()
    for path in keys or ():
        ring = ring.with_file(path)
    for number, answer in enumerate(weigh_files(files, ring, unsafe=unsafe)):
        if json:
            print_json(as_json(answer, language()))
            continue
        if number:
            line()
        print_answer(answer, language())
