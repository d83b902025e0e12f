"""crible keys plan: which few keys would settle most mails, and whom to ask for what."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crible.cli.context import CaseOption, JsonOption, print_json, reading, say
from crible.cli.terminal import line, one_line, prose

if TYPE_CHECKING:
    from crible.sift.wanted import Plan, Wanted

INDENT = 11
LACKS = {"key": "plan-lack-key", "anchor": "plan-lack-anchor", "few": "plan-lack-few", "kind": "plan-lack-kind"}
GOOGLE = {"key": "plan-google-key", "anchor": "plan-google-anchor"}
"""Of the transit keys: nobody receives mail from their domain."""


def plan(
    case: CaseOption,
    most: Annotated[int, typer.Option("--most", min=1, metavar="N", help=say("help-most-shown"))] = 10,
    json: JsonOption = False,
) -> None:
    """The keys that mails of a case wait for, the most useful first."""
    with reading(case) as opened:
        from crible.sift import keys
        from crible.sift.wanted import plan as planned

        found = planned(keys.ring(opened))
    if json:
        rows = [_as_json(one) for one in found.wanted]
        print_json({"format": 1, "mails": found.mails, "waiting": found.waiting, "keys": rows})
        return
    if not found.wanted:
        prose(say("plan-none"))
        return
    _print(found, most)


def _print(found: "Plan", most: int) -> None:
    shown = found.wanted[:most]
    prose(say("plan-head", count=len(shown), mails=shown[-1].settled, waiting=found.waiting), bold=True)
    line()
    line(f"{say('plan-mails'):>9}  {say('plan-share'):>6}  {say('plan-dates'):<23}  {say('plan-key')}")
    for one in shown:
        share = one.settled / found.waiting if found.waiting else 0.0
        dates = f"{_day(one.first)} – {_day(one.last)}"
        name = one_line(say("key-of", selector=one.selector, domain=one.domain))
        line(f"{say('number', count=len(one.intact)):>9}  {_percent(share):>6}  {dates:<23}  {name}")
        for sentence in say(_sentence(one), **_told(one)).split("\n"):
            prose(sentence, INDENT, INDENT + 2)
    if len(found.wanted) > len(shown):
        prose(say("plan-more", count=len(found.wanted) - len(shown)))
    line()
    prose(say("plan-note"))
    if any(one.lack in GOOGLE for one in shown):
        prose(say("plan-ask"))


def _sentence(one: "Wanted") -> str:
    from crible.proof.dkim.terms import TRANSIT_DOMAIN

    return GOOGLE.get(one.lack, LACKS[one.lack]) if one.domain == TRANSIT_DOMAIN else LACKS[one.lack]


def _told(one: "Wanted") -> dict[str, Any]:
    return {
        "domain": one_line(one.domain),
        "name": one_line(f"{one.selector}._domainkey.{one.domain}"),
        "last": _day(one.last),
        "count": one.signatures,
    }


def _percent(share: float) -> str:
    return say("percent", value=round(100 * share))


def _day(seconds: int | None) -> str:
    """ISO, in UTC; a question mark where no calendar has it."""
    try:
        return "?" if seconds is None else f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"
    except (OverflowError, ValueError, OSError):
        return "?"


def _as_json(one: "Wanted") -> dict[str, Any]:
    return {
        "domain": one.domain,
        "selector": one.selector,
        "lack": one.lack,
        "signatures": one.signatures,
        "mails": len(one.mails),
        "settles": len(one.intact),
        "settled_so_far": one.settled,
        "first": None if one.first is None else _day(one.first),
        "last": None if one.last is None else _day(one.last),
    }
