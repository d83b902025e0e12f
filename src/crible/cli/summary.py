"""The end of a sift: the ledger in a sentence, and the grades per class of document, never one share for all."""

from collections.abc import Sequence
from typing import Any

from crible.cli.context import language, say
from crible.cli.signs import print_legend
from crible.cli.terminal import line, one_line, prose
from crible.model.grade import SIGNS
from crible.sift import ledger
from crible.sift.ledger import Account, Ended
from crible.sift.sorted import class_word
from crible.sift.tally import Row, shelved, tally, tally_of_papers
from crible.store.case import Case
from crible.words import keys, render, shown

REASONS = 12
"""Reasons that the summary prints; `crible ledger --json` has them all."""


def as_json(found: Account) -> dict[str, Any]:
    """Ledger and grades as one object."""
    classes = {row.kind or "none": row.levels for row in tally_of_papers()}
    return {**ledger.as_json(found), "grades": {row.kind: row.levels for row in tally()}, "classes": classes,
            "private": shelved()}  # fmt: skip


def print_summary(found: Account, case: Case) -> None:
    """Print both."""
    print_account(found)
    line()
    print_grades()
    line()
    line(say("summary-next", case=str(case.folder)))


def print_grades() -> None:
    """Counts of each level per class, signs as heads: words would not fit beside one another.

    First by the way a document came, then by what sort of paper it is.
    """
    rows = [(say(f"kind-{row.kind}"), row) for row in tally()]
    papers = [(class_word(row.kind, language()), row) for row in tally_of_papers()]
    column = max((len(name) for name, _ in (*rows, *papers)), default=0)
    line(" " * column + "".join(f"{sign:>7}" for sign in SIGNS.values()))
    _print_rows(rows, column)
    line()
    _print_rows(papers, column)
    line()
    if count := shelved():
        prose(say("summary-private", count=count))
        line()
    print_legend()
    prose(say("legend-nothing"))


def _print_rows(rows: Sequence[tuple[str, Row]], column: int) -> None:
    for name, row in rows:
        counts = (shown(row.levels[level], language()) if row.levels.get(level) else "·" for level in SIGNS)
        line(f"{name:<{column}}" + "".join(f"{count:>7}" for count in counts))


def reason_line(reason: Ended) -> str:
    """What one reason is, without what differs from item to item."""
    short = f"short-{reason.code}"
    key = short if short in keys("ledger", language()) else reason.code
    return one_line(render("ledger", key, reason.params, language()))


def print_account(found: Account) -> None:
    """In = out, and what was not read, each reason with its count."""
    key = "ledger-balanced" if found.balanced else "ledger-not-balanced"
    prose(say(key, in_=found.listed, out=found.out, documents=found.documents), bold=True)
    if found.at_least:
        prose(say("ledger-at-least", count=found.at_least))
    states = [
        f"{shown(n, language())} {render('ledger', f'state-{s}', {}, language())}" for s, n in found.states.items()
    ]
    if states:
        prose(", ".join(states) + ".", 2)
    if found.references:
        prose(say("ledger-references", count=found.references), 2)
    if found.unfinished:
        prose(say("ledger-unfinished", count=found.unfinished), 2)
    if found.remainder_bytes:
        prose(say("ledger-remainder", count=found.remainder_bytes), 2)
    for reason in found.reasons[:REASONS]:
        prose(f"{shown(reason.count, language()):>7}  {reason_line(reason)}", 2, 11)
    if len(found.reasons) > REASONS:
        prose(say("ledger-more", count=len(found.reasons) - REASONS), 2)
    for one in found.imbalances:
        prose(say("ledger-imbalance", path=one_line(one.path), in_=one.listed, out=one.entered), 2)
