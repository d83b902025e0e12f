"""crible match: is this document in the leak?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crible.cli.context import CaseOption, JsonOption, print_json, reading, say
from crible.cli.terminal import line, one_line, prose

if TYPE_CHECKING:
    from crible.sift.membership import Membership


def match(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=say("help-files"))],
    case: CaseOption,
    unsafe: Annotated[bool, typer.Option("--unsafe", help=say("help-unsafe"))] = False,
    json: JsonOption = False,
) -> None:
    """Exact, near, partial or absent, with what was searched and what could not be."""
    with reading(case) as opened:
        from crible.sift.membership import membership

        for answer in membership(opened, files, unsafe=unsafe):
            if json:
                print_json(answer.as_json())
                continue
            print_membership(answer)


def print_membership(answer: "Membership") -> None:
    """The answer for one file, and what it rests on."""
    result = answer.result
    line(f"{one_line(str(answer.path))}: {say('match-' + result.level)}", bold=True)
    if not answer.readable or not result.comparable:
        prose(say("match-bytes-only"), 2)
    for found in result.found:
        share = f"{found.share_of_text:>4.0%}" if found.level != "exact" else "   ="
        prose(f"{share}  {found.record.id[:12]}  {one_line(found.record.path)}", 2, 22)
        if found.level != "exact":
            for passage in answer.passages(found)[:1]:
                prose(f"“{one_line(passage)[:200]}”", 22)
    if result.left_off:
        prose(say("match-left-off", count=result.left_off), 2)
    prose(say("match-searched", count=result.documents, unsearchable=result.unsearchable), 2)
