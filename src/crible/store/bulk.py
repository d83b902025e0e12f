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
    AutoField,
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


def insert(rows: Sequence[Model | Fresh]) -> None:
    """Insert rows of one model. Primary keys that the caller set are kept; the others are the database's."""
    if rows:
        model = _model(rows[0])
        fields = _fields(model, keyed=getattr(rows[0], model._meta.pk.attname) is not None)
        _insert(model, fields, _values(fields, rows, _connection(model)))


def prepared(rows: Sequence[Model | Fresh]) -> list[tuple[Any, ...]]:
    """Rows of one model as `write` takes them: plain values, so that another process can make them."""
    if not rows:
        return []
    model = _model(rows[0])
    return _values(_fields(model, keyed=_keyed(model)), rows, _connection(model))


def write(model: type[Model], values: Sequence[Sequence[Any]]) -> None:
    """Insert what `prepared` made of rows of that model; a primary key that the database counts is the database's."""
    if values:
        _insert(model, _fields(model, keyed=_keyed(model)), values)


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
    values = _values([*fields, key], rows, connection)
    _run(connection, f"UPDATE {table} SET {sets} WHERE {column} = %s", values)  # noqa: S608


@cache
def _defaults(model: type[Model]) -> dict[str, Any]:
    """Shared by all rows, so never to be changed in place."""
    return {field.attname: None if field.primary_key else field.get_default() for field in model._meta.concrete_fields}


def _model(row: Model | Fresh) -> type[Model]:
    return row.model if isinstance(row, Fresh) else type(row)


def _keyed(model: type[Model]) -> bool:
    """Whether the primary key of a new row is the caller's to give."""
    return not isinstance(model._meta.pk, AutoField)


def _fields(model: type[Model], *, keyed: bool) -> "list[Field[Any, Any]]":
    return [field for field in model._meta.concrete_fields if keyed or not field.primary_key]


def _insert(model: type[Model], fields: "Sequence[Field[Any, Any]]", values: Sequence[Sequence[Any]]) -> None:
    connection = _connection(model)
    columns = ", ".join(_name(field, connection) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    _run(connection, f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)  # noqa: S608  (names are ours)


def _run(connection: BaseDatabaseWrapper, sql: str, values: Sequence[Sequence[Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)


def _values(
    fields: "Sequence[Field[Any, Any]]", rows: Sequence[Model | Fresh], connection: BaseDatabaseWrapper
) -> list[tuple[Any, ...]]:
    return list(zip(*(_column(field, rows, connection) for field in fields), strict=True))


def _name(field: "Field[Any, Any]", connection: BaseDatabaseWrapper) -> str:
    return str(connection.ops.quote_name(field.column or ""))


def _column(field: "Field[Any, Any]", rows: Sequence[Model | Fresh], connection: BaseDatabaseWrapper) -> list[Any]:
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
