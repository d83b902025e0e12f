"""The grade of a document: evidence folded by the table below, first match wins (product.md, section Grades).

Only answers named here can prove or contradict; whatever else a check says, of ours or of outsiders, can support or
question. Nothing here reads a document, so anybody can re-derive a grade from its exported evidence.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Literal

from crible.assess import properties
from crible.assess.calibrate import calibration
from crible.assess.checks import every
from crible.model.evidence import Says, Span, Strength, Weighed
from crible.model.grade import Grade, Level

Kind = Literal["mail", "file"]

PROVES = frozenset({"mail.dkim:dkim-pass", "mail.twins:twin-proven", "mail.copies:copy-covered"})
"""A sound, anchored, aligned signature over From, Subject, Date and the whole body, or the same bytes under one."""
PROVES_IN_PART = frozenset(
    {
        "mail.dkim:dkim-pass-part",
        "mail.dkim:dkim-pass-prefix",
        "mail.transit:transit-google",
        "mail.transit:transit-shared-key",
        "mail.arc:arc-pass",
        "mail.arc:arc-pass-said",
        "mail.smime:smime-pass",
        "mail.pgp:pgp-pass",
        "mail.carried:carried-mail",
        "mail.carried:carried-mail-handled",
        "mail.carried:carried-mail-made",
        "file.carried:carried-file",
        "file.carried:carried-file-handled",
        "file.carried:carried-file-made",
        "mail.copies:copy-covered-part",
        "mail.copies:copy-same-text",
        "mail.repair:repair-changed",
    }
)
"""Exact spans under a sound, anchored key. An altered body under an intact header is none: fields alone are no text."""
ANCHORS = frozenset(
    {
        "mail.quoted-in-reply:quoted-exactly",
        "mail.quoted-in-reply:quoted-exactly-handled",
        "mail.forwarded:forwarded-exactly",
        "mail.copies:copy-same-text-handled",
        "corpus.reference:reference-same-bytes",
    }
)
"""Supports that rest on an anchored signature, or on material from outside the dump: one of them at least must stand
behind `corroborated`."""
HANDLED = frozenset({"mail.quoted-in-reply:quoted-exactly-handled", "mail.copies:copy-same-text-handled"})
"""Supports by mails whose sender no signature establishes: one hand may have written all of these."""
CONTRADICTS = frozenset(
    {
        "mail.copies:copy-differs-signed",
        "mail.repair:repair-words",
        "file.same-attachment:attachment-differs-signed",
    }
)
"""A signed copy in the dump, of the mail or of the mail that carries the file; or the signed text itself, led back to
by the digests in this mail's own signature."""

RANK = (Strength.DECISIVE, Strength.STRONG, Strength.MODERATE, Strength.WEAK, Strength.NONE)
COUNTING = frozenset({Strength.DECISIVE, Strength.STRONG, Strength.MODERATE})
"""A weak support is no support to build on, and a weak question leaves the level alone."""


UNSIGNED = frozenset(
    {
        *("date", "client", "received", "identifiers", "exif"),
        *("office-date", "office-hand", "office-program", "pdf-date", "pdf-update"),
    }
)
"""Groups of checks on what anybody can type. What agrees there is weak at most, however much of it agrees; what
disagrees is moderate at most: a clock is wrong more often than a mail."""


def contradicting(weighed: Sequence[Weighed]) -> list[Weighed]:
    """A signed copy says something else; never where this document is itself fully proven."""
    return [] if proving(weighed) else [row for row in weighed if _named(row) in CONTRADICTS]


def proving(weighed: Sequence[Weighed]) -> list[Weighed]:
    """Unchanged as a whole since the sender's domain signed it."""
    return [row for row in weighed if _named(row) in PROVES]


def proving_in_part(weighed: Sequence[Weighed]) -> list[Weighed]:
    """Unchanged in exact spans since a domain signed or handled it."""
    return [row for row in weighed if _named(row) in PROVES_IN_PART]


def corroborating(weighed: Sequence[Weighed]) -> list[Weighed]:
    """The strongest of each group of supports, if two groups or more rest on different documents.

    One of them at least rests on an anchored signature. An open question stops it: nothing here binds the whole text,
    so what agrees cannot outweigh what differs.
    """
    supports = [row for row in weighed if row.evidence.says is Says.SUPPORTS and row.strength in COUNTING]
    if questioning(weighed) or not any(_named(row) in ANCHORS for row in supports):
        return []
    groups = _independent(supports)
    return [group[0] for group in groups] if len(groups) >= 2 else []


def questioning(weighed: Sequence[Weighed]) -> list[Weighed]:
    """Inconsistencies found by checks of at least moderate strength, once for each group.

    What one edit of one place could alter together is one finding: a Date typed anew is at odds with every clock.
    """
    asked = [row for row in weighed if row.evidence.says is Says.QUESTIONS and row.strength in COUNTING]
    first: dict[str, Weighed] = {}
    for row in asked:
        first.setdefault(_groups().get(row.check) or f"{row.check} {len(first)}", row)
    return list(first.values())


RULES: tuple[tuple[Level, Callable[[Sequence[Weighed]], list[Weighed]]], ...] = (
    (Level.CONTRADICTED, contradicting),
    (Level.PROVEN, proving),
    (Level.PARTLY_PROVEN, proving_in_part),
    (Level.CORROBORATED, corroborating),
    (Level.QUESTIONED, questioning),
)
"""First rule that finds a reason; `unattested` where none does."""


def grade(kind: Kind, weighed: Sequence[Weighed], *, provisional: bool = False) -> Grade:
    """The answer for one document from everything its checks said; the order of `weighed` plays no part.

    `provisional` marks a grade given while a sift still runs.
    """
    rows = sorted(map(_capped, weighed), key=_order)
    level, reasons = next(
        ((level, reasons) for level, rule in RULES if (reasons := rule(rows))), (Level.UNATTESTED, [])
    )
    not_before, not_after = properties.times(level, reasons)
    return Grade(
        level=level,
        content=properties.content(level, reasons),
        origin=properties.origin(rows, reasons),
        delivery=properties.delivery(kind),
        not_before=not_before,
        not_after=not_after,
        questions=len(questioning(rows)),
        badges=properties.badges(rows, provisional),
        spans=_spans(level, reasons),
        reasons=tuple(dict.fromkeys(_named(row) for row in reasons)),
        would_change=properties.would_change(kind, level, rows),
        limits=properties.limits(rows),
    )


@cache
def _groups() -> dict[str, str]:
    """Dependency group of each check that has one."""
    return {check.id: check.group for check in every() if check.group}


def _capped(row: Weighed) -> Weighed:
    """With no more strength than its group and the calibration allow; a signed copy that differs is not measured so."""
    most = row.strength
    if _groups().get(row.check) in UNSIGNED:
        most = Strength.MODERATE if row.evidence.says is Says.QUESTIONS else Strength.WEAK
    if row.evidence.says is Says.QUESTIONS and _named(row) not in CONTRADICTS:
        most = max(most, calibration().ceiling(_named(row)) or most, key=RANK.index)
    return row if RANK.index(row.strength) >= RANK.index(most) else replace(row, strength=most)


def _named(row: Weighed) -> str:
    return f"{row.check}:{row.evidence.message}"


def _order(row: Weighed) -> tuple[int, str, str, str, tuple[str, ...]]:
    return (RANK.index(row.strength), row.check, row.evidence.message, row.evidence.where, row.evidence.refs)


def _independent(supports: Sequence[Weighed]) -> list[list[Weighed]]:
    """Supports in groups: those that share a document they rest on, or a check where they rest on none, are one.

    So are all that rest on mails of senders unknown: a forger signs a copy and an answer in one name of his own.
    """
    groups: list[tuple[set[str], list[Weighed]]] = []
    for row in supports:
        rests_on, members = set(row.evidence.refs) or {row.check}, [row]
        if _named(row) in HANDLED:
            rests_on.add("handled")
        apart = []
        for others, group in groups:
            if others & rests_on:
                rests_on, members = rests_on | others, [*group, *members]
            else:
                apart.append((others, group))
        groups = [*apart, (rests_on, members)]
    return [members for _, members in groups]


def _spans(level: Level, reasons: Sequence[Weighed]) -> tuple[Span, ...]:
    """Ranges that the level vouches for; none of what merely corroborates or questions."""
    if level not in (Level.PROVEN, Level.PARTLY_PROVEN):
        return ()
    return tuple(dict.fromkeys(span for row in reasons for span in row.evidence.spans))
