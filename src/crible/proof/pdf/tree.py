"""The objects of one state of a PDF: its pages, what they are painted from, its notes and form fields (ISO 32000-2)."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError

Reference = tuple[int, int]
"""Object and generation number."""
Rectangle = tuple[float, float, float, float]
"""Left, bottom, right, top in the page's own units."""

MOST_PAGES = 5_000
MOST_OBJECTS = 50_000
MOST_NOTES = 300
DEPTH = 64
PAINTED = ("/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group")
LAYERS = "/OCProperties"
INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
HIDDEN = 0b100010
"""Annotation flags Hidden and NoView (§12.5.3)."""
BROKEN = (PdfError, KeyError, ValueError, TypeError, AttributeError, IndexError, AssertionError, RecursionError)
"""What pyHanko raises where an object is not what the standard wants."""


def pages(root: Any) -> list[tuple[Reference | None, Any]]:
    """Its pages in order, at most `MOST_PAGES`, each with its own reference."""
    found: list[tuple[Reference | None, Any]] = []
    seen: set[Reference] = set()
    work: list[Any] = [root.raw_get("/Pages")]
    while work and len(found) < MOST_PAGES:
        raw = work.pop()
        name, node = reference(raw), plain(raw)
        if not isinstance(node, generic.DictionaryObject) or (name and name in seen):
            continue
        if name:
            seen.add(name)
        kids = plain(node.raw_get("/Kids")) if "/Kids" in node else None
        if isinstance(kids, generic.ArrayObject):
            work.extend(kids.raw_get(n) for n in reversed(range(min(len(kids), MOST_PAGES))))
        else:
            found.append((name, node))
    return found


def painted_from(page: Any, changed: Collection[Reference], clean: set[Reference], *, notes: bool = False) -> bool:
    """Whether a page's content uses any of the changed objects, or with `notes` its annotations and fields do.

    `clean` keeps what is known to use none.
    """
    keys = (*PAINTED, "/Annots") if notes else PAINTED
    work: list[Any] = [page.raw_get(key) for key in keys if key in page]
    node = page
    for _ in range(DEPTH):
        node = plain(node.raw_get("/Parent")) if "/Parent" in node else None
        if not isinstance(node, generic.DictionaryObject):
            break
        work.extend(node.raw_get(key) for key in INHERITED if key in node)
    return _reached(work, changed, clean)


def _reached(work: list[Any], changed: Collection[Reference], clean: set[Reference]) -> bool:
    """Whether anything changed is reached from these entries, or too much to tell."""
    if any(reference(raw) in changed for raw in work):
        return True
    visited: set[Reference] = set()
    while work:
        raw = work.pop()
        name = reference(raw)
        if name:
            if name in changed or len(visited) > MOST_OBJECTS:
                return True
            if name in visited or name in clean:
                continue
            visited.add(name)
        with suppress(*BROKEN):
            work.extend(_inside(plain(raw)))
    clean |= visited
    return False


def painted_alike(one: Any, other: Any, changed: Collection[Reference], clean: set[Reference]) -> bool:
    """Whether a page paints the same in two states: the same entries, inherited ones included, and none changed since.

    A page that is written anew only to bear a signature or a note need not be painted twice to know that.
    """
    same = all(_equal(_effective(one, key), _effective(other, key)) for key in PAINTED)
    return same and not painted_from(other, changed, clean)


def layers_alike(one: Any, other: Any, changed: Collection[Reference]) -> bool:
    """Whether two states of the catalogue show the same optional content (§8.11.4)."""
    ours, theirs = (root.raw_get(LAYERS) if LAYERS in root else None for root in (one, other))
    return _equal(ours, theirs) and not _reached([theirs], changed, set())


def _effective(page: Any, key: str) -> Any:
    node = page
    for _ in range(DEPTH):
        if key in node:
            return node.raw_get(key)
        node = plain(node.raw_get("/Parent")) if key in INHERITED and "/Parent" in node else None
        if not isinstance(node, generic.DictionaryObject):
            break
    return None


def _equal(one: Any, other: Any) -> bool:
    """Whether two entries are the same reference, or written alike."""
    work = [(one, other)]
    for _ in range(MOST_OBJECTS):
        if not work:
            return True
        ours, theirs = work.pop()
        if reference(ours) != reference(theirs) or _keys(ours) != _keys(theirs):
            return False
        if keys := _keys(ours):
            work.extend((ours.raw_get(key), theirs.raw_get(key)) for key in keys)
        elif not reference(ours) and (type(ours) is not type(theirs) or ours != theirs):
            return False
    return False


def _keys(value: Any) -> list[Any]:
    """What a dictionary or an array is entered by; nothing for all else."""
    if isinstance(value, generic.DictionaryObject):
        return sorted(value)
    return list(range(len(value))) if isinstance(value, generic.ArrayObject) else []


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, generic.DictionaryObject):
        yield from (value.raw_get(key) for key in value if key not in {"/Parent", "/P"})
    elif isinstance(value, generic.ArrayObject) and not all(isinstance(one, (int, float)) for one in value[:4]):
        yield from (value.raw_get(n) for n in range(len(value)))


@dataclass(frozen=True, slots=True)
class Note:
    """An annotation, or a form field's place on a page."""

    subtype: str
    rectangle: Rectangle
    id: str = ""
    """What it is known by from one state to the next: its reference, which an update keeps."""
    name: str = ""
    """Full name of a field."""
    kind: str = ""
    """Of a field: `/Tx`, `/Btn`, `/Ch` or `/Sig`."""
    value: str = ""
    hidden: bool = False

    @property
    def is_field(self) -> bool:
        """Whether it is a form field."""
        return self.subtype == "/Widget"


def notes(page: Any) -> list[Note]:
    """Annotations and fields of a page, at most `MOST_NOTES`, without links and pop-ups; broken ones are left out."""
    with suppress(*BROKEN):
        array = entry(page, "/Annots", ())
        found = (_note(array.raw_get(n)) for n in range(min(len(array), MOST_NOTES)))
        return [note for note in found if note and note.subtype not in {"/Link", "/Popup"}]
    return []


def _note(raw: Any) -> Note | None:
    try:
        annotation = plain(raw)
        left, bottom, right, top = (float(number) for number in annotation["/Rect"])
        rectangle = (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
        hidden = bool(int(entry(annotation, "/F", 0)) & HIDDEN)
        subtype = str(entry(annotation, "/Subtype"))
        known = f"{reference(raw) or rectangle}"
        name, kind, value = _field(annotation) if subtype == "/Widget" else ("", "", "")
        return Note(subtype, rectangle, known, name, kind, value, hidden)
    except BROKEN:
        return None


def _field(widget: Any) -> tuple[str, str, str]:
    """Full name, type and value of a widget's field, each inherited where it is not its own (§12.7.4.2)."""
    names: list[str] = []
    kind = value = ""
    node = widget
    for _ in range(DEPTH):
        if "/T" in node:
            names.append(str(node["/T"])[:200])
        kind = kind or str(entry(node, "/FT"))
        if not value and "/V" in node:
            value = _shown(node["/V"])
        node = plain(node.raw_get("/Parent")) if "/Parent" in node else None
        if not isinstance(node, generic.DictionaryObject):
            break
    return ".".join(reversed(names)), kind, value


def typed(value: Any) -> str:
    """What a person typed into a form field or a text box, if the object is one; at most 200 characters."""
    if not isinstance(value, generic.DictionaryObject):
        return ""
    if "/V" in value and ("/T" in value or "/FT" in value):
        return _shown(value["/V"]) if entry(value, "/FT") not in {"/Btn", "/Sig"} else ""
    return _shown(value["/Contents"]) if entry(value, "/Subtype") == "/FreeText" and "/Contents" in value else ""


def _shown(value: Any) -> str:
    if isinstance(value, generic.DictionaryObject):
        return "signed" if "/Contents" in value else ""
    return " ".join(str(value).split())[:200]


def entry(node: Any, key: str, default: Any = "") -> Any:
    """A dictionary's entry, followed where it is a reference, which pyHanko's own `get` does not."""
    return node[key] if key in node else default  # noqa: SIM401


def plain(raw: Any) -> Any:
    """The object itself, be it given by reference."""
    found: Any = raw
    return found.get_object() if isinstance(raw, generic.IndirectObject) else found


def reference(raw: Any) -> Reference | None:
    """Object and generation number, if it is given by reference."""
    return (raw.idnum, raw.generation) if isinstance(raw, generic.IndirectObject) else None
