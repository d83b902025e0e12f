"""What a query means, before any index: a tree of terms, fields and the operators between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Term:
    """Something to look for, in one field or in all that a reader would think of."""

    text: str
    form: Literal["word", "phrase", "prefix", "fuzzy"]
    position: int
    """Characters from the start of the query, from 1."""
    field: str | None = None
    amount: int = 0
    """Words between (phrase) or letters of difference (fuzzy)."""
    open_ended: bool = False
    """A phrase whose last word is only a beginning."""


@dataclass(frozen=True, slots=True)
class Dates:
    """A span of the documents' own dates: Unix seconds, `low` within, `high` beyond it; None is open."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Everything:
    """All documents."""


@dataclass(frozen=True, slots=True)
class Not:
    """What the inner tree does not find."""

    inner: Node


@dataclass(frozen=True, slots=True)
class All:
    """What every child finds."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """What at least one child finds."""

    children: tuple[Node, ...]


Node = Term | Dates | Everything | Not | All | Any
