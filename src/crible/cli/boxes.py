"""crible boxes: whose they seem to be, from when to when, what is absent. crible traces: intrusion traces by day."""

from typing import TYPE_CHECKING, Annotated

import typer

from crible.cli.context import CaseOption, JsonOption, language, print_json, reading, say
from crible.cli.terminal import line, named, one_line, prose
from crible.model.errors import InputError
from crible.words import render

if TYPE_CHECKING:
    from crible.sift.boxed import Boxed, Said

NAMED = 3
"""Missing messages and ids that are printed of each; `--json` has more."""
COLUMN = 10
OWNER, MAILS, ABSENT = "boxes-owner", "boxes-mails", "boxes-absent"


def boxes(
    case: CaseOption,
    box: Annotated[str, typer.Option("--box", metavar="LABEL", help=say("help-box"))] = "",
    json: JsonOption = False,
) -> None:
    """Each box: owner, ends, absences."""
    with reading(case):
        from crible.sift.boxed import boxes as all_boxes

        found = all_boxes(box)
        if box and not found:
            raise InputError("box-unknown", box=box)
        if json:
            print_json({"format": 1, "boxes": [one.as_json(language()) for one in found]})
            return
        for one in found:
            _print_box(one)
        prose(say("boxes-foot") if found else say("boxes-none"))


def traces(case: CaseOption, json: JsonOption = False) -> None:
    """Traces by day."""
    with reading(case):
        from crible.assess.boxes.intrusion import INNOCENT
        from crible.sift.boxed import total
        from crible.sift.boxed import traces as all_traces

        days = all_traces()
        if json:
            rows = [{"day": day or None, "traces": [one.as_json(language()) for one in said]} for day, said in days]
            print_json({"format": 1, "days": rows})
            return
        for day, said in days:
            line(day or say("traces-undated"), bold=True)
            for one in said:
                prose(one_line(one.sentence(language())), 2, 4)
                prose(_ids(one), 4)
            line()
        if days:
            prose(say("traces-innocent"))
            for key in dict.fromkeys(INNOCENT[one.message] for _, said in days for one in said):
                prose(f"- {render('remarks', key, {}, language())}", 2, 4)
            line()
        prose(
            say("traces-foot", count=total(days), days=sum(1 for day, _ in days if day)) if days else say("traces-none")
        )


def _print_box(box: "Boxed") -> None:
    line(one_line(box.name), bold=True)
    for heading, said in _sections(box):
        for number, one in enumerate(said):
            text = one_line(one.sentence(language()))
            if heading == OWNER and not number and one.strength != "none":
                text += f" ({render('evidence', f'strength-{one.strength}', {}, language())})"
            named("" if number else say(heading), text, COLUMN, 2)
            if one.refs and heading == ABSENT:
                prose(_ids(one), COLUMN + 2)
    if not box.absences:
        named(say(ABSENT), say("boxes-nothing"), COLUMN, 2)
    line()


def _sections(box: "Boxed") -> "tuple[tuple[str, list[Said]], ...]":
    return (OWNER, box.owner), (MAILS, box.last), (ABSENT, _shown(box.brief))


def _shown(said: "list[Said]") -> "list[Said]":
    """Everything but missing messages beyond the first few."""
    messages = [one for one in said if one.message == "parent-named"][:NAMED]
    return [one for one in said if one.message != "parent-named" or one in messages]


def _ids(said: "Said") -> str:
    more = said.count - NAMED
    ids = " ".join(ref[:12] for ref in said.refs[:NAMED])
    return f"{ids} +{more}" if more > 0 and ids else ids
