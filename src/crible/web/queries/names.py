"""Documents as lists show them: a title, who and when, a grade in one word."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from crible.store.models import Document

COLUMNS = (
    "sha256", "path", "size", "state", "reading__kind", "reading__subject", "reading__sender", "reading__date",
    "weighing__level", "weighing__questions",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """One document of a list."""

    id: str
    path: str
    size: int
    state: str
    kind: str
    """`mail`, `file`, or empty where nothing could be read."""
    subject: str
    sender: str
    date: int | None
    level: str
    questions: int

    @property
    def title(self) -> str:
        """Subject of a mail, name of a file."""
        return (self.subject if self.kind == "mail" else "") or file_name(self.path)


def named(ids: Iterable[str]) -> dict[str, Named]:
    """These documents by id, in one statement; unknown ones are left out."""
    wanted = sorted({bytes.fromhex(one) for one in ids if one})
    return {one.id: one for one in listed(Document.objects.filter(sha256__in=wanted))} if wanted else {}


def listed(documents: QuerySet[Document]) -> list[Named]:
    """The documents of a query, in its order, in one statement."""
    return [_named(row) for row in documents.values_list(*COLUMNS)]


def file_name(path: str) -> str:
    """The last component of a path, a MIME part number cut off."""
    last = path.rpartition("/")[2]
    number, tilde, name = last.partition("~")
    return name if tilde and number.replace(".", "").isdigit() else last


def _named(row: tuple[Any, ...]) -> Named:
    sha256, path, size, state, kind, subject, sender, date, level, questions = row
    return Named(
        bytes(sha256).hex(),
        path,
        size,
        state,
        kind or "",
        subject or "",
        sender or "",
        date,
        level or "",
        questions or 0,
    )
