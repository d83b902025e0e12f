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
from crible.proof.pdf import sight
from crible.proof.pdf.prepared import covered, overlapping
from crible.proof.pdf.seen import SEAL, SIGNATURE, TEXT, Sight, joined, notes_of, tells
from crible.proof.pdf.sight import Box
from crible.proof.pdf.states import UNPAINTABLE, State, States, both, laid, opened, paired
from crible.proof.pdf.tree import Note

MOST_PAGES = 30
"""Pages painted up to six times each; the pages of a signed paper that matter are few."""
ANYWAY = 5
"""Pages that are compared even if no update touched them."""
MOST_VIEWS = 50
MARGIN = 3
"""Pixels around a note that its border may take."""


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
            self._guarded(self._since, signed, states.state(last), states.touched(first, last))
        del self.views[MOST_VIEWS:]

    def _guarded(self, look: Any, *about: Any) -> None:
        try:
            self.views += look(*about)
        except Unreadable:
            self.uncompared += 1

    def _prepared(self, signed: State) -> Iterator[PdfView]:
        """Words under something, fields over fields, in the state that was signed."""
        with laid(signed) as document:
            for number in range(min(len(document), MOST_PAGES)):
                notes = notes_of(signed, number, len(document))
                yield from overlapping(number + 1, notes)
                try:
                    with opened((document, number)) as (page,):
                        yield from covered(number + 1, page, notes)
                except UNPAINTABLE:
                    self.uncompared += 1

    def _since(self, signed: State, today: State, touched: set[int] | None) -> Iterator[PdfView]:
        """What differs between the two: on the first pages, whatever the objects say, and on those that were touched.

        An update may name its objects so that one library takes it for another's; a picture is not misled.
        """
        with both(signed, today) as (one, other):
            pairs = paired(signed, today, (len(one), len(other)))
            pairs = [pair for pair in pairs if pair[1] < ANYWAY or touched is None or pair[1] in touched]
            self.uncompared += max(0, len(pairs) - MOST_PAGES)
            for ours, theirs in pairs[:MOST_PAGES]:
                was, became = notes_of(signed, ours, len(one)), notes_of(today, theirs, len(other))
                try:
                    with opened((one, ours), (other, theirs)) as (before, after):
                        yield from _changed(theirs + 1, Sight(before, was), Sight(after, became))
                except UNPAINTABLE:
                    self.uncompared += 1


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
        return PdfView("revealed", number, "", joined(revealed))
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
    if not tells([word for word in was.placed if sight.meets(word.box, box)]):
        return  # a seal on blank paper, as most are: two pictures a page are saved
    seen = {word for word, shown in became.words() if shown}
    lost = [word for word, shown in was.words() if shown and word not in seen and sight.meets(word.box, box)]
    if tells(lost):
        key, what = (SEAL, "") if note.kind == SIGNATURE else ("note-covers", note.subtype.lstrip("/"))
        yield PdfView(key, number, joined(lost), what, note.name[:TEXT])


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


def _revealed(was: Sight, became: Sight, box: Box) -> str:
    """Words that are seen in a place now and were not then."""
    hidden = {word for word, seen in was.words() if not seen}
    return joined([word for word, seen in became.words() if seen and word in hidden and sight.meets(word.box, box)])


def _words_in(was: Sight, became: Sight, mask: Image.Image) -> tuple[str, str]:
    """What is seen where the two differ, before and after."""
    before, after = (
        joined([word for word, seen in each.words() if seen and sight.touched(mask, word.box)])
        for each in (was, became)
    )
    return before, after


def _field_text(note: Note) -> str:
    return note.value if note.kind != SIGNATURE else ""
