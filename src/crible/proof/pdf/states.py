"""The states a PDF went through: each a prefix of the file, its objects by pyHanko, its pages by pdfium."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from crible.extract.pdf_structure import Structure
from crible.proof.pdf import opening, tree
from crible.proof.pdf.sight import Laid, Page, Pictures
from crible.proof.pdf.tree import Reference
from crible.sandbox.window import Window

KEPT = 2
"""States whose pages are held at once: a book of 5,000 pages has 5 MB of them."""


@dataclass(frozen=True, slots=True)
class State:
    """The file as it was at one end-of-file mark."""

    window: Window
    pages: list[tuple[Reference | None, Any]]
    """By pyHanko; empty where the objects of that time cannot be read."""
    pictures: Pictures


class States:
    """All states of one file, oldest first."""

    def __init__(self, window: Window, structure: Structure, reader: PdfFileReader | None) -> None:
        self._window = window
        self._ends = [revision.end for revision in structure.revisions]
        self._reader = reader
        self._numbers = self._numbered(structure)
        self._pages: dict[int, list[tuple[Reference | None, Any]]] = {}
        self._pictures = Pictures()

    def __len__(self) -> int:
        return len(self._ends)

    def _numbered(self, structure: Structure) -> list[int | None]:
        """The number that each state has for pyHanko, which counts the two sections of a linearised file apart."""
        if self._reader is None:
            return [None] * len(structure.revisions)
        sections: dict[int, int] = {}
        for number in range(self._reader.xrefs.total_revisions):
            sections[self._reader.xrefs.get_startxref_for_revision(number)] = number
        return [sections.get(revision.section) for revision in structure.revisions]

    def state(self, number: int) -> State:
        """One state."""
        return State(self._window.within(0, self._ends[number]), self.pages(number), self._pictures)

    def pages(self, number: int) -> list[tuple[Reference | None, Any]]:
        """The pages of one state, as its objects have them."""
        if number not in self._pages:
            while len(self._pages) >= KEPT:
                del self._pages[next(iter(self._pages))]
            self._pages[number] = self._read(number)
        return self._pages[number]

    def _read(self, number: int) -> list[tuple[Reference | None, Any]]:
        revision = self._numbers[number]
        if self._reader is None or revision is None:
            return []
        try:
            return tree.pages(self._reader.get_historical_root(revision))
        except tree.BROKEN:
            return []

    def changed(self, number: int) -> set[Reference]:
        """Objects that the update leading to a state wrote."""
        before, after = self._numbers[number - 1], self._numbers[number]
        if self._reader is None or before is None or after is None:
            return set()
        return {
            (one.idnum, one.generation)
            for revision in range(before + 1, after + 1)
            for one in self._reader.xrefs.explicit_refs_in_revision(revision)
        }

    def written(self, number: int) -> set[Reference]:
        """Of the objects `changed`, those that stand elsewhere in the file than before.

        A hybrid-reference file (§7.5.8.4), as Word saves every PDF, lists all its objects a second time.
        """
        before, after = self._numbers[number - 1], self._numbers[number]
        if self._reader is None or before is None or after is None:
            return set()
        xrefs = self._reader.xrefs
        return {name for name in self.changed(number) if not _stands(xrefs, name, before, after)}

    def layers_alike(self, number: int) -> bool:
        """Whether an update left alone which layers are shown (§8.11.4): that changes pages that it does not write."""
        before, after = self._numbers[number - 1], self._numbers[number]
        if self._reader is None or before is None or after is None:
            return False
        try:
            was, became = (self._reader.get_historical_root(revision) for revision in (before, after))
            return tree.layers_alike(was, became, self.written(number))
        except tree.BROKEN:
            return False

    def touched(self, first: int, last: int) -> set[int] | None:
        """Pages of a state, from 0, that use what an update since another state wrote; None where that is not known."""
        changed = set[Reference]().union(*(self.changed(number) for number in range(first + 1, last + 1)))
        pages, clean = self.pages(last), set[Reference]()
        if not changed or not pages:
            return None
        try:
            return {
                number
                for number, (name, page) in enumerate(pages)
                if name in changed or tree.painted_from(page, changed, clean, notes=True)
            }
        except tree.BROKEN:
            return None

    def object(self, number: int, name: Reference) -> Any:
        """An object as it was in a state; None where it cannot be read."""
        revision = self._numbers[number]
        if self._reader is None or revision is None:
            return None
        try:
            # Not `reader.get_object(…, revision)`, which parses anew at each call: a third of the examination's time.
            return self._reader.get_historical_resolver(revision).get_object(generic.Reference(*name))
        except tree.BROKEN:
            return None

    def ending(self, end: int) -> int | None:
        """The state whose last byte is about there: writers differ in the line end after the mark."""
        return next((number for number, at in enumerate(self._ends) if abs(at - end) <= 2), None)


def _stands(xrefs: Any, name: Reference, before: int, after: int) -> bool:
    """Whether an object is at the same offset of the file in two of pyHanko's revisions."""
    was, became = (xrefs.get_historical_ref(generic.Reference(*name), revision) for revision in (before, after))
    return isinstance(was, int) and was == became


@contextmanager
def laid(state: State) -> Iterator[Laid]:
    """A state, laid out by pdfium. Raises Unreadable."""
    with opening.pages(state.window) as document:
        yield Laid(document, state.window.length, state.pictures)


@contextmanager
def both(one: State, other: State) -> Iterator[tuple[Laid, Laid]]:
    """Two of them."""
    with laid(one) as first, laid(other) as second:
        yield first, second


def paired(one: State, other: State, counts: tuple[int, int]) -> list[tuple[int, int]]:
    """Pages of the first that the second has too, by number from 0: the same object, or the same place."""
    names = {name: at for at, (name, _) in enumerate(other.pages) if name}
    if (len(one.pages), len(other.pages)) != counts or not names:
        return [(n, n) for n in range(min(counts))]
    return [(n, names[name]) for n, (name, _) in enumerate(one.pages) if name and name in names]


@contextmanager
def opened(*places: tuple[Laid, int]) -> Iterator[list[Page]]:
    """Pages by state and number from 0. Raises pypdfium2.PdfiumError where one cannot be loaded."""
    with ExitStack() as stack:
        found = []
        for state, number in places:
            found.append(page := Page(state, number))
            stack.callback(page.close)
        yield found


UNPAINTABLE = (pypdfium2.PdfiumError, ValueError, OverflowError)
"""What painting or reading a page of a hostile file may raise."""
