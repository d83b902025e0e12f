"""The database itself refuses to change the log: triggers on its table, for the databases that crible runs on.

SQLite drops a table's triggers whenever a migration rebuilds it: one that alters `Entry` must call `install` again
(tests hold it against the finished tables).
"""

from collections.abc import Mapping

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "review_entry"
SQLITE = (
    f"CREATE TRIGGER {TABLE}_unchanged BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    f"CREATE TRIGGER {TABLE}_kept BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    # INSERT OR REPLACE deletes what is in its way without asking the trigger on DELETE.
    f"CREATE TRIGGER {TABLE}_new BEFORE INSERT ON {TABLE} WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR "  # noqa: S608
    '("case" = NEW."case" AND number = NEW.number)) BEGIN SELECT RAISE(ABORT, \'append-only\'); END',
)
POSTGRESQL = (
    f"CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'append-only'; END $$",
    f"CREATE TRIGGER {TABLE}_unchanged BEFORE UPDATE OR DELETE ON {TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()",
    f"CREATE TRIGGER {TABLE}_kept BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()",
)
STATEMENTS: Mapping[str, tuple[str, ...]] = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
NAMES = (f"{TABLE}_unchanged", f"{TABLE}_kept", f"{TABLE}_new")


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place; on any other database there are none, and only the chain shows a change."""
    with connection.cursor() as cursor:
        for statement in STATEMENTS.get(connection.vendor, ()):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take them away, for a migration that goes back."""
    if connection.vendor not in STATEMENTS:
        return
    on = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in NAMES:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
