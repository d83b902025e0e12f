"""A new case's tables are made at once; they are what the migrations, one after the other, would have made."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.core.management import call_command

from crible.store.case import Case
from crible.store.setup import check_current, migrate


def tables(case: Case) -> dict[str, object]:
    """Columns by name with their types and rules, indexes and foreign keys of each table."""
    with closing(sqlite3.connect(case.folder / "db.sqlite3")) as base:
        found: dict[str, object] = {}
        for (table,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            found[table] = (
                sorted(row[1:] for row in base.execute(f'PRAGMA table_info("{table}")')),
                sorted(row[2:] for row in base.execute(f'PRAGMA foreign_key_list("{table}")')),
            )
        found |= base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall()
        found["applied"] = base.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()
        return found


def test_a_new_case_has_the_tables_that_the_migrations_make(tmp_path: Path) -> None:
    fresh, stepped = Case.create(tmp_path / "fresh"), Case.create(tmp_path / "stepped")
    assert migrate(fresh) is None
    with stepped.facts(write=True):
        call_command("migrate", database=stepped.alias, app_label="store", verbosity=0, interactive=False)
    assert tables(fresh) == tables(stepped)
    check_current(fresh)
    assert migrate(fresh) is None
    assert migrate(stepped) is None
