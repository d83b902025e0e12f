"""The budgets of a case: those of the program, but for what its owner set in `case.toml`."""

from dataclasses import replace

from crible.intake.budget import Budget
from crible.model.errors import CaseError
from crible.sift.passwords import passwords
from crible.store.case import Case

DEPTH = 16
"""Levels of nesting that are opened; deeper members are rows with a reason."""
NAMES = ("entries", "ratio", "member", "produced")


def budgets(case: Case) -> tuple[Budget, int]:
    """The budget of each container, passwords with it, and the depth to which containers are opened.

    Raises CaseError `case-broken` for a name that is none of these, or a value that is no positive whole number.
    """
    table = dict(case.settings.get("budgets", {}))
    for name, value in table.items():
        if name not in (*NAMES, "depth") or isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise CaseError("case-broken", path=str(case.folder), detail=f"budgets.{name} = {value}")
    depth = int(table.pop("depth", DEPTH))
    limits = {name: int(value) for name, value in table.items()}
    return replace(Budget(), passwords=passwords(case), **limits), depth
