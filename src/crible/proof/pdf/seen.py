"""A page of one state with what lies on it, and which of its words a reader sees."""

from functools import cached_property

from PIL import Image

from crible.proof.pdf import sight, tree
from crible.proof.pdf.sight import Box, Page, Word
from crible.proof.pdf.states import State
from crible.proof.pdf.tree import Note

TEXT = 200
LETTERS = 3
"""Of words that are covered: a comma under a seal says nothing."""
SIGNATURE = "/Sig"
SEAL = "seal-covers"
"""A signature's own appearance is set on printed lines every day, so it is told apart."""


class Sight:
    """A page with its notes, painted when asked."""

    def __init__(self, page: Page, notes: list[Note]) -> None:
        self.page, self.notes = page, notes
        self._seen: list[tuple[Word, bool]] | None = None

    @cached_property
    def whole(self) -> Image.Image:
        """The page with all that lies on it."""
        return self.page.paint(notes=True)

    @cached_property
    def placed(self) -> list[Word]:
        """The page's words, seen or not."""
        return self.page.words()

    def words(self) -> list[tuple[Word, bool]]:
        """The page's words and whether each is seen. The last that is asked of a page: its text is gone afterwards."""
        if self._seen is None:
            words, whole = self.placed, self.whole
            ink = sight.differing(whole, self.page.without_text(notes=True))
            self._seen = [(word, sight.touched(ink, word.box)) for word in words]
        return self._seen

    def box(self, note: Note) -> Box | None:
        """Where a note stands."""
        return self.page.pixels(note.rectangle)


def tells(words: list[Word]) -> bool:
    """Whether words are worth a finding."""
    return sum(letter.isalnum() for word in words for letter in word.text) >= LETTERS


def joined(words: list[Word]) -> str:
    """Words as a passage, at most `TEXT` characters."""
    text = " ".join(word.text for word in words)
    return text if len(text) <= TEXT else text[: TEXT - 1] + "…"


def notes_of(state: State, number: int, count: int) -> list[Note]:
    """What lies on a page, from 0, if both libraries see `count` pages."""
    return tree.notes(state.pages[number][1]) if len(state.pages) == count else []
