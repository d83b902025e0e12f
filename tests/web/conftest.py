"""The desk, without a server: Django's own test client over a real case."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from crible.store.case import Case
from crible.web import links

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Case:
    """The small case; nobody writes to it."""
    from desk_cases import make_case

    with django_db_blocker.unblock():
        return make_case(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Case:
    """A case of another team, with a document that the first does not have; on the desk where a test puts it there."""
    from desk_cases import make_case

    with django_db_blocker.unblock():
        return make_case(tmp_path_factory.mktemp("other"), extra=1, title="Autre affaire")


@pytest.fixture
def _desk(case: Case, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The desk's own database in memory, as nobody has used it, and the case on the desk."""
    from desk_served import on_the_desk

    with django_db_blocker.unblock(), on_the_desk(case):
        yield


@pytest.fixture
def stranger(_desk: None) -> Client:
    """Somebody who has not come in."""
    return Client(headers={"host": "127.0.0.1"})


@pytest.fixture
def visitor(_desk: None) -> Client:
    """Somebody who has."""
    client = Client(headers={"host": "127.0.0.1"})
    assert client.get(f"/login/{links.issue()}/").status_code == 302
    return client


@pytest.fixture
def slug(case: Case) -> str:
    """What the case's addresses begin with."""
    return case.uuid[:8]


@pytest.fixture
def ids(case: Case, _desk: None) -> dict[str, str]:
    """Ids of documents by subject or file name."""
    from crible.store.models import Document
    from crible.web.queries.names import listed

    with case.facts():
        return {one.title: one.id for one in listed(Document.objects.order_by("-path"))}


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Case:
    """The same case with ninety more mails: whatever grows with it grows here."""
    from desk_cases import make_case

    with django_db_blocker.unblock():
        return make_case(tmp_path_factory.mktemp("many"), extra=90, title="Beaucoup")


@pytest.fixture(scope="session")
def woven(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Case:
    """A case in which much hangs together: a thread with gaps, versions, copies that differ, private papers."""
    from woven_cases import make_woven

    with django_db_blocker.unblock():
        return make_woven(tmp_path_factory.mktemp("woven"))


@pytest.fixture
def weaver(woven: Case, django_db_blocker: DjangoDbBlocker) -> Iterator[Client]:
    """Its owner, come in."""
    from desk_served import on_the_desk, owner_come_in

    with django_db_blocker.unblock(), on_the_desk(woven):
        yield owner_come_in()
