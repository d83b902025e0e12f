"""What the document says: its fields, its text with differences in place, its pictures."""

from typing import Any

from crible.model.instant import Instant
from crible.sift.dossier import Dossier
from crible.sift.said import Said, said
from crible.sift.signed import signed
from crible.sift.texts import confidence, text_of
from crible.web.parts import Shown
from crible.web.queries.neighbours import Compared, Neighbours
from crible.web.queries.passages import page
from crible.web.views.picture import drawn


def body(shown: Shown) -> dict[str, Any]:
    """The signed text first where the stored one was added to; `?stored=1` asks for the stored one."""
    given, dossier = shown.request.GET, shown.dossier
    against = _against(shown.around)
    original = signed(dossier.pk) if dossier.weighed else None
    signed_first = original is not None and bool(original.text) and not original.words and "stored" not in given
    number = given.get("text", "1")
    changes = original.words if original and original.words else against.changes if against else ()
    whole = original.text if original and signed_first else text_of(dossier.pk)
    text = page(whole, int(number[:6]) if number.isdigit() else 1, changes)
    return {
        "confidence": confidence(dossier.pk),
        "drawn": drawn(shown.request, dossier),
        "said": _said(dossier),
        "defects": _defects(dossier),
        "text": text,
        "against": against if text.placed and not (original and original.words) else None,
        "original": original,
        "signed_first": signed_first,
        "keep": "&stored=1" if "stored" in given else "",
    }


def _against(around: Neighbours) -> Compared | None:
    """The copy that the text is set against: a signed one that differs."""
    return next((one for one in around.compared if one.changes and one.signed), None) or next(
        (one for one in around.compared if one.changes), None
    )


def _said(dossier: Dossier) -> list[tuple[Said, bool]]:
    """What a file says of itself, each with whether it is a moment."""
    file = dossier.reading.file if dossier.reading else None
    return [(one, isinstance(one.value, Instant)) for one in said(file)] if file else []


def _defects(dossier: Dossier) -> tuple[str, ...]:
    facts = dossier.reading and (dossier.reading.mail or dossier.reading.file)
    return facts.defects if facts else ()
