"""Does a signed PDF show today what it showed when it was signed, and was something laid ready to be shown later?

The attacks of Mainka, Mladenov and Rohlmann (Shadow Attacks, NDSS 2021; Attacks on Certified PDFs, IEEE S&P 2021) all
end there: the signer saw other words than the reader does. So the page is painted as it was signed and as it is, and
what differs is explained by fields filled, signatures and notes added, or it is not.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from PIL import Image, ImageDraw

from crible.model.errors import Unreadable
from crible.model.examined import PdfSignature, PdfView
from crible.proof.pdf import sight, tree
from crible.proof.pdf.sight import Box, Page, Word
from crible.proof.pdf.states import UNPAINTABLE, State, States, both, opened, paired
from crible.proof.pdf.tree import Note

MOST_PAGES = 30
"""Pages painted up to six times each; the pages of a signed paper that matter are few."""
MOST_VIEWS = 50
TEXT = 200
MARGIN = 3
"""Pixels around a note that its border may take."""
MOST_UNSEEN = 300
"""Unseen words of a page that are asked what lies over them; each is held against all that is painted there."""
LETTERS = 3
"""Of words that are covered: a comma under a seal says nothing."""
OVERLAP = 0.8
"""Share of the smaller field that two fields of different values have in common, one over the other."""
SIGNATURE = "/Sig"
SEAL = "seal-covers"
"""A signature's own appearance is set on printed lines every day, so it is told apart."""


@dataclass
class Shadows:
    """What was found; `uncompared` counts pages beyond the budget or that pdfium could not paint."""

    views: list[PdfView] = field(default_factory=list)
    uncompared: int = 0

    def take(self, states: States, signatures: tuple[PdfSignature, ...]) -> None:
        """Look at the state that the first sound signature ends, and at the file as it is."""
        ends = sorted(one.end for one in signatures if one.word == "pass" and one.coverage in {"file", "revision"})
        first = next((number for end in ends if (number := states.ending(end)) is not None), None)
        last = len(states) - 1
        signed = states.state(last if first is None else first)
        self._guarded(self._prepared, signed)
        if first is not None and first < last:
            self._guarded(self._since, signed, states.state(last))
        del self.views[MOST_VIEWS:]

    def _guarded(self, look: Any, *states: State) -> None:
        try:
            self.views += look(*states)
        except Unreadable:
            self.uncompared += 1

    def _prepared(self, signed: State) -> Iterator[PdfView]:
        """Words under something, fields over fields, in the state that was signed."""
        with both(signed, signed) as (document, _):
            self.uncompared += max(0, len(document) - MOST_PAGES)
            for number in range(min(len(document), MOST_PAGES)):
                notes = _notes(signed, number, len(document))
                yield from _overlapping(number + 1, notes)
                try:
                    with opened((document, number)) as (page,):
                        yield from _covered(number + 1, page, notes)
                except UNPAINTABLE:
                    self.uncompared += 1

    def _since(self, signed: State, today: State) -> Iterator[PdfView]:
        """What differs between the two, page by page."""
        with both(signed, today) as (one, other):
            pairs = paired(signed, today, (len(one), len(other)))
            self.uncompared += max(0, len(pairs) - MOST_PAGES)
            for ours, theirs in pairs[:MOST_PAGES]:
                was, became = _notes(signed, ours, len(one)), _notes(today, theirs, len(other))
                try:
                    with opened((one, ours), (other, theirs)) as (before, after):
                        yield from _changed(theirs + 1, Sight(before, was), Sight(after, became))
                except UNPAINTABLE:
                    self.uncompared += 1


class Sight:
    """A page with its notes, painted when asked."""

    def __init__(self, page: Page, notes: list[Note]) -> None:
        self.page, self.notes = page, notes
        self.whole = page.paint(notes=True)
        self._seen: list[tuple[Word, bool]] | None = None

    def words(self) -> list[tuple[Word, bool]]:
        """The page's words and whether each is seen. The last that is asked of a page: its text is gone afterwards."""
        if self._seen is None:
            words = self.page.words()
            ink = sight.differing(self.whole, self.page.without_text(notes=True))
            self._seen = [(word, sight.touched(ink, word.box)) for word in words]
        return self._seen

    def box(self, note: Note) -> Box | None:
        """Where a note stands."""
        return self.page.pixels(note.rectangle)


def _changed(number: int, was: Sight, became: Sight) -> Iterator[PdfView]:
    if mask := sight.differing(was.page.paint(notes=False), became.page.paint(notes=False)):
        yield _content(number, was, became, mask)
        return
    yield from _fields(number, was, became)
    mask = sight.differing(was.whole, became.whole)
    if mask is None:
        return
    added = _added(was, became)
    for note in added:
        yield from _covers(number, was, became, note)
    rest = _without(mask, became, [*added, *_filled(was, became)])
    gone = [note for note in was.notes if not any(_same(note, one) for one in became.notes)]
    for note in gone:
        if (box := was.box(note)) and note.is_field and sight.touched(rest, box):
            yield PdfView("field-removed", number, _field_text(note), _revealed(was, became, box), note.name[:TEXT])
    rest = _without(rest, was, gone) if rest else None
    if rest and not gone:
        yield PdfView("look", number, *_words_in(was, became, rest))


def _content(number: int, was: Sight, became: Sight, mask: Image.Image) -> PdfView:
    """The page itself looks otherwise. Words that lay ready under something, and are seen now, have a name."""
    hidden = {word for word, seen in was.words() if not seen}
    revealed = [word for word, seen in became.words() if seen and word in hidden and sight.touched(mask, word.box)]
    if revealed:
        return PdfView("revealed", number, "", _joined(revealed))
    return PdfView("content", number, *_words_in(was, became, mask))


def _fields(number: int, was: Sight, became: Sight) -> Iterator[PdfView]:
    """Fields that bore a value when it was signed, and bear another."""
    values = {note.id: note for note in became.notes if note.is_field}
    for note in was.notes:
        now = values.get(note.id) if note.is_field and note.kind != SIGNATURE else None
        if now and note.value and now.value and now.value != note.value:
            yield PdfView("field-swapped", number, note.value, now.value, note.name[:TEXT])


def _covers(number: int, was: Sight, became: Sight, note: Note) -> Iterator[PdfView]:
    """Words of the page that a note of later date lies over."""
    box = became.box(note)
    if box is None or note.hidden:
        return
    seen = {word for word, shown in became.words() if shown}
    lost = [word for word, shown in was.words() if shown and word not in seen and sight.meets(word.box, box)]
    if _tells(lost):
        key, what = (SEAL, "") if note.kind == SIGNATURE else ("note-covers", note.subtype.lstrip("/"))
        yield PdfView(key, number, _joined(lost), what, note.name[:TEXT])


def _added(was: Sight, became: Sight) -> list[Note]:
    """Notes and fields that were not there, and signature fields that were still empty."""
    known = {_key(note) for note in was.notes}
    empty = {_key(note) for note in was.notes if note.kind == SIGNATURE and not note.value}
    return [note for note in became.notes if _key(note) not in known or (_key(note) in empty and note.value)]


def _filled(was: Sight, became: Sight) -> list[Note]:
    """Fields whose value is another now: that these look otherwise is what filling is."""
    values = {note.id: note.value for note in was.notes if note.is_field}
    return [note for note in became.notes if note.is_field and values.get(note.id, note.value) != note.value]


def _same(one: Note, other: Note) -> bool:
    return _key(one) == _key(other)


def _key(note: Note) -> tuple[str, str]:
    return note.subtype, note.id


def _without(mask: Image.Image, page: Sight, notes: list[Note]) -> Image.Image | None:
    """What of a difference lies outside these notes."""
    rest = mask.copy()
    draw = ImageDraw.Draw(rest)
    for note in notes:
        if box := page.box(note):
            draw.rectangle((box[0] - MARGIN, box[1] - MARGIN, box[2] + MARGIN, box[3] + MARGIN), fill=0)
    return rest if rest.getbbox() else None


def _covered(number: int, page: Page, notes: list[Note]) -> Iterator[PdfView]:
    """Words of the page that something lies over, so that nobody who signed it saw them."""
    covers = page.painted_later()
    if not covers.texts or not (covers.over or notes):
        return
    shown = [(note, box) for note in notes if not note.hidden and (box := page.pixels(note.rectangle))]
    looked = Sight(page, notes)
    unseen = [word for word, seen in looked.words() if not seen][:MOST_UNSEEN]
    seals = [box for note, box in shown if note.kind == SIGNATURE]
    over = [box for note, box in shown if note.kind != SIGNATURE]
    lost = [word for word in unseen if covers.covered(word, over, looked.whole)]
    under = [word for word in unseen if word not in lost and covers.covered(word, seals, looked.whole)]
    for key, words in (("words-covered", lost), (SEAL, under)):
        if _tells(words):
            yield PdfView(key, number, "", _joined(words))


def _overlapping(number: int, notes: list[Note]) -> Iterator[PdfView]:
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


def _revealed(was: Sight, became: Sight, box: Box) -> str:
    """Words that are seen in a place now and were not then."""
    hidden = {word for word, seen in was.words() if not seen}
    return _joined([word for word, seen in became.words() if seen and word in hidden and sight.meets(word.box, box)])


def _words_in(was: Sight, became: Sight, mask: Image.Image) -> tuple[str, str]:
    """What is seen where the two differ, before and after."""
    before, after = (
        _joined([word for word, seen in each.words() if seen and sight.touched(mask, word.box)])
        for each in (was, became)
    )
    return before, after


def _field_text(note: Note) -> str:
    return note.value if note.kind != SIGNATURE else ""


def _tells(words: list[Word]) -> bool:
    return sum(letter.isalnum() for word in words for letter in word.text) >= LETTERS


def _joined(words: list[Word]) -> str:
    text = " ".join(word.text for word in words)
    return text if len(text) <= TEXT else text[: TEXT - 1] + "…"


def _notes(state: State, number: int, count: int) -> list[Note]:
    return tree.notes(state.pages[number][1]) if len(state.pages) == count else []
