"""crible match: is this document in the leak?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crible.cli.context import CaseOption, JsonOption, out, plain, print_json, reading, say

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
    out.print(f"{plain(str(answer.path))}: {say('match-' + result.level)}", markup=False)
    if not answer.readable or not result.comparable:
        out.print("  " + say("match-bytes-only"), markup=False)
    for found in result.found:
        out.print(f"  {found.record.id[:12]}  {found.share_of_text:>4.0%}  {plain(found.record.path)}", markup=False)
        if found.level != "exact":
            for passage in answer.passages(found)[:1]:
                out.print(f"      « {plain(' '.join(passage.split()))[:200]} »", markup=False)
    out.print("  " + say("match-searched", count=result.documents, unsearchable=result.unsearchable), markup=False)
