"""What a case holds about its boxes and its days, as command line and desk show it."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from crible.store.models import Remark
from crible.words import render

DATED = ("first", "last", "month", "day")
"""Parameters that may be a day or month; elsewhere an address or number of the dump is left as it is."""
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")


@dataclass(frozen=True, slots=True)
class Said:
    """One remark as stored."""

    message: str
    params: dict[str, Any]
    strength: str
    day: str
    refs: tuple[str, ...]
    count: int

    def sentence(self, language: str, written: Callable[[str], str] = str) -> str:
        """In words, days and months (ISO) as `written` gives them.

        Parameters come from the dump and are not yet fit for a terminal or a page.
        """
        dated = {name: written(self.params[name]) for name in DATED if _ISO.fullmatch(str(self.params.get(name, "")))}
        return render("remarks", self.message, {**self.params, **dated}, language)

    def as_json(self, language: str) -> dict[str, Any]:
        """The remark as an object, its sentence beside key and parameters."""
        return {
            "message": self.message,
            "params": self.params,
            "strength": self.strength,
            "day": self.day or None,
            "count": self.count,
            "refs": list(self.refs),
            "fact": self.sentence(language),
        }


@dataclass(slots=True)
class Boxed:
    """All that is said of one box."""

    name: str
    owner: list[Said] = field(default_factory=list)
    """The answer first, then its reasons."""
    last: list[Said] = field(default_factory=list)
    absences: list[Said] = field(default_factory=list)

    @property
    def mails(self) -> int:
        """How many lie in it; attached ones are not counted."""
        return self.last[0].count if self.last else 0

    @property
    def address(self) -> str:
        """Whose it seems to be; empty where that is unclear."""
        return str(self.owner[0].params.get("address", "")) if self.owner else ""

    @property
    def first_day(self) -> str:
        """ISO date of its first mail; empty where no clock places any."""
        return str(self.last[0].params.get("first", "")) if self.last else ""

    @property
    def last_day(self) -> str:
        """The same of its last."""
        return str(self.last[0].params.get("last", "")) if self.last else ""

    @property
    def brief(self) -> list[Said]:
        """Absences without the months that do not stand out."""
        return [one for one in self.absences if one.message not in ("parents-month", "parents-month-only")]

    def as_json(self, language: str) -> dict[str, Any]:
        """As `crible boxes --json` prints it."""
        return {
            "box": self.name,
            "mails": self.mails,
            "first": self.first_day or None,
            "last": self.last_day or None,
            "address": self.address or None,
            "owner": [one.as_json(language) for one in self.owner],
            "last_mail": [one.as_json(language) for one in self.last],
            "absences": [one.as_json(language) for one in self.absences],
        }


def boxes(name: str = "") -> list[Boxed]:
    """Every box, by name; or the one that is called so, by its whole name or the end of it. One statement."""
    found: dict[str, Boxed] = {}
    for row in Remark.objects.filter(kind__in=["owner", "last", "absence"]).order_by("kind", "ordinal"):
        box = found.setdefault(row.box, Boxed(row.box))
        {"owner": box.owner, "last": box.last, "absence": box.absences}[row.kind].append(_said(row))
    kept = [found[one] for one in sorted(found)]
    return [box for box in kept if name in ("", box.name) or box.name.endswith(f"/{name}")]


def traces() -> list[tuple[str, list[Said]]]:
    """Days and their traces, in order; those that no clock places under an empty day, first. One statement."""
    days: dict[str, list[Said]] = defaultdict(list)
    for row in Remark.objects.filter(kind="intrusion").order_by("ordinal"):
        days[row.day].append(_said(row))
    return sorted(days.items())


def total(days: Sequence[tuple[str, list[Said]]]) -> int:
    """Traces in all, each mail counted once for every trace it is."""
    return sum(one.count for _, said in days for one in said)


def _said(row: Remark) -> Said:
    return Said(row.message, row.params, row.strength, row.day, tuple(row.refs), row.count)
