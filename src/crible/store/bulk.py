"""Many rows at once through the connection's own `executemany`.

Django's `bulk_create` and `bulk_update` build one large statement per batch out of expression objects: measured on
SQLite, 0.10 ms a row inserted and 1.3 ms a row updated, against 0.02 ms here. Values still go through the fields, so
the same code serves PostgreSQL.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    BinaryField,
    BooleanField,
    CharField,
    Field,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
    TextField,
)

PLAIN = (BinaryField, BooleanField, CharField, ForeignKey, IntegerField, TextField)


class Fresh:
    """A row that is written and forgotten: its fields by attribute name (`document_id`), the others by their default.

    Making a model object takes 13 to 23 µs, this takes 1; every mail is about ten rows.
    """

    def __init__(self, model: type[Model], **values: Any) -> None:
        self.__dict__ |= _defaults(model) | values
        self.model = model


def insert(rows: Sequence[Model] | Sequence[Fresh]) -> None:
    """Insert rows of one model. Primary keys that the caller set are kept; the others are the database's."""
    if not rows:
        return
    first = rows[0]
    model = first.model if isinstance(first, Fresh) else type(first)
    connection = _connection(model)
    fields = [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key or getattr(first, field.attname) is not None
    ]
    columns = ", ".join(_name(field, connection) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    _run(connection, f"INSERT INTO {table} ({columns}) VALUES ({marks})", fields, rows)  # noqa: S608  (names are ours)


def update(rows: Sequence[Model], names: Sequence[str]) -> None:
    """Write these fields of rows of one model, by primary key."""
    if not rows:
        return
    model, connection = type(rows[0]), _connection(type(rows[0]))
    fields = [_field(model, name) for name in names]
    key = model._meta.pk
    assert key is not None  # noqa: S101  (every model has one)
    sets = ", ".join(f"{_name(field, connection)} = %s" for field in fields)
    table, column = connection.ops.quote_name(model._meta.db_table), _name(key, connection)
    _run(connection, f"UPDATE {table} SET {sets} WHERE {column} = %s", [*fields, key], rows)  # noqa: S608


@cache
def _defaults(model: type[Model]) -> dict[str, Any]:
    """Shared by all rows, so never to be changed in place."""
    return {field.attname: None if field.primary_key else field.get_default() for field in model._meta.concrete_fields}


def _run(
    connection: BaseDatabaseWrapper,
    sql: str,
    fields: Sequence["Field[Any, Any]"],
    rows: Sequence[Model] | Sequence[Fresh],
) -> None:
    columns = [_column(field, rows, connection) for field in fields]
    values = list(zip(*columns, strict=True))
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)


def _name(field: "Field[Any, Any]", connection: BaseDatabaseWrapper) -> str:
    return str(connection.ops.quote_name(field.column or ""))


def _column(
    field: "Field[Any, Any]", rows: Sequence[Model] | Sequence[Fresh], connection: BaseDatabaseWrapper
) -> list[Any]:
    """One field of every row as the database takes it; numbers, strings and bytes go as they are."""
    name = field.attname
    if isinstance(field, PLAIN):
        return [getattr(row, name) for row in rows]
    values = (getattr(row, name) for row in rows)
    if not isinstance(field, JSONField):
        return [field.get_db_prep_save(value, connection) for value in values]
    # Most are empty lists: written once for all, they save half of what JSON costs.
    empty = {kind: field.get_db_prep_save(kind(), connection) for kind in (list, dict)}
    return [
        empty[type(value)] if not value and type(value) in empty else field.get_db_prep_save(value, connection)
        for value in values
    ]


def _field(model: type[Model], name: str) -> "Field[Any, Any]":
    field = model._meta.get_field(name)
    assert isinstance(field, Field)  # noqa: S101
    return field


def _connection(model: type[Model]) -> BaseDatabaseWrapper:
    return connections[model._default_manager.db]
