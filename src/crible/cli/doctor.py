"""crible doctor: what this machine can isolate and read."""

import platform
from typing import Annotated

import typer

from crible import __version__
from crible.cli.context import JsonOption, print_json, say
from crible.cli.terminal import line, prose
from crible.model.ledger import Isolation


def doctor(
    unsafe: Annotated[bool, typer.Option("--unsafe", help=say("help-unsafe"))] = False,
    json: JsonOption = False,
) -> None:
    """Probe the sandbox, list containers and formats; exit 1 where nothing isolates."""
    from crible.extract.ocr.recogniser import available as recognises
    from crible.extract.readers import READERS  # every library that reads takes 0.15 s to load
    from crible.intake.libarchive import available as unpacks
    from crible.intake.walk import CONTAINERS
    from crible.sandbox.probe import probe

    found = probe()
    means = {"libarchive": unpacks(), "recognition": recognises()}
    facts: dict[str, object] = {"python": platform.python_version(), "system": platform.platform()}
    if json:
        more = {"containers": sorted(CONTAINERS), "formats": ["message/rfc822", *sorted(READERS)]}
        walls = {"isolation": found.isolation, "facts": found.facts}
        print_json({"format": 1, "crible": __version__, **facts, **walls, "means": means, **more})
    else:
        prose(say("doctor-versions", crible=__version__, **facts))
        prose(say(f"doctor-isolation-{found.isolation}"))
        for name, value in found.facts.items():
            line(f"  {name:<24} {_shown(value)}")
        prose(say("doctor-containers", names=sorted(CONTAINERS)), 0, 2)
        prose(say("doctor-formats", names=["message/rfc822", *sorted(READERS)]), 0, 2)
        for name in (name for name, there in means.items() if not there):
            prose(say(f"doctor-without-{name}"))
    if found.isolation is Isolation.NONE and not unsafe:
        raise typer.Exit(1)


def _shown(value: object) -> str:
    return say("answer-yes" if value else "answer-no") if isinstance(value, bool) else str(value)
