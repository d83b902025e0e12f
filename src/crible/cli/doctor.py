"""crible doctor: what this machine can isolate and read."""

import platform
from typing import Annotated

import typer

from crible import __version__
from crible.cli.context import JsonOption, out, print_json, say
from crible.model.ledger import Isolation
from crible.sandbox.probe import probe


def doctor(
    unsafe: Annotated[bool, typer.Option("--unsafe", help=say("help-unsafe"))] = False,
    json: JsonOption = False,
) -> None:
    """Probe the sandbox, list containers and formats; exit 1 where nothing isolates."""
    from crible.extract.readers import READERS  # every library that reads takes 0.15 s to load
    from crible.intake.walk import CONTAINERS

    found = probe()
    if json:
        print_json(
            {
                "format": 1,
                "crible": __version__,
                "python": platform.python_version(),
                "system": platform.platform(),
                "isolation": found.isolation,
                "facts": found.facts,
                "containers": sorted(CONTAINERS),
                "formats": sorted(READERS),
            }
        )
    else:
        out.print(
            say("doctor-versions", crible=__version__, python=platform.python_version(), system=platform.platform())
        )
        out.print(say(f"doctor-isolation-{found.isolation}"), markup=False)
        for name, value in found.facts.items():
            out.print(f"  {name:<28} {value}", markup=False)
        out.print(say("doctor-containers", names=sorted(CONTAINERS)), markup=False)
        out.print(say("doctor-formats", names=["message/rfc822", *sorted(READERS)]), markup=False)
    if found.isolation is Isolation.NONE and not unsafe:
        raise typer.Exit(1)
