"""The end of a sift: the ledger in a sentence, and the grades per class of document, never one share for all."""

from typing import Any

from rich.console import Console
from rich.table import Table

from crible.model.grade import Level
from crible.sift import ledger
from crible.sift.ledger import Account, Ended
from crible.sift.tally import tally
from crible.store.case import Case
from crible.words import keys, render, shown

SIGNS = {
    Level.PROVEN: "●",
    Level.PARTLY_PROVEN: "◐",
    Level.CORROBORATED: "⊕",
    Level.UNATTESTED: "○",
    Level.QUESTIONED: "△",
    Level.CONTRADICTED: "≠",
}
"""A grade is a word and a sign; legible without colour."""


REASONS = 12
"""Reasons that the summary prints; `crible ledger --json` has them all."""


def as_json(found: Account, language: str) -> dict[str, Any]:  # noqa: ARG001
    """Ledger and grades as one object."""
    return {**ledger.as_json(found), "grades": {row.kind: row.levels for row in tally()}}


def print_summary(console: Console, found: Account, case: Case, language: str) -> None:
    """Print both."""
    print_account(console, found, language)
    table = Table(box=None, pad_edge=False)
    table.add_column(render("cli", "kind", {}, language))
    for level, sign in SIGNS.items():
        table.add_column(f"{sign} {render('cli', f'level-{level}', {}, language)}", justify="right")
    for row in tally():
        counts = (shown(row.levels[level], language) if row.levels.get(level) else "·" for level in SIGNS)
        table.add_row(render("cli", f"kind-{row.kind}", {}, language), *counts)
    console.print(table)
    console.print(render("cli", "summary-next", {"case": str(case.folder)}, language), markup=False)


def reason_line(reason: Ended, language: str) -> str:
    """What one reason is, without what differs from item to item."""
    short = f"short-{reason.code}"
    key = short if short in keys("ledger", language) else reason.code
    return render("ledger", key, reason.params, language)


def print_account(console: Console, found: Account, language: str) -> None:
    """In = out, and what was not read, each reason with its count."""
    key = "balanced" if found.balanced else "not-balanced"
    params: dict[str, object] = {"in_": found.listed, "out": found.out, "documents": found.documents}
    console.print(render("cli", f"ledger-{key}", params, language), markup=False)
    if found.at_least:
        console.print(render("cli", "ledger-at-least", {"count": found.at_least}, language), markup=False)
    states = ", ".join(
        f"{shown(n, language)} {render('ledger', f'state-{s}', {}, language)}" for s, n in found.states.items()
    )
    console.print(f"  {states}", markup=False)
    for reason in found.reasons[:REASONS]:
        console.print(f"  {shown(reason.count, language):>8}  {reason_line(reason, language)}", markup=False)
    if len(found.reasons) > REASONS:
        console.print(
            "  " + render("cli", "ledger-more", {"count": len(found.reasons) - REASONS}, language), markup=False
        )
    for one in found.imbalances:
        params = {"path": one.path, "in_": one.listed, "out": one.entered}
        console.print(render("cli", "ledger-imbalance", params, language), markup=False)
