"""What every command shares: the language, how a case is opened for reading, JSON, and how moments are written."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from crible import words

if TYPE_CHECKING:
    from crible.store.case import Case


def language() -> str:
    """CRIBLE_LANG, else the first two letters of the locale, where crible speaks it; else English."""
    for name in ("CRIBLE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if code := os.environ.get(name, "")[:2]:
            return code if code in words.LANGUAGES else "en"
    return "en"


def say(key: str, **params: object) -> str:
    """A sentence of the command line."""
    return words.render("cli", key, params, language())


CaseOption = Annotated[Path, typer.Option("--case", metavar="DIR", help=say("help-case"))]
JsonOption = Annotated[bool, typer.Option("--json", help=say("help-json"))]


@contextmanager
def reading(folder: Path) -> Iterator["Case"]:
    """A case, open for reading; CaseError if it cannot be."""
    from crible.store.case import Case  # Django's tables cost 0.1 s: not for --help
    from crible.store.setup import check_current, ready

    ready()
    case = Case.open(folder)
    check_current(case)
    with case.facts():
        yield case


def print_json(value: dict[str, Any]) -> None:
    """One JSON object on standard output; control characters are escaped, so that none reaches a terminal."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    sys.stdout.write("".join(c if c == "\n" or c.isprintable() else _escaped(c) for c in text) + "\n")


def zone_of(case: "Case") -> tzinfo:
    """The zone that the case shows moments in; UTC where its file names none that is known."""
    try:
        return ZoneInfo(str(case.settings.get("zone") or "UTC"))
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def moment(stated: str, zone: tzinfo | None = None) -> str:
    """An ISO 8601 moment as a person reads it: `2017-02-14 09:12:17 +01:00`; in a zone, `2017-02-14 09:12`."""
    try:
        at = datetime.fromisoformat(stated)
        if zone is not None:
            return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError):
        return stated
    offset = "" if at.tzinfo is None else " UTC" if at.tzname() == "UTC" else at.isoformat()[-6:].rjust(7)
    return at.replace(tzinfo=None).isoformat(" ", "seconds") + offset


def _escaped(character: str) -> str:
    """As JSON writes it; a no-break space and marks without width are data, and stay readable as such."""
    return json.dumps(character)[1:-1] if ord(character) < 0xFFFF and character not in "\u00a0\u202f" else character
