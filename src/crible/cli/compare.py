"""crible compare: two dumps of one case, container by container."""

from typing import TYPE_CHECKING, Annotated

import typer

from crible.cli.context import CaseOption, JsonOption, language, print_json, reading, say
from crible.cli.terminal import line, one_line, prose
from crible.words import shown

if TYPE_CHECKING:
    from crible.sift.dumps import Comparison, Pair

LISTED = 20
"""Items of each kind that are printed; `--json` has all."""


def compare(
    ours: Annotated[str, typer.Argument(metavar="A", help=say("help-compare-a"))],
    theirs: Annotated[str, typer.Argument(metavar="B", help=say("help-compare-b"))],
    case: CaseOption,
    json: JsonOption = False,
) -> None:
    """What is the same, moved, changed, missing, added."""
    with reading(case):
        from crible.sift import dumps

        found = dumps.compare(ours, theirs)
        if json:
            print_json(dumps.as_json(found))
        else:
            _print(found)


def _print(found: "Comparison") -> None:
    from crible.sift.dumps import KINDS

    line(say("compare-head", ours=one_line(found.ours), theirs=one_line(found.theirs)), bold=True)
    for kind, count in found.counts().items():
        line(f"{shown(count, language()):>9}  {say(f'compare-{kind}')}")
    rows = found.by_container()
    if len(rows) > 1:
        line()
        line("".join(f"{say(f'compare-short-{kind}'):>11}" for kind in KINDS), bold=True)
        for name, counts in rows:
            figures = "".join(f"{shown(counts[kind], language()) if counts[kind] else '·':>11}" for kind in KINDS)
            line(f"{figures}  {one_line(name) or say('compare-top')}")
    for kind in KINDS[2:]:  # what is the same need not be listed
        _print_items(kind, found.of(kind))


def _print_items(kind: str, pairs: list["Pair"]) -> None:
    if not pairs:
        return
    line()
    line(say(f"compare-{kind}"), bold=True)
    for pair in pairs[:LISTED]:
        sides = [one_line(item.place) for item in (pair.ours, pair.theirs) if item is not None]
        prose(" → ".join(dict.fromkeys(sides)), 2, 4)
        for change in pair.changes[:3]:
            prose(say("compare-words", ours=one_line(change.ours) or "∅", theirs=one_line(change.theirs) or "∅"), 4, 6)
    if len(pairs) > LISTED:
        prose(say("compare-more", count=len(pairs) - LISTED), 2)
