"""Documents in an order, of which only a part is ever read: rows of the review's tables, or ids that are at hand."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet


class Ordered:
    """By the age of their rows, or as given; `newest` turns it round."""

    def __init__(self, found: "QuerySet[Any] | Sequence[str]", *, newest: bool = False) -> None:
        self._rows = found if isinstance(found, QuerySet) else None
        held = () if isinstance(found, QuerySet) else found
        self._ids = held[::-1] if newest else held
        self._newest = newest

    def __len__(self) -> int:
        return len(self._ids) if self._rows is None else self._rows.count()

    def part(self, start: int, stop: int) -> list[str]:
        """Ids from one place to before another; one statement."""
        if self._rows is None:
            return list(self._ids[start:stop])
        order = "-pk" if self._newest else "pk"
        return list(self._rows.order_by(order).values_list("document", flat=True)[start:stop])

    def place(self, document: str) -> int | None:
        """Where a document stands, from 0; two statements."""
        if self._rows is None:
            return self._ids.index(document) if document in self._ids else None
        pk = self._rows.filter(document=document).values_list("pk", flat=True).first()
        if pk is None:
            return None
        return self._rows.filter(**{"pk__gt" if self._newest else "pk__lt": pk}).count()
