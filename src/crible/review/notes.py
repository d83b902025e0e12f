"""Notes on a document, or on a passage of its text."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from django.db import transaction

from crible.model.errors import InputError
from crible.review import audit
from crible.review.change import change
from crible.review.models import Entry, Note, User
from crible.review.slots import Slot
from crible.review.slots.note import digest

LONGEST = 10_000
LONGEST_PASSAGE = 2_000
MOST = 200
"""Notes on one document."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a text, and where they begin in it; nowhere where the text does not have them."""

    words: str = ""
    start: int | None = None


def note(by: User, case: str, document: str, text: str, passage: Passage = Passage()) -> Entry | None:
    """Add a note. Raises InputError `review-note` where it is empty or too long, `review-notes` for one too many."""
    text = lines(text)
    if not 0 < len(text) <= LONGEST or len(passage.words) > LONGEST_PASSAGE:
        raise InputError("review-note", most=LONGEST, passage=LONGEST_PASSAGE)
    with transaction.atomic(using="default"):
        audit.hold(case)
        if Note.objects.filter(case=case, document=document, removed=None).count() >= MOST:
            raise InputError("review-notes", most=MOST)
        made = Note(case=case, document=document, by=by, text=text, passage=passage.words, start=passage.start)
        made.save()
        slot = Slot("note", str(made.pk))
        # It stands as removed until the line is written: what is logged is the step from nothing to these words.
        slot.write(case, {document: ""}, by)
        return change(by, "note", case, document, slot, digest(made), passage=bool(passage.words))


def lines(typed: str) -> str:
    """What somebody typed, line ends as one character; without NULs, which PostgreSQL keeps in no text."""
    return typed.replace("\r\n", "\n").replace("\0", "").strip()


def unnote(by: User, case: str, document: str, number: int) -> Entry | None:
    """Take one's own note back. Raises InputError `review-note-others` for one that is not there or another's."""
    if not Note.objects.filter(case=case, document=document, pk=number, by=by).exists():
        raise InputError("review-note-others")
    return change(by, "unnote", case, document, Slot("note", str(number)), "")


def locate(text: str, passage: str, near: int = 0) -> Passage:
    """The passage as the text has it, at the place nearest to where it was selected; spaces and line ends may differ.

    A selection in a page joins lines otherwise than the text does, which is all that is forgiven. Words are compared
    with one space between, and places counted back: an expression over both would take quadratic time.
    """
    wanted = " ".join(passage.split())
    if not wanted or len(wanted) > LONGEST_PASSAGE:
        return Passage(lines(passage))
    words = [word.span() for word in re.finditer(r"\S+", text)]
    joined = " ".join(text[start:end] for start, end in words)
    begins = list(accumulate((end - start + 1 for start, end in words), initial=0))

    def place(at: int) -> int:
        word = bisect_right(begins, at) - 1
        return words[word][0] + at - begins[word]

    at = min(_occurrences(joined, wanted), key=lambda at: abs(place(at) - near), default=None)
    if at is None:
        return Passage(lines(passage))
    return Passage(text[place(at) : place(at + len(wanted) - 1) + 1], place(at))


def _occurrences(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def stands(text: str, one: Note) -> bool:
    """Whether the words of a note's passage still stand where they stood."""
    return one.start is not None and text[one.start : one.start + len(one.passage)] == one.passage
