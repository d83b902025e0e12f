"""What each incremental update of a PDF did (ISO 32000-2 §7.5.6): to its pages, and to everything else.

Only pages that use an object which the update wrote are held against each other, text first, then their pictures: an
update that fills a form or adds a signature rewrites pages without changing what they show.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pyhanko.pdf_utils import generic

from crible.model.errors import Unreadable
from crible.model.examined import PdfChange, PdfRevision
from crible.proof.pdf import sight, tree
from crible.proof.pdf.passages import TEXT, passages
from crible.proof.pdf.sight import Page
from crible.proof.pdf.states import UNPAINTABLE, State, States, both, opened, paired

MOST_CHANGES = 100
MOST_UPDATES = 50
"""Updates that are looked into: the first ones, as the first state is the one that was published."""
MOST_PAGES = 200
"""Pairs of pages held against each other, 5 to 60 ms each; the CPU limit of the child is far from there."""
MOST_OBJECTS = 5_000
PASSAGES_A_PAGE = 10

STAMPS = frozenset({"/Sig", "/DocTimeStamp"})
VALIDATION = frozenset({"/DSS", "/VRI"})


@dataclass
class History:
    """What was found; `uncompared` counts what the budget left out or pdfium could not lay out."""

    changes: list[PdfChange] = field(default_factory=list)
    updates: list[PdfRevision] = field(default_factory=list)
    uncompared: int = 0
    _pairs: int = 0

    def take(self, states: States) -> None:
        """Go through the updates, oldest first."""
        for number in range(1, len(states)):
            if number > MOST_UPDATES or len(self.changes) >= MOST_CHANGES:
                self.uncompared += len(states) - number
                break
            found = list(self._update(states, number))
            self.changes += [*found, *_typed_anew(states, number)]
            did = set(_purposes(states, number)) | ({"pages"} if found else set())
            self.updates.append(PdfRevision(number, tuple(sorted(did or {"other"}))))
        del self.changes[MOST_CHANGES:]

    def _update(self, states: States, number: int) -> Iterator[PdfChange]:
        before, after = states.state(number - 1), states.state(number)
        try:
            with both(before, after) as (one, other):
                yield from self._compared(states, number, (before, one), (after, other))
        except Unreadable:
            self.uncompared += 1

    def _compared(
        self, states: States, number: int, before: tuple[State, Any], after: tuple[State, Any]
    ) -> Iterator[PdfChange]:
        (old, one), (new, other) = before, after
        pairs = paired(old, new, (len(one), len(other)))
        yield from _moved(number, one, other, pairs)
        known = bool(old.pages and new.pages and states.changed(number)) and states.layers_alike(number)
        written, clean = states.written(number), set[tree.Reference]()
        for ours, theirs in pairs:
            if known and _alike(old.pages[ours], new.pages[theirs], written, clean):
                continue
            self._pairs += 1
            if self._pairs > MOST_PAGES:
                self.uncompared += 1
                continue
            try:
                with opened((one, ours), (other, theirs)) as (was, became):
                    yield from _differences(number, theirs + 1, was, became)
            except UNPAINTABLE:
                self.uncompared += 1


def _alike(
    was: tuple[tree.Reference | None, Any],
    became: tuple[tree.Reference | None, Any],
    changed: set[tree.Reference],
    clean: set[tree.Reference],
) -> bool:
    try:
        return tree.painted_alike(was[1], became[1], changed, clean)
    except tree.BROKEN:
        return False


def _moved(number: int, one: Any, other: Any, pairs: list[tuple[int, int]]) -> Iterator[PdfChange]:
    """Pages that only one of the two states has."""
    kept, came = {ours for ours, _ in pairs}, {theirs for _, theirs in pairs}
    for page in (n for n in range(min(len(one), MOST_PAGES)) if n not in kept):
        yield PdfChange(number, page + 1, _start(one, page), "", ("page-removed",))
    for page in (n for n in range(min(len(other), MOST_PAGES)) if n not in came):
        yield PdfChange(number, page + 1, "", _start(other, page), ("page-added",))


def _start(document: Any, page: int) -> str:
    try:
        with opened((document, page)) as (only,):
            return " ".join(only.text().split())[:TEXT]
    except UNPAINTABLE:
        return ""


def _differences(number: int, page: int, was: Page, became: Page) -> Iterator[PdfChange]:
    before, after = was.text(), became.text()
    seen = sight.differing(was.paint(notes=False), became.paint(notes=False)) is not None
    if before.split() == after.split():
        if seen:
            yield PdfChange(number, page, kinds=("image",))
        return
    if not before.strip() and not seen:
        yield PdfChange(number, page, "", " ".join(after.split())[:TEXT], ("recognised",))
        return
    kinds = ("words",) if seen else ("unseen",)
    for (old, new), _ in zip(passages(before, after), range(PASSAGES_A_PAGE), strict=False):
        yield PdfChange(number, page, old, new, kinds)


def _typed_anew(states: States, number: int) -> Iterator[PdfChange]:
    """Fields and text boxes that bore a value and bear another: no part of the page, and read all the same."""
    for name in sorted(states.changed(number))[:MOST_OBJECTS]:
        try:
            after = tree.typed(states.object(number, name))
            before = tree.typed(states.object(number - 1, name)) if after else ""
        except tree.BROKEN:
            continue
        if before and before != after:
            yield PdfChange(number, 0, before, after, ("field",))


def _purposes(states: States, number: int) -> Iterator[str]:
    """What the objects that an update wrote are for."""
    for name in sorted(states.changed(number))[:MOST_OBJECTS]:
        try:
            yield from _purpose(states.object(number, name))
        except tree.BROKEN:
            continue


def _purpose(value: Any) -> Iterator[str]:
    if not isinstance(value, generic.DictionaryObject):
        return
    kind, subtype = str(tree.entry(value, "/Type")), str(tree.entry(value, "/Subtype"))
    if kind in STAMPS or "/ByteRange" in value or tree.entry(value, "/FT") == "/Sig":
        yield "signature"
    elif kind in VALIDATION:
        yield "validation"
    elif subtype == "/Widget" or "/FT" in value:
        yield "form"
    elif "/Rect" in value and subtype not in {"/Link", "/Popup"}:
        yield "annotations"
    elif kind == "/Metadata" or "/ModDate" in value:
        yield "metadata"
