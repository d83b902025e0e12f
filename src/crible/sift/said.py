"""What a file says of itself, field by field, for the command line, the desk and the export. None of it established."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from crible.model.files import FileFacts
from crible.model.instant import Instant

LISTED = 12
"""Values of a list that are shown to a person; the export has them all."""
PLAIN = ("title", "author", "last_author", "company", "manager", "template", "application", "version", "created",
         "modified", "printed", "revision", "minutes", "locale", "paper", "device", "pages")  # fmt: skip
"""Fields of FileFacts shown as they are, in this order."""


class Said(NamedTuple):
    """One field: a key of domain `facts`, and its value; a moment stays one, so that each reader's zone is used."""

    key: str
    value: str | int | Instant
    more: int = 0
    """Values left out."""


def said(file: FileFacts) -> Iterator[Said]:
    """Every field that the file fills. Where it was taken is private: only that it says so is among them."""
    for name in PLAIN:
        value = getattr(file, name)
        if value not in (None, ""):
            yield Said(name, value)
    for name, values in _lists(file):
        if values:
            yield Said(name, ", ".join(values[:LISTED]), max(0, len(values) - LISTED))
    if file.place is not None:
        yield Said("place", "")
    if file.pdf is not None and file.pdf.revisions > 1:
        yield Said("revisions", file.pdf.revisions)
    if file.pdf is not None and file.pdf.signatures:
        yield Said("signatures", file.pdf.signatures)


def _lists(file: FileFacts) -> Iterator[tuple[str, list[str]]]:
    yield "fonts", list(file.fonts)
    yield "embedded", [one.name for one in file.embedded if one.kind != "link"]
    yield "links", [one.name for one in file.embedded if one.kind == "link"]
    changes = Counter(mark.author for mark in file.marks if mark.kind != "comment")
    yield "changes", [f"{author or '?'} ({count})" for author, count in sorted(changes.items())]
    comments = Counter(mark.author for mark in file.marks if mark.kind == "comment")
    yield "comments", [f"{author or '?'} ({count})" for author, count in sorted(comments.items())]
    yield "hidden", list(file.hidden)
    yield "pages_without_text", [str(page) for page in file.pages_without_text]
    yield "readers", list(file.readers)


def facts_line(file: FileFacts) -> dict[str, Any]:
    """The same as values for a machine, every list whole; the place only as the fact that there is one."""
    found: dict[str, Any] = {}
    for name in PLAIN:
        value = getattr(file, name)
        if value not in (None, ""):
            found[name] = value.iso() if isinstance(value, Instant) else value
    found |= {name: values for name, values in _lists(file) if values}
    if file.place is not None:
        found["place"] = "withheld"
    return found
