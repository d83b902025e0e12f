"""Cases of their own: nothing here is Django's test database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from crible.store.case import Case
from crible.store.lock import locked
from crible.store.setup import migrate


@pytest.fixture(scope="session", autouse=True)
def _database(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """An empty case, its tables made."""
    made = Case.create(tmp_path / "case")
    with locked(made.folder):
        assert migrate(made) is None
    return made
