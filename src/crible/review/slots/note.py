"""Whether the note of that number stands on a document: the SHA-256 of its words, or the empty string.

The log thus holds what was noted to its words without repeating them: they may be about the most private things.
"""

import hashlib
from collections.abc import Collection, Mapping

from django.utils import timezone

from crible.review.models import Note, User


def read(case: str, documents: Collection[str], key: str) -> dict[str, str]:
    """One statement."""
    notes = Note.objects.filter(case=case, pk=int(key), document__in=documents, removed=None)
    return dict.fromkeys(documents, "") | {one.document: digest(one) for one in notes}


def write(case: str, values: Mapping[str, str], key: str, by: User) -> None:  # noqa: ARG001
    """Shown or taken back: its row stays either way."""
    for document, value in values.items():
        note = Note.objects.filter(case=case, pk=int(key), document=document)
        note.update(removed=None if value else timezone.now())


def digest(note: Note) -> str:
    """Over its words, a NUL, and the passage they are about."""
    return hashlib.sha256(f"{note.text}\0{note.passage}".encode()).hexdigest()
