"""Brings a case of an older version to this one, after a copy of its database."""

from pathlib import Path

from crible.model.errors import CaseError
from crible.store.case import Case
from crible.store.lock import locked
from crible.store.setup import check_current, migrate


def upgrade(case: Case) -> Path | None:
    """The copy made of the former database; None if it was up to date."""
    try:
        check_current(case)
    except CaseError as error:
        if error.code != "case-needs-upgrade":
            raise
    else:
        return None
    with locked(case.folder):
        return migrate(case)
