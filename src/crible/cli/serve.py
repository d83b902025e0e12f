"""crible serve: the desk, in a browser."""

from pathlib import Path
from typing import Annotated

import typer

from crible.cli.context import say
from crible.cli.terminal import line


def serve(
    case: Annotated[list[Path], typer.Option("--case", metavar="DIR", help=say("help-cases"))],
    port: Annotated[int, typer.Option("--port", min=0, max=65535, metavar="P", help=say("help-port"))] = 8750,
) -> None:
    """Serve cases on this machine only; prints a link that logs in once."""
    from crible.store.case import Case
    from crible.web.server import Desk

    with Desk([Case.open(folder) for folder in case], port) as desk:
        line(say("serving", url=desk.link))
        desk.run()
