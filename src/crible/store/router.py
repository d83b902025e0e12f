"""Which database a model lives in: facts in the case at hand, everything else in the desk's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Model

FACTS = "store"
"""Label of the application whose models are facts."""

_case: ContextVar[str] = ContextVar("case")


@contextmanager
def facts_in(alias: str) -> Iterator[None]:
    """Within this block the facts models read and write the database of that alias."""
    token = _case.set(alias)
    try:
        yield
    finally:
        _case.reset(token)


class FactsRouter:
    """Sends facts to the case named by `facts_in`; LookupError outside of any, so that no query hits a wrong case."""

    def db_for_read(self, model: type[Model], **_: Any) -> str | None:
        """The case's database for facts; the default for the rest."""
        return _case.get() if model._meta.app_label == FACTS else None

    def db_for_write(self, model: type[Model], **_: Any) -> str | None:
        """As for reading; the desk opens facts read-only, so a write from there fails in the database itself."""
        return _case.get() if model._meta.app_label == FACTS else None

    def allow_relation(self, one: Model, other: Model, **_: Any) -> bool:
        """Only within one side."""
        return (one._meta.app_label == FACTS) == (other._meta.app_label == FACTS)

    def allow_migrate(self, db: str, app_label: str, **_: Any) -> bool:
        """Facts tables in cases only, other tables in the desk only."""
        return (app_label == FACTS) == db.startswith("case-")
