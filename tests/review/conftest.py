"""The desk's own database, without any desk: review knows cases by their uuid and documents by their hash only."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from pytest_django import DjangoDbBlocker

from crible.review.models import Membership, User
from crible.review.rights import Role

CASE, OTHER = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    """A desk's database as it is made; whoever writes copies it."""
    path = tmp_path_factory.mktemp("review") / "desk.sqlite3"
    with django_db_blocker.unblock(), desk_at(path):
        call_command("migrate", database="default", verbosity=0, interactive=False)
    return path


@pytest.fixture
def tables(empty: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In a file, so that every thread finds the same."""
    shutil.copy(empty, tmp_path / "desk.sqlite3")
    with django_db_blocker.unblock(), desk_at(tmp_path / "desk.sqlite3"):
        yield


@contextmanager
def desk_at(path: Path) -> Iterator[None]:
    """Within this block the desk's database is that file."""
    settings = connections.databases["default"]
    before = settings["NAME"]
    # In this order: a connection that takes itself for one in memory does not close.
    settings["NAME"] = str(path)
    connections["default"].close()
    yield
    connections["default"].close()
    settings["NAME"] = before


@pytest.fixture
def people(tables: None) -> dict[str, User]:
    """Two editors, a reviewer and a reader of one case; nobody is in the other."""
    roles = {"ines": Role.EDITOR, "marc": Role.REVIEWER, "lea": Role.READER, "odile": Role.EDITOR}
    made = {name: User.objects.create(name=name, shown=name.title()) for name in roles}
    for name, role in roles.items():
        Membership.objects.create(user=made[name], case=CASE, role=role)
    return made
