"""Brings a case of an older version to this one, after a copy of its database."""

import sqlite3
from contextlib import closing
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
        copy = _copy(case.folder / "db.sqlite3")
        migrate(case)
    return copy


def _copy(path: Path) -> Path:
    """A consistent copy, taken by SQLite itself: copying the file could miss what lies in the write-ahead log."""
    number = 1
    while (target := path.with_name(f"{path.name}.before-{number}")).exists():
        number += 1
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
    return target
