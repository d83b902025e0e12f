"""What was laid ready in a PDF when it was signed: words under something, fields over fields."""

from collections.abc import Iterator

from crible.model.examined import PdfView
from crible.proof.pdf.seen import SEAL, SIGNATURE, TEXT, Sight, joined, tells
from crible.proof.pdf.sight import Box, Covers, Page, Word, holds
from crible.proof.pdf.tree import Note

MOST_UNSEEN = 300
"""Unseen words of a page that are asked what lies over them; each is held against all that is painted there."""
MOST_STEPS = 200_000
"""Pairs of a word and a box that are compared before the page is painted, 0.1 s; beyond, it is painted at once."""
OVERLAP = 0.8
"""Share of the smaller field that two fields of different values have in common, one over the other."""


def covered(number: int, page: Page, notes: list[Note]) -> Iterator[PdfView]:
    """Words of the page that something lies over, so that nobody who signed it saw them."""
    covers = page.painted_later()
    if not covers.texts or not (covers.over or notes):
        return
    shown = [(note, box) for note in notes if not note.hidden and (box := page.pixels(note.rectangle))]
    looked = Sight(page, notes)
    if not _possible(covers, looked.placed, [box for _, box in shown]):
        return
    unseen = [word for word, seen in looked.words() if not seen][:MOST_UNSEEN]
    seals = [box for note, box in shown if note.kind == SIGNATURE]
    over = [box for note, box in shown if note.kind != SIGNATURE]
    lost = [word for word in unseen if covers.covered(word, over, looked.whole)]
    under = [word for word in unseen if word not in lost and covers.covered(word, seals, looked.whole)]
    for key, words in (("words-covered", lost), (SEAL, under)):
        if tells(words):
            yield PdfView(key, number, "", joined(words))


def _possible(covers: Covers, words: list[Word], notes: list[Box]) -> bool:
    """Whether anything at all lies over words enough to tell of.

    Where nothing does, as on most pages that were signed, the page is not painted twice to learn what of it is seen.
    """
    over = [*notes, *(box for _, box in covers.over)]
    if len(words) * len(over) > MOST_STEPS:
        return True
    return tells([word for word in words if any(holds(box, word.box) for box in over)])


def overlapping(number: int, notes: list[Note]) -> Iterator[PdfView]:
    """Two fields in one place that bear different values: which of them is seen is a matter of order."""
    fields = [note for note in notes if note.kind in {"/Tx", "/Ch"} and note.value and not note.hidden]
    for at, note in enumerate(fields):
        for other in fields[at + 1 :]:
            if note.value != other.value and _share(note, other) >= OVERLAP:
                yield PdfView("fields-overlap", number, note.value, other.value, f"{note.name}, {other.name}"[:TEXT])


def _share(one: Note, other: Note) -> float:
    left, bottom, right, top = one.rectangle
    other_left, other_bottom, other_right, other_top = other.rectangle
    wide, high = min(right, other_right) - max(left, other_left), min(top, other_top) - max(bottom, other_bottom)
    if wide <= 0 or high <= 0:
        return 0.0
    areas = ((right - left) * (top - bottom), (other_right - other_left) * (other_top - other_bottom))
    return wide * high / max(min(areas), 1e-9)
