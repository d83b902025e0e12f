"""The review on PostgreSQL: the log whole under many hands and closed to change, marks and undo as on SQLite."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from pytest_django import DjangoDbBlocker
from test_postgresql import server  # noqa: F401  the fixture

from crible.review import audit, deciding, finding, marks, notes
from crible.review.models import Entry, Membership, User
from crible.review.rights import Role
from crible.review.undo import undo_last

CASE, DOC = "11111111-1111-4111-8111-111111111111", "a" * 64


@pytest.fixture
def elsewhere(server: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: F811
    """The desk's own database on that server."""
    before = connections.databases["default"]
    connections["default"].close()
    del connections["default"]
    connections.databases["default"] = {
        **before, "ENGINE": "django.db.backends.postgresql", "NAME": "postgres", "HOST": server, "USER": "crible",
        "OPTIONS": {},
    }  # fmt: skip
    with django_db_blocker.unblock():
        call_command("migrate", database="default", verbosity=0, interactive=False)
        yield
        connections["default"].close()
    del connections["default"]
    connections.databases["default"] = before


def test_the_log_and_the_marks(elsewhere: None) -> None:
    assert connection.vendor == "postgresql"
    ines, odile = (User.objects.create(name=name) for name in ("ines", "odile"))
    for one in (ines, odile):
        Membership.objects.create(user=one, case=CASE, role=Role.EDITOR)
    gate = threading.Barrier(8)

    def some(name: str) -> None:
        gate.wait(timeout=20)
        for _ in range(10):
            audit.append(name, "joined", case=CASE)
        connections["default"].close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(some, [f"person-{n}" for n in range(8)]))
    marks.set_states(ines, CASE, [DOC, "b" * 64], "to-verify")
    marks.tag(ines, CASE, DOC, "Salle")
    notes.note(ines, CASE, DOC, "Qui ?")
    deciding.decide(ines, CASE, DOC, "publish", "Une raison bien assez longue.", two=True)
    assert deciding.waiting(CASE, odile).get().document == DOC
    for _ in range(4):
        assert undo_last(ines, CASE).entry
    assert finding.ids(CASE, "state", "to-verify") == finding.ids(CASE, "tag", "Salle") == []
    found = audit.check_case(CASE)
    assert (found.entries, found.broken) == (88, None)
    for statement in ("UPDATE review_entry SET act = 'x'", "DELETE FROM review_entry", "TRUNCATE review_entry"):
        with connection.cursor() as cursor, pytest.raises(DatabaseError, match="append-only"):
            cursor.execute(statement)
    assert Entry.objects.filter(case=CASE).count() == 88
