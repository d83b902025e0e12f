"""What people said of documents."""

from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from crible.review import marks as marks_of
from crible.review.models import Assignment, Note, Seen, Star, State, Tagging, User
from crible.review.notes import Passage, locate, note
from crible.review.rights import Right
from crible.sift.texts import text_of
from crible.web.api.access import entered, token_of
from crible.web.api.documents import Name
from crible.web.api.schemas import REFUSED, MarksOut, NoteIn, StateIn, TagIn
from crible.web.queries.one import by_id

router = Router(tags=["review"])


@router.get("/cases/{slug}/documents/{name}/marks/", response={200: MarksOut, **REFUSED}, summary="What people said")
def marks(request: HttpRequest, slug: str, name: Name) -> dict[str, Any]:
    """State, tags, stars, notes, who is to look at it, who has."""
    with entered(request, slug, Right.READ) as served:
        return told(served.case.uuid, by_id(name).id)


@router.put("/cases/{slug}/documents/{name}/state/", response={200: MarksOut, **REFUSED}, summary="Set its state")
def state(request: HttpRequest, slug: str, name: Name, given: StateIn) -> dict[str, Any]:
    """In the person's name, as a line of the log that can be undone; null takes it back."""
    return _done(request, slug, name, lambda by, case, id: marks_of.set_state(by, case, id, given.state or ""))  # noqa: A006


@router.post("/cases/{slug}/documents/{name}/tags/", response={200: MarksOut, **REFUSED}, summary="Tag it")
def tag(request: HttpRequest, slug: str, name: Name, given: TagIn) -> dict[str, Any]:
    """One that the case lacks is made."""
    return _done(request, slug, name, lambda by, case, id: marks_of.tag(by, case, id, given.name))  # noqa: A006


@router.delete("/cases/{slug}/documents/{name}/tags/", response={200: MarksOut, **REFUSED}, summary="Take a tag off")
def untag(request: HttpRequest, slug: str, name: Name, tag: Annotated[str, Query(max_length=60)]) -> dict[str, Any]:
    """Nothing changes where it does not bear it."""
    return _done(request, slug, name, lambda by, case, id: marks_of.untag(by, case, id, tag))  # noqa: A006


@router.post(
    "/cases/{slug}/documents/{name}/notes/", response={200: MarksOut, **REFUSED}, summary="Note something on it"
)
def annotate(request: HttpRequest, slug: str, name: Name, given: NoteIn) -> dict[str, Any]:
    """On the document, or on a passage that its text holds."""

    def write(by: User, case: str, id: str) -> object:  # noqa: A002
        return note(by, case, id, given.text, _passage(id, given.passage))

    return _done(request, slug, name, write)


def _passage(id: str, words: str) -> Passage:  # noqa: A002
    """Where its text holds these words; in no place where it does not."""
    return locate(text_of(by_id(id).pk), words) if words else Passage()


def _done(request: HttpRequest, slug: str, name: str, act: Callable[[User, str, str], object]) -> dict[str, Any]:
    """Do it in the name of the token's person; the marks as they are then."""
    with entered(request, slug, Right.REVIEW) as served:
        document, case = by_id(name).id, served.case.uuid
        act(token_of(request).user, case, document)
        return told(case, document)


def told(case: str, document: str) -> dict[str, Any]:
    """The marks of one document."""
    where = {"case": case, "document": document}
    notes = Note.objects.filter(removed=None, **where).select_related("by").order_by("at")
    assigned = Assignment.objects.filter(**where).select_related("to").first()
    return {
        "state": State.objects.filter(**where).values_list("state", flat=True).first(),
        "tags": sorted(Tagging.objects.filter(**where).values_list("tag__name", flat=True)),
        "starred_by": [str(one.by) for one in Star.objects.filter(**where).select_related("by").order_by("at")],
        "assigned_to": str(assigned.to) if assigned else None,
        "notes": [
            {"id": one.pk, "by": str(one.by), "at": one.at.isoformat(), "text": one.text, "passage": one.passage}
            for one in notes
        ],
        "seen_by": [str(one.by) for one in Seen.objects.filter(**where).select_related("by").order_by("at")],
    }
