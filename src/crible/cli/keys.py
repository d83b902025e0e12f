"""crible keys: the ring that signatures are judged with."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crible.cli import keys_found, keys_plan
from crible.cli.context import CaseOption, JsonOption, language, print_json, reading, say
from crible.cli.help import Command, Group
from crible.cli.relied import relied_lines, relied_rows
from crible.cli.terminal import line, note, one_line
from crible.words import render

if TYPE_CHECKING:
    from crible.assess.relations import Cohort
    from crible.proof.keyring.key import Key

app = typer.Typer(no_args_is_help=True, cls=Group)


@app.command("list", cls=Command, help=say("help-keys-list"))
def list_keys(
    case: Annotated[Path | None, typer.Option("--case", metavar="DIR", help=say("help-case"))] = None,
    json: JsonOption = False,
) -> None:
    """The default ring; with a case also its own keys, and how many of its mails verify under those in doubt."""
    from crible.proof.keyring import KeyRing

    ring, cohorts = KeyRing.default(), list["Cohort"]()
    if case is not None:
        with reading(case) as opened:
            from crible.sift.cohorts import Cohorts
            from crible.sift.keys import ring as ring_of

            ring = ring_of(opened)
            cohorts = list(Cohorts.of_case(ring))
    by_key = {(one.domain, one.selector, one.fingerprint): one for one in cohorts}
    names = Counter((key.domain, key.selector) for key in ring)
    if json:
        rows = [_row(key, by_key.get(_handle(key)), names) for key in ring]
        print_json({"format": 1, "keys": rows, "relied_on": relied_rows(ring.trust)})
        return
    for key in ring:
        line(one_line(_shown(key, names)))
        if cohort := by_key.get(_handle(key)):
            line(f"    {_cohort(cohort)}")
    for shown in relied_lines(ring.trust):
        line(one_line(shown))


@app.command("add", cls=Command, help=say("help-keys-add"))
def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=say("help-key-file"))],
    case: CaseOption,
) -> None:
    """Copy key files into a case; the next `crible sift --case DIR` judges with them."""
    from crible.proof.keyring import KeyRing
    from crible.store.case import Case
    from crible.store.setup import ready

    ready()
    from crible.sift.keys import keep

    opened = Case.open(case)
    for path in files:
        keep(opened, path)
        for problem in KeyRing().with_file(path).problems:
            note(render("errors", problem.code, dict(problem.params), language()))
    line(say("keys-added", count=len(files), case=str(case)))


app.command("plan", cls=Command, help=say("help-keys-plan"))(keys_plan.plan)
app.command("recover", cls=Command, help=say("help-keys-recover"))(keys_found.recover)
app.command("from-mailbox", cls=Command, help=say("help-keys-from-mailbox"))(keys_found.from_mailbox)
app.command("fetch", cls=Command, help=say("help-keys-fetch"))(keys_found.fetch)


def source_name(source: str) -> str:
    """Who says that a key is its selector's."""
    from crible.assess.sentences import render_source

    return render_source(source, language())


def _handle(key: "Key") -> tuple[str, str, str]:
    """As cohorts are named."""
    from crible.proof.alignment import ascii_domain

    return ascii_domain(key.domain), key.selector.lower(), key.fingerprint


def _cohort(cohort: "Cohort") -> str:
    from crible.assess.cohorts import counted

    return say("key-mails", count=cohort.mails, **counted(cohort))


def _shown(key: "Key", names: Counter[tuple[str, str]]) -> str:
    sources = ", ".join(source_name(source) for source in key.sources) or say("key-recovered")
    name = f"{key.selector}._domainkey.{key.domain}"
    seen = say("key-seen", first=key.first_seen or "?", last=key.last_seen or "?") if key.first_seen else ""
    published = say("key-published") if key.private_published else ""
    unanchored = "" if key.anchored else say("key-unanchored")
    several = names[key.domain, key.selector]
    two = say("key-two", count=several) if several > 1 else ""
    head = say("key-line", name=name, bits=key.bits, sources=sources)
    return ", ".join(part for part in (head, unanchored, two, seen, published) if part)


def _row(key: "Key", cohort: "Cohort | None", names: Counter[tuple[str, str]]) -> dict[str, object]:
    return {
        "domain": key.domain,
        "selector": key.selector,
        "bits": key.bits,
        "sources": list(key.sources),
        "first_seen": key.first_seen,
        "last_seen": key.last_seen,
        "anchored": key.anchored,
        "private_published": key.private_published,
        "recovered": key.recovered,
        "fingerprint": key.fingerprint,
        "conflict": names[key.domain, key.selector] > 1,
        "mails": cohort.mails if cohort else None,
    }
