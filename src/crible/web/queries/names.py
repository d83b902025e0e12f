"""Documents as lists show them: a title, who and when, a grade in one word."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from crible.sift.packing import unpack_reading
from crible.sift.sorted import bare_path
from crible.sift.within import private_of, within_private
from crible.store.models import Document, Entry, Reading
from crible.web.queries import shelf

COLUMNS = (
    "sha256", "path", "size", "state", "reading__kind", "reading__subject", "reading__sender", "reading__date",
    "weighing__level", "weighing__questions", "weighing__private",
)  # fmt: skip


AT_ONCE = 1_000


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
    closed: bool = False
    """It lies on the closed shelf: subject, sender and the names of files are left out."""

    @property
    def title(self) -> str:
        """Subject of a mail, name of a file."""
        if self.closed:
            return gettext("on the closed shelf")
        return (self.subject if self.kind == "mail" else "") or file_name(self.path)


def named(ids: Iterable[str]) -> dict[str, Named]:
    """These documents by id, in one statement; unknown ones are left out."""
    wanted = sorted({bytes.fromhex(one) for one in ids if one})
    return {one.id: one for one in listed(Document.objects.filter(sha256__in=wanted))} if wanted else {}


def listed(documents: QuerySet[Document]) -> list[Named]:
    """The documents of a query, in its order, in one statement; a few more where some were not weighed."""
    rows = list(documents.values_list(*COLUMNS))
    hinted = _hinted([bytes(row[0]) for row in rows if row[-1] is None])
    hidden = in_closed(row[1] for row in rows)
    return [_named(row, hidden, private=row[-1] or bytes(row[0]) in hinted) for row in rows]


def _hinted(unweighed: list[bytes]) -> set[bytes]:
    """Which of these hold a clue that may put them on the shelf once they are weighed, or lie where all is private."""
    if not unweighed:
        return set()
    keys = dict(Document.objects.filter(sha256__in=unweighed).values_list("pk", "sha256"))
    within = {bytes(keys[pk]) for pk in within_private(keys)}
    rows = Reading.objects.filter(document__sha256__in=unweighed).values_list("document__sha256", "facts")
    read = ((bytes(sha256), unpack_reading(bytes(facts)).sorting) for sha256, facts in rows.iterator())
    return within | {sha256 for sha256, sorting in read if sorting and sorting.private}


def file_name(path: str) -> str:
    """The last component of a path, a MIME part number cut off."""
    last = path.rpartition("/")[2]
    number, tilde, name = last.partition("~")
    return name if tilde and number.replace(".", "").isdigit() else last


def in_closed(paths: Iterable[str]) -> frozenset[str]:
    """Which of these places are parts of something closed, whatever else holds the same bytes."""
    asked = sorted({path for path in paths if bare_path(path) != path})
    places: list[tuple[str, int, bytes | memoryview]] = []
    for start in range(0, len(asked), AT_ONCE):
        rows = Entry.objects.filter(path__in=asked[start : start + AT_ONCE], parent__isnull=False)
        places += rows.values_list("path", "parent_id", "parent__sha256")
    private = private_of(parent for _, parent, _ in places)
    return frozenset(path for path, pk, id in places if pk in private and shelf.closed(bytes(id).hex(), private=True))  # noqa: A001


def _named(row: tuple[Any, ...], hidden: Container[str], *, private: bool) -> Named:
    sha256, path, size, state, kind, subject, sender, date, level, questions, _ = row
    id = bytes(sha256).hex()  # noqa: A001
    closed = shelf.closed(id, private=private)
    return Named(
        id,
        bare_path(path) if closed or path in hidden else path,
        size,
        state,
        kind or "",
        "" if closed else subject or "",
        "" if closed else sender or "",
        date,
        level or "",
        questions or 0,
        closed,
    )
