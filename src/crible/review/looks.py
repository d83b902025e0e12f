"""When people last looked at a case, and the figures they saw then: "since yesterday" needs both."""

from collections.abc import Mapping
from dataclasses import dataclass

from crible.review.models import Look, User


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that is not what it was."""

    name: str
    now: int
    more: int
    """How much it grew; negative where it shrank."""

    @property
    def fewer(self) -> int:
        """How much it shrank."""
        return -self.more


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since a person's last look on an earlier day."""

    day: str
    """ISO date, in the case's zone."""
    changes: tuple[Change, ...]


def since(by: User, case: str, day: str, figures: Mapping[str, int]) -> Since | None:
    """What changed since that person's last day before `day`; None where that is their first.

    Figures that were not kept then are left out: there is nothing to compare them with.
    """
    last = Look.objects.filter(case=case, by=by, day__lt=day).order_by("-day").first()
    if last is None:
        return None
    known = {name: value for name, value in last.figures.items() if isinstance(value, int)}
    changes = (Change(name, now, now - known[name]) for name, now in figures.items() if name in known)
    return Since(last.day, tuple(one for one in changes if one.more))


def look(by: User, case: str, day: str, figures: Mapping[str, int]) -> None:
    """Keep the figures of that day; the last seen of a day count, and nothing is written where they are the same."""
    kept = Look.objects.filter(case=case, by=by, day=day).values_list("figures", flat=True).first()
    if kept != dict(figures):
        Look.objects.update_or_create(case=case, by=by, day=day, defaults={"figures": dict(figures)})
