"""crible keys recover, from-mailbox, fetch: keys that crible comes by itself, for one case."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crible.cli.context import CaseOption, JsonOption, print_json, say
from crible.cli.terminal import line, one_line, prose

if TYPE_CHECKING:
    from crible.sift.own_mailbox import Witnessed
    from crible.sift.recover import Recovered

PROBLEMS = {"absent": "dns-absent", "silent": "dns-silent", "refused": "dns-refused", "unusable": "dns-unusable"}


def recover(
    case: CaseOption,
    selectors: Annotated[
        list[str] | None, typer.Option("--selector", metavar="NAME", help=say("help-selector"))
    ] = None,
    most: Annotated[int, typer.Option("--most", min=1, metavar="N", help=say("help-most"))] = 10,
    json: JsonOption = False,
) -> None:
    """Compute lost keys from the case's own signatures; each found enters the case at once."""
    from crible.store.case import Case
    from crible.store.setup import check_current, ready

    ready()
    from crible.cli.seeking import Seeking
    from crible.sift import recover as recovering

    opened = Case.open(case)
    check_current(opened)
    recovering.catch_up(opened)
    with opened.facts():
        wanted = recovering.sought(opened, selectors or (), most)
    done = []
    with Seeking() as shown:
        for one in recovering.recover(opened, wanted, shown.begin):
            done.append(one)
            if not json:
                prose(_recovered(one), 0, 2)
    if json:
        print_json({"format": 1, "keys": [_as_json(one) for one in done]})
    elif any(one.key for one in done):
        prose(say("recover-next", case=str(case)))
    elif not done:
        prose(say("recover-nothing"))
    if done and not any(one.key for one in done):
        raise typer.Exit(1)


def from_mailbox(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("help-own-mailbox"))],
    case: CaseOption,
    server: Annotated[str, typer.Option("--server", metavar="AUTHSERV-ID", help=say("help-server"))] = ...,  # type: ignore[assignment]
    before: Annotated[str, typer.Option("--before", metavar="DATE", help=say("help-before"))] = ...,  # type: ignore[assignment]
    unsafe: Annotated[bool, typer.Option("--unsafe", help=say("help-unsafe"))] = False,
    json: JsonOption = False,
) -> None:
    """Anchor recovered keys by what the newsroom's own server said of mail it received before the dump was known."""
    from crible.store.case import Case
    from crible.store.setup import check_current, ready

    ready()
    from crible.cli.progress import Bar, Interrupt
    from crible.sift.own_mailbox import witness

    opened = Case.open(case)
    check_current(opened)
    with Bar() as shown:
        told = witness(opened, file, server, _day(before), shown.watch(Interrupt()), unsafe=unsafe)
    if told is None:
        raise typer.Exit(130)
    if json:
        print_json({"format": 1, "mails": told.mails, "named": told.named, "keys": [_seen(one) for one in told.keys]})
        return
    prose(say("own-mailbox-read", count=told.mails, named=told.named, server=one_line(server)))
    for one in told.keys:
        prose(_witnessed(one), 0, 2)
    if any(one.anchored for one in told.keys):
        prose(say("keys-weigh-again", case=str(case)))


def fetch(
    case: CaseOption,
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help=say("help-dns-names"))] = None,
    dns: Annotated[bool, typer.Option("--dns", help=say("help-dns"))] = False,
    resolver: Annotated[str, typer.Option("--resolver", metavar="ADDRESS", help=say("help-resolver"))] = "",
    most: Annotated[int, typer.Option("--most", min=1, metavar="N", help=say("help-most"))] = 10,
    json: JsonOption = False,
) -> None:
    """Ask DNS for keys, now, over the network: by name, or those the plan puts first."""
    from crible.store.case import Case
    from crible.store.setup import check_current, ready

    ready()
    from crible.model.errors import InputError
    from crible.sift.fetch import answers, keep, wanted_names

    if not dns:
        raise InputError("fetch-needs-dns")
    opened = Case.open(case)
    check_current(opened)
    asked = tuple(names or ()) or wanted_names(opened, most)
    found = []
    for answer in answers(asked, resolver):
        kept = keep(opened, answer, date.today())
        found.append({"name": answer.name, "keys": len(kept), "problem": answer.problem or None})
        if not json:
            problem = say(PROBLEMS[answer.problem]) if answer.problem else ""
            line(one_line(f"{answer.name}: {problem or say('dns-kept', count=len(kept))}"))
    if json:
        print_json({"format": 1, "asked": found})
    elif any(one["keys"] for one in found):
        prose(say("keys-weigh-again", case=str(case)))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        from crible.model.errors import InputError

        raise InputError("own-mailbox-date", date=text) from error


def _recovered(one: "Recovered") -> str:
    name = one_line(say("key-of", selector=one.selector, domain=one.domain))
    if one.key is None:
        return say("recover-failed", name=name)
    params = {"bits": one.key.bits, "seconds": round(one.seconds), "verifies": one.verifies, "count": one.intact}
    return say("recover-found", name=name, fingerprint=one.key.fingerprint, **params)


def _as_json(one: "Recovered") -> dict[str, Any]:
    return {
        "domain": one.domain,
        "selector": one.selector,
        "fingerprint": one.key.fingerprint if one.key else None,
        "bits": one.key.bits if one.key else None,
        "verifies": one.verifies,
        "intact": one.intact,
        "seconds": round(one.seconds, 1),
    }


def _witnessed(one: "Witnessed") -> str:
    name = one_line(say("key-of", selector=one.key.selector, domain=one.key.domain))
    key = "own-mailbox-anchored" if one.anchored else "own-mailbox-one-day"
    return say(key, name=name, count=len(one.days), first=one.days[0], last=one.days[-1])


def _seen(one: "Witnessed") -> dict[str, Any]:
    return {
        "domain": one.key.domain,
        "selector": one.key.selector,
        "fingerprint": one.key.fingerprint,
        "days": list(one.days),
        "anchored": one.anchored,
    }
