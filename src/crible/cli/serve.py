"""crible serve: the desk, in a browser."""

from pathlib import Path
from typing import Annotated

import typer

from crible.cli.context import say
from crible.cli.terminal import line, prose


def serve(
    case: Annotated[list[Path], typer.Option("--case", metavar="DIR", help=say("help-cases"))],
    port: Annotated[int, typer.Option("--port", min=0, max=65535, metavar="P", help=say("help-port"))] = 8750,
    url: Annotated[str, typer.Option("--url", metavar="URL", help=say("help-url"))] = "",
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help=say("help-host"))] = "127.0.0.1",
    proxy: Annotated[str, typer.Option("--proxy", metavar="ADDRESS", help=say("help-proxy"))] = "",
    insecure: Annotated[bool, typer.Option("--insecure-http", help=say("help-insecure-http"))] = False,
) -> None:
    """Serve cases, to this machine or to a team; prints a link that lets the owner in once."""
    from crible.store.case import Case
    from crible.web.address import address
    from crible.web.server import Desk

    reached = address(url, host, proxy, insecure=insecure)
    with Desk([Case.open(folder) for folder in case], port, reached) as desk:
        line(say("serving-team" if url else "serving", url=desk.link, port=desk.port))
        if reached.exposed:
            prose(say("serving-exposed"))
        desk.run()
