"""Makes Django ready for the store, and the tables of a case ready for use."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from crible.model.errors import CaseError
from crible.store.case import Case


def ready() -> None:
    """Load Django with the store's settings, unless something else (the desk, the tests) has loaded it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crible.store.settings")
    if not apps.ready:
        django.setup()


def migrate(case: Case) -> Path | None:
    """Bring the facts tables to this version; the copy made of older ones. Call only under the case's lock."""
    with case.facts(write=True):
        if not _pending(case.alias):
            return None
        if not connections[case.alias].introspection.table_names():
            _create(case.alias)
            return None
        copy = _copy(case.folder / "db.sqlite3")
        call_command("migrate", database=case.alias, app_label="store", verbosity=0, interactive=False)
        return copy


def check_current(case: Case) -> None:
    """CaseError unless the case's tables are those of this version."""
    if not (case.folder / "db.sqlite3").exists():
        raise CaseError("case-not-sifted", path=str(case.folder))
    with case.facts():
        if _pending(case.alias + "-ro"):
            raise CaseError("case-needs-upgrade", path=str(case.folder))


def _create(alias: str) -> None:
    """All tables of an empty database in one transaction, and the migrations that would have led there.

    Step by step they take 0.25 s, six times of this: Django makes every model anew for each field that was ever added.
    """
    connection = connections[alias]
    graph = MigrationExecutor(connection).loader.graph
    recorder = MigrationRecorder(connection)
    with connection.schema_editor() as editor:
        editor.create_model(recorder.Migration)
        for model in apps.get_app_config("store").get_models():
            editor.create_model(model)
        for leaf in graph.leaf_nodes("store"):
            for label, name in graph.forwards_plan(leaf):
                recorder.migration_qs.create(app=label, name=name)


def _copy(path: Path) -> Path | None:
    """A consistent copy, taken by SQLite itself: copying the file could miss what lies in the write-ahead log."""
    if not path.exists():  # on a server: its own dump is the copy
        return None
    number = 1
    while (target := path.with_name(f"{path.name}.before-{number}")).exists():
        number += 1
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
    return target


def _pending(alias: str) -> bool:
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan([key for key in executor.loader.graph.leaf_nodes() if key[0] == "store"]))
