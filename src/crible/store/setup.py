"""Makes Django ready for the store, and the tables of a case ready for use."""

import os

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from crible.model.errors import CaseError
from crible.store.case import Case


def ready() -> None:
    """Load Django with the store's settings, unless something else (the desk, the tests) has loaded it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crible.store.settings")
    if not apps.ready:
        django.setup()


def migrate(case: Case) -> None:
    """Bring the facts tables to this version. Call only under the case's lock."""
    with case.facts(write=True):
        if _pending(case.alias):
            call_command("migrate", database=case.alias, app_label="store", verbosity=0, interactive=False)


def check_current(case: Case) -> None:
    """CaseError unless the case's tables are those of this version."""
    if not (case.folder / "db.sqlite3").exists():
        raise CaseError("case-not-sifted", path=str(case.folder))
    with case.facts():
        if _pending(case.alias + "-ro"):
            raise CaseError("case-needs-upgrade", path=str(case.folder))


def _pending(alias: str) -> bool:
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan([key for key in executor.loader.graph.leaf_nodes() if key[0] == "store"]))
