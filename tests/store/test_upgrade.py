"""A case of an older version is refused to readers, and brought to this one after a copy."""

import sqlite3
from contextlib import closing

import pytest
from django.core.management import call_command

from crible.model.errors import CaseError
from crible.store.case import Case
from crible.store.lock import locked
from crible.store.models import Blob, Document
from crible.store.setup import check_current, migrate
from crible.store.upgrade import upgrade


@pytest.fixture
def older(case: Case) -> Case:
    """A case whose tables are those of the first version, with a document in them."""
    with case.facts(write=True):
        blob = Blob.objects.create(sha256=bytes(32), size=3)
        Document.objects.create(sha256=b"\1" * 32, size=3, blob=blob, depth=0, path="a", state="read")
        call_command("migrate", "store", "0001", database=case.alias, verbosity=0, interactive=False)
    return case


def columns(path) -> set[str]:
    with closing(sqlite3.connect(path)) as database:
        return {row[1] for row in database.execute("PRAGMA table_info(store_document)")}


def test_readers_are_told_to_upgrade(older: Case) -> None:
    with pytest.raises(CaseError, match="case-needs-upgrade"):
        check_current(older)


def test_upgraded_after_a_copy_nothing_is_lost(older: Case) -> None:
    copy = upgrade(older)
    assert copy == older.folder / "db.sqlite3.before-1"
    assert "vouched" in columns(older.folder / "db.sqlite3")
    assert "state" in columns(copy)
    assert "vouched" not in columns(copy)
    check_current(older)
    with older.facts():
        document = Document.objects.get()
        assert (bytes(document.sha256), document.state, document.vouched) == (b"\1" * 32, "read", False)
    assert upgrade(older) is None


def test_a_sift_copies_before_it_migrates_and_never_over_a_copy(older: Case) -> None:
    (older.folder / "db.sqlite3.before-1").write_bytes(b"an earlier copy")
    with locked(older.folder):
        assert migrate(older) == older.folder / "db.sqlite3.before-2"
        assert migrate(older) is None
    assert (older.folder / "db.sqlite3.before-1").read_bytes() == b"an earlier copy"


def test_it_waits_for_nobody(older: Case) -> None:
    with locked(older.folder), pytest.raises(CaseError, match="case-locked"):
        upgrade(older)
