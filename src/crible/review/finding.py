"""Documents by their marks: ids only, since what they are lies in another database."""

from typing import Any

from django.db.models import QuerySet

from crible.review.models import Assignment, Decision, Note, Seen, Star, State, Tagging

MOST = 10_000
"""Documents that one question gives."""
SETTLED = ("relevant", "irrelevant", "cleared")
"""States after which nobody waits for somebody to look."""


def ids(case: str, kind: str, value: str = "", *, most: int = MOST) -> list[str]:
    """Ids of the documents whose mark of that kind has that value, the longest so marked first, each once.

    `state` NAME, `tag` NAME, `star` LOGIN (any person's where empty), `assigned` LOGIN, `noted` LOGIN (by anybody where
    empty), `decided` DECISION, `seen` LOGIN (by anybody where empty). KeyError for another kind.
    """
    return list(dict.fromkeys(rows(case, kind, value).order_by("pk").values_list("document", flat=True)[:most]))


def asked(case: str, name: str) -> QuerySet[Assignment]:
    """What that person was asked to look at and nobody has settled since."""
    settled = State.objects.filter(case=case, state__in=SETTLED).values("document")
    return Assignment.objects.filter(case=case, to__name=name).exclude(document__in=settled)


def count(case: str, kind: str, value: str = "") -> int:
    """How many marks of that kind and value there are."""
    return rows(case, kind, value).count()


def open_to_all(case: str) -> QuerySet[State]:
    """What is to be read or verified and nobody was asked to."""
    waiting = State.objects.filter(case=case, state__in=("to-read", "to-verify"))
    return waiting.exclude(document__in=Assignment.objects.filter(case=case).values("document"))


def rows(case: str, kind: str, value: str = "") -> QuerySet[Any]:
    """The marks themselves, one a document but for `noted`, `decided` and stars or visits of anybody. See `ids`."""
    asked: dict[str, tuple[Any, dict[str, Any]]] = {
        "state": (State, {"state": value}),
        "tag": (Tagging, {"tag__name": value}),
        "star": (Star, {"by__name": value}),
        "assigned": (Assignment, {"to__name": value}),
        "noted": (Note, {"by__name": value, "removed": None}),
        "decided": (Decision, {"decision": value, "replaced": None}),
        "seen": (Seen, {"by__name": value}),
    }
    model, wanted = asked[kind]
    narrowed = {name: one for name, one in wanted.items() if one != ""}
    found: QuerySet[Any] = model.objects.filter(case=case, **narrowed)
    return found
