"""All that people have said of one document."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from crible.review.models import Assignment, Decision, Note, Seen, Star, State, Tag, Tagging, User

TAGS_OFFERED = 300


@dataclass(frozen=True, slots=True)
class Standing:
    """As it stands now."""

    state: State | None
    tags: tuple[Tagging, ...]
    """By name."""
    starred: bool
    """By whoever asks."""
    assigned: Assignment | None
    notes: tuple[Note, ...]
    """On passages by their place, then those on the whole, oldest first."""
    decision: Decision | None
    earlier: tuple[Decision, ...]
    """What was decided before and replaced, the last first."""
    seen: tuple[Seen, ...]
    """Everybody who had it open, the last first."""


def standing(case: str, document: str, by: User) -> Standing:
    """Seven statements, each by document."""
    here = {"case": case, "document": document}
    decisions = list(Decision.objects.filter(**here).select_related("by", "second").order_by("-pk")[:50])
    notes = Note.objects.filter(**here, removed=None).select_related("by").order_by("pk")
    return Standing(
        state=State.objects.filter(**here).select_related("by").first(),
        tags=tuple(Tagging.objects.filter(**here).select_related("tag", "by").order_by("tag__name")),
        starred=Star.objects.filter(**here, by=by).exists(),
        assigned=Assignment.objects.filter(**here).select_related("to", "by").first(),
        notes=tuple(sorted(notes, key=lambda one: (one.start is None, one.start or 0, one.pk))),
        decision=next((one for one in decisions if one.replaced is None), None),
        earlier=tuple(one for one in decisions if one.replaced),
        seen=tuple(Seen.objects.filter(**here).select_related("by").order_by("-last")[:50]),
    )


def tag_names(case: str) -> list[str]:
    """Tags of the case, to be offered."""
    return list(Tag.objects.filter(case=case).order_by("name").values_list("name", flat=True)[:TAGS_OFFERED])


def people(case: str) -> QuerySet[User]:
    """Who may be asked to look at a document: members, and the desk's owner."""
    return User.objects.filter(Q(memberships__case=case) | Q(owner=True), is_active=True).distinct().order_by("name")
