"""What the document says: its fields, its text with differences in place, the way to look at it that was asked for."""

from typing import Any

from crible.sift.dossier import Dossier
from crible.sift.signed import signed
from crible.sift.texts import confidence, text_of
from crible.web.parts import Shown
from crible.web.parts.evidence import vouched
from crible.web.parts.fields import groups
from crible.web.parts.looks import look
from crible.web.queries.attached import attached
from crible.web.queries.finds import Finder, finder
from crible.web.queries.layer import Layer, layer
from crible.web.queries.marks import Marks, marks
from crible.web.queries.neighbours import Compared, Neighbours
from crible.web.queries.passages import page
from crible.web.views.picture import Drawn, drawn
from crible.web.views.safe import has_safe_copy


def body(shown: Shown) -> dict[str, Any]:
    """The signed text first where the stored one was added to; `?stored=1` asks for the stored one."""
    given, dossier = shown.request.GET, shown.dossier
    members, more_members = attached(dossier)
    reading = dossier.reading
    seen = look(shown)
    pictured = drawn(shown.request, dossier) if seen["look"] == "pages" else None
    sought = finder(shown.served, given, reading.language if reading else "")
    return {
        **seen,
        "drawn": pictured,
        "layer": _layer(shown, pictured, sought),
        "groups": groups(dossier),
        "defects": _defects(dossier),
        "attached": members,
        "more_attached": more_members,
        "safe_copy": has_safe_copy(dossier),
        "finder": sought,
        "keep": "&stored=1" if "stored" in given else "",
        **_text(shown, seen["look"], pictured),
    }


def _layer(shown: Shown, pictured: Drawn | None, sought: Finder | None) -> Layer | None:
    """What is laid over the page itself; views made of a picture stand alone."""
    dossier = shown.dossier
    if pictured is None or pictured.view != "page" or dossier.reading is None:
        return None
    return layer(shown.served, dossier.pk, dossier.reading.mime, pictured.number, pictured.text, sought)


def _text(shown: Shown, way: str, pictured: Drawn | None) -> dict[str, Any]:
    """The text with its differences, where the way to look at it shows any: of the page drawn, else all of it."""
    given, dossier = shown.request.GET, shown.dossier
    against = _against(shown.around)
    original = signed(dossier.pk) if dossier.weighed else None
    signed_first = original is not None and bool(original.text) and not original.words and "stored" not in given
    number = given.get("text", "1")
    changes = original.words if original and original.words else against.changes if against else ()
    recognised = pictured.text.runs if pictured and pictured.text else ()
    if way not in ("text", "pages"):
        whole = ""
    elif pictured and pictured.text:
        whole = pictured.text.text
    else:
        whole = original.text if original and signed_first else text_of(dossier.pk)
    marked = marks(dossier, whole=vouched(dossier)) if way == "text" and not signed_first else Marks()
    changes = changes or marked.changes
    text = page(whole, int(number[:6]) if number.isascii() and number.isdigit() else 1, changes, marked.marks)
    return {
        "confidence": 0 if recognised or dossier.kind == "mail" else confidence(dossier.pk),
        "recognised": recognised,
        "text": text,
        "marked": marked,
        "against": against if text.placed and not (original and original.words) else None,
        "original": original,
        "signed_first": signed_first,
    }


def _against(around: Neighbours) -> Compared | None:
    """The copy that the text is set against: a signed one that differs; never one of the closed shelf."""
    open_ones = [one for one in around.compared if one.changes and not one.others[0].closed]
    return next((one for one in open_ones if one.signed), None) or next(iter(open_ones), None)


def _defects(dossier: Dossier) -> tuple[str, ...]:
    facts = dossier.reading and (dossier.reading.mail or dossier.reading.file)
    return facts.defects if facts else ()
