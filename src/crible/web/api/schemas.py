"""Shapes of what the API takes and gives, where they are not the export line's."""

from typing import Any, Literal

from ninja import Field, Schema

State = Literal["to-read", "relevant", "irrelevant", "to-verify", "cleared"]
Order = Literal["relevance", "date", "-date"]
Lang = Literal["en", "fr"]
DOCUMENT = "^[0-9a-f]{6,64}$"


class Fault(Schema):
    """Why there is no answer."""

    code: str
    sentence: str


REFUSED = {403: Fault, 404: Fault, 422: Fault}
"""What every address of a case may answer instead."""


class CaseOut(Schema):
    """A case this token opens."""

    slug: str
    uuid: str
    title: str
    zone: str
    role: str
    scopes: list[str]
    sifting: bool


class KindOut(Schema):
    """One kind of correspondence, with its documents by level: never one share for the whole."""

    kind: str
    total: int
    levels: dict[str, int]


class SumsOut(Schema):
    """The account: what came in and what became of it."""

    listed: int
    out: int
    balanced: bool
    at_least: bool
    documents: int
    states: dict[str, int]
    kinds: list[KindOut]
    closed_shelf: int
    provisional: bool


class HitOut(Schema):
    """One message family found, by the copy that stands for it."""

    id: str
    kind: str
    title: str
    sender: str
    date: int | None
    """Unix seconds."""
    path: str
    type: str
    level: str
    class_: str = Field(alias="class", serialization_alias="class")
    badges: list[str]
    family: str
    copies: int
    snippet: str


class FoundOut(Schema):
    """One page of a search, and what it could not cover."""

    total: int
    exact: bool
    searched: int
    without_text: int
    pages_unread: int
    closed_shelf: int
    hits: list[HitOut]


class TextOut(Schema):
    """A document's text, as read; cut where asked."""

    id: str
    characters: int
    text: str


class LineOut(Schema):
    """One line of the ledger."""

    path: str
    state: str
    code: str
    params: dict[str, Any]
    sentence: str


class MarksOut(Schema):
    """What people said of a document."""

    state: str | None
    tags: list[str]
    starred_by: list[str]
    assigned_to: str | None
    notes: list[dict[str, Any]]
    seen_by: list[str]


class StateIn(Schema):
    """Where it stands; null for nowhere."""

    state: State | None


class TagIn(Schema):
    """A word of the team's own."""

    name: str = Field(min_length=1, max_length=60)


class NoteIn(Schema):
    """Words on a document, or on a passage of it."""

    text: str = Field(min_length=1, max_length=10_000)
    passage: str = Field(default="", max_length=2_000)
