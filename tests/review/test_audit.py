"""The log: whole under many hands, closed to later hands, and telling when one was in it all the same."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, connections

from crible.review import append_only, audit
from crible.review.models import Entry, Head

CASE = "11111111-1111-4111-8111-111111111111"


def write(count: int, case: str = CASE) -> None:
    for number in range(count):
        audit.append("ines", "state", case=case, document="a" * 64, slot="state", before="", after=f"s{number}")


def test_eight_threads_append_one_unbroken_chain(tables: None) -> None:
    def some(name: str) -> None:
        for _ in range(25):
            audit.append(name, "star", case=CASE, document="b" * 64)
        connections["default"].close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(some, [f"person-{n}" for n in range(8)]))
    found = audit.check_case(CASE)
    assert (found.entries, found.broken) == (200, None)
    assert found.head == audit.head(CASE).hash


def test_each_case_has_a_chain_of_its_own(tables: None) -> None:
    write(2)
    write(3, "other")
    assert audit.check_case(CASE).entries == 2
    assert audit.check_case("other").entries == 3
    assert audit.check_case("nowhere") == audit.EMPTY


def test_a_line_can_be_verified_without_crible(tables: None) -> None:
    write(1)
    row = Entry.objects.values().get()
    fields = {key: row[key] for key in ("case", "number", "at", "by", "act", "document", "params", "previous")}
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == row["hash"]


@pytest.mark.parametrize("statement", ["UPDATE review_entry SET act = 'x'", "DELETE FROM review_entry"])
def test_the_database_refuses_to_change_the_log(tables: None, statement: str) -> None:
    write(3)
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="append-only"):
        cursor.execute(statement)
    with pytest.raises(DatabaseError, match="append-only"):
        Entry.objects.filter(number=2).update(act="x")
    with pytest.raises(DatabaseError, match="append-only"):
        Entry.objects.filter(number=2).delete()
    assert audit.check_case(CASE).broken is None


def meddle(statement: str) -> None:
    """What somebody who holds the database's file can do."""
    append_only.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    append_only.install(connection)


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE review_entry SET by = 'marc' WHERE number = 3", 3),
        ("UPDATE review_entry SET params = '{}' WHERE number = 1", 1),
        ("DELETE FROM review_entry WHERE number = 4", 4),
        ("DELETE FROM review_entry WHERE number = 5", 5),
    ],
)
def test_a_hand_in_the_log_is_found(tables: None, statement: str, broken: int) -> None:
    write(5)
    meddle(statement)
    assert audit.check_case(CASE).broken == broken


def test_checking_goes_on_where_it_ended(tables: None) -> None:
    write(5)
    first = audit.check_case(CASE, most=3)
    assert (first.entries, first.broken) == (3, None)
    assert audit.check_case(CASE, first) == audit.check_case(CASE)
    meddle("UPDATE review_entry SET act = 'x' WHERE number = 5")
    assert audit.check_case(CASE, first).broken == 5
    assert Head.objects.get().number == 5


def test_the_triggers_outlive_every_migration(tables: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'review_entry'")
        assert {row[0] for row in cursor.fetchall()} == set(append_only.NAMES)


def test_nothing_is_put_in_the_place_of_a_line(tables: None) -> None:
    write(2)
    columns = 'id, "case", number, at, by, act, document, params, previous, hash'
    forged = columns.replace("act", "'withheld'")
    for statement in ("INSERT OR REPLACE", "REPLACE"):
        with connection.cursor() as cursor, pytest.raises(DatabaseError, match="append-only"):
            cursor.execute(f"{statement} INTO review_entry ({columns}) SELECT {forged} FROM review_entry")
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="append-only"),
    ):  # another id, the same number
        cursor.execute(
            f"REPLACE INTO review_entry ({columns}) SELECT {forged.replace('id,', 'id + 9,', 1)} FROM review_entry"
        )
    assert audit.check_case(CASE).broken is None
    write(1)
    assert audit.check_case(CASE).entries == 3
