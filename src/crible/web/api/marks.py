"""What people said of documents."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from crible.review.models import Assignment, Note, Seen, Star, State, Tagging
from crible.review.rights import Right
from crible.web.api.access import entered
from crible.web.api.documents import Name
from crible.web.api.schemas import REFUSED, MarksOut
from crible.web.queries.one import by_id

router = Router(tags=["review"])


@router.get("/cases/{slug}/documents/{name}/marks/", response={200: MarksOut, **REFUSED}, summary="What people said")
def marks(request: HttpRequest, slug: str, name: Name) -> dict[str, Any]:
    """State, tags, stars, notes, who is to look at it, who has."""
    with entered(request, slug, Right.READ) as served:
        return told(served.case.uuid, by_id(name).id)


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
