"""What people made of the document: state, tags, star, notes, who is to look at it, the decision, who saw it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict

from crible import words
from crible.model.errors import InputError
from crible.review import deciding, notes, told
from crible.review.marks import LONGEST_TAG, STATES
from crible.review.models import Entry, Note, User
from crible.review.seeing import see
from crible.review.standing import people, standing, tag_names
from crible.review.undo import Undone, last
from crible.sift.dossier import Dossier
from crible.sift.texts import text_of
from crible.web.language import language
from crible.web.parts import Shown
from crible.web.person import person
from crible.web.queries.passages import safe
from crible.web.queries.queued import walk
from crible.web.served import Served

KEYS = {"to-read": "l", "relevant": "r", "irrelevant": "i", "to-verify": "v", "cleared": "c"}
DID = "did"
"""Name in an address of the line of the log that tells what was just done."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of what was just done."""

    text: str
    undo: int = 0
    """Number of the line that can be undone; 0 for none."""
    document: str = ""
    """Where it is not the one on show."""
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A note, and whether the words it is about still stand at their place."""

    note: Note
    stands: bool


def review(shown: Shown) -> dict[str, Any]:
    """The bar; who opens the page has seen the document, unless a browser only fetches it ahead."""
    request, served = shown.request, shown.served
    by, case = person(request), served.case.uuid
    if request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        see(by, case, shown.dossier.id)
    return {
        "review": bar(request, served, shown.dossier, back_of(request.GET), said_in(request, served)),
        "walk": walk(served, by, request.GET, shown.dossier.id),
    }


def bar(request: HttpRequest, served: Served, dossier: Dossier, back: str, said: Told | None) -> dict[str, Any]:
    """A dozen statements by document or case, whatever there is."""
    by, case = person(request), served.case.uuid
    marks = standing(case, dossier.id, by)
    decision = marks.decision
    return {
        "marks": marks,
        "states": [(name, KEYS[name], marks.state is not None and marks.state.state == name) for name in STATES],
        "notes": _placed(dossier, marks.notes),
        "tag_names": tag_names(case),
        "people": list(people(case)),
        "counts": decision is not None and deciding.counts(decision),
        "waits": decision is not None and decision.two and decision.second is None,
        "mine_to_second": decision is not None and decision.by != by,
        "decisions": deciding.DECISIONS,
        "limits": {
            "tag": LONGEST_TAG,
            "note": notes.LONGEST,
            "passage": notes.LONGEST_PASSAGE,
            "reason": deciding.LONGEST,
        },
        "told": said,
        "back": back,
        "can_undo": last(by, case) is not None,
    }


def back_of(given: QueryDict) -> str:
    """What leads back to the page as it is: its own address without what was told."""
    kept = given.copy()
    kept.pop(DID, None)
    return kept.urlencode()


def said_in(request: HttpRequest, served: Served) -> Told | None:
    """What the address says was just done, if whoever asks did it."""
    number = request.GET.get(DID, "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    entry = Entry.objects.filter(case=served.case.uuid, number=int(number), by=person(request).name).first()
    return of_entry(entry) if entry else None


def of_entry(entry: Entry | None, document: str = "") -> Told:
    """What was done, with the way back; nothing changed where there is no line."""
    if entry is None:
        return Told(_say("did-nothing"))
    elsewhere = entry.document if entry.document != document and document else ""
    return Told(told.did(entry, language()), entry.number, elsewhere)


def of_undone(undone: Undone, document: str = "") -> Told:
    """What was undone, what was not, and who changed it since."""
    parts = [told.did(undone.entry, language())] if undone.entry else []
    if undone.kept:
        who = _shown_name(undone.since.by) if undone.since else "?"
        parts.append(_say("kept-since", count=undone.kept, who=who))
    elsewhere = undone.of.document if document and undone.of.document != document else ""
    return Told(" ".join(parts), undone.entry.number if undone.entry else 0, elsewhere, failed=undone.entry is None)


def of_error(error: InputError) -> Told:
    """Why it was not done."""
    return Told(words.render("errors", error.code, dict(error.params), language()), failed=True)


def _say(key: str, **params: object) -> str:
    return words.render(told.DOMAIN, key, params, language())


def _shown_name(name: str) -> str:
    return str(User.objects.filter(name=name).first() or name)


def _placed(dossier: Dossier, found: tuple[Note, ...]) -> list[Passage]:
    """The text is read only where a note is about a passage of it."""
    text = safe(text_of(dossier.pk)) if any(one.start is not None for one in found) else ""
    return [Passage(one, notes.stands(text, one)) for one in found]
