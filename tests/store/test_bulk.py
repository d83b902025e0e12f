"""Rows written in bulk are the rows Django would have written."""

import pytest
from django.db import IntegrityError, connections

from crible.store import bulk
from crible.store.bulk import Fresh
from crible.store.case import Case
from crible.store.models import Blob, Document, Entry


def rows(blob: Blob) -> list[Document]:
    common = {"size": 3, "blob": blob, "depth": 1, "path": "é/\u202f'; drop", "mail": True}
    return [
        Document(pk=5, sha256=bytes(32), reason={"code": "é", "params": {"n": [1, None]}}, checkpoint=[1, 2], **common),
        Document(pk=6, sha256=b"\xff" * 32, reason=None, listed=None, **common),
    ]


def seen() -> list[tuple]:
    fields = [field.attname for field in Document._meta.concrete_fields]
    values = Document.objects.order_by("pk").values_list(*fields)
    return [tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in values]


def test_insert_writes_what_django_writes(case: Case) -> None:
    with case.facts(write=True):
        blob = Blob.objects.create(sha256=bytes(32), size=3)
        Document.objects.bulk_create(rows(blob))
        expected = seen()
        Document.objects.all().delete()
        bulk.insert(rows(blob))
        assert seen() == expected
        assert Document.objects.filter(reason__isnull=True).count() == 1
        assert Document.objects.get(reason__code="é").pk == 5


def test_a_fresh_row_is_the_model_s_row_with_its_defaults(case: Case) -> None:
    with case.facts(write=True):
        blob = Blob.objects.create(sha256=bytes(32), size=3)
        model = rows(blob)
        given = [{"id": one.pk, "sha256": one.sha256, "size": 3, "blob_id": blob.pk, "depth": 1} for one in model]
        written = ["path", "mail", "reason", "checkpoint"]
        bulk.insert(model)
        expected = seen()
        Document.objects.all().delete()
        bulk.insert(
            [Fresh(Document, **g, **{n: getattr(m, n) for n in written}) for g, m in zip(given, model, strict=True)]
        )
        assert seen() == expected


def test_a_fresh_row_without_a_key_gets_the_database_s(case: Case) -> None:
    with case.facts(write=True):
        bulk.insert([Fresh(Blob, sha256=bytes([n]) * 32, size=n) for n in range(3)])
        assert sorted(Blob.objects.values_list("size", "origin")) == [(0, ""), (1, ""), (2, "")]
        assert len(set(Blob.objects.values_list("pk", flat=True))) == 3


def test_update_writes_these_fields_of_these_rows(case: Case) -> None:
    with case.facts(write=True):
        bulk.insert(rows(Blob.objects.create(sha256=bytes(32), size=3)))
        first, second = Document.objects.order_by("pk")
        first.state, first.reason, first.size = "read", None, 99
        bulk.update([first], ["state", "reason"])
        first.refresh_from_db()
        assert (first.state, first.reason, first.size) == ("read", None, 3)
        second.refresh_from_db()
        assert second.state == "todo"


def test_keys_are_the_databases_where_the_caller_gives_none(case: Case) -> None:
    with case.facts(write=True):
        parent = Document(pk=5, sha256=bytes(32), size=1, blob=Blob.objects.create(sha256=bytes(32), size=3), depth=0)
        bulk.insert([parent])
        bulk.insert([Entry(parent=parent, ordinal=n, name=str(n), path=str(n), depth=1) for n in range(3)])
        assert sorted(Entry.objects.values_list("ordinal", flat=True)) == [0, 1, 2]
        assert len(set(Entry.objects.values_list("pk", flat=True))) == 3
        with pytest.raises(IntegrityError):
            bulk.insert([Entry(parent=parent, ordinal=2, name="2", path="2", depth=1)])


def test_nothing_is_no_statement(case: Case) -> None:
    with case.facts(write=True):
        connection = connections[case.alias]
        connection.force_debug_cursor = True
        before = len(connection.queries)
        bulk.insert([])
        bulk.update([], ["state"])
        assert len(connection.queries) == before
