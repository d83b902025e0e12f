"""Searches kept under a name, searches that were run, and lists of names searched one by one."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils import timezone

from crible.model.errors import InputError
from crible.review import audit
from crible.review.models import SavedSearch, SearchRun, TermList, User
from crible.review.rights import Right, Role, may

LONGEST_NAME = 120
MOST_SAVED = 500
"""Searches one person keeps in one case."""
MOST_LINES = 500
LONGEST_LINE = 100
APART = timedelta(minutes=5)
"""Asked again sooner, it is the same search still: a page turned back, a window opened anew."""


def save(by: User, case: str, name: str, asked: str, *, shared: bool) -> SavedSearch:
    """Keep a search under a name; one of the same name and person is replaced.

    Raises InputError `saved-name` for a name empty or too long, `saved-many` where somebody keeps too many.
    """
    name = _named(name)
    with transaction.atomic(using="default"):
        mine = SavedSearch.objects.filter(case=case, by=by)
        kept = mine.filter(name=name).order_by("pk").first() or SavedSearch(case=case, by=by, name=name)
        if kept.pk is None and mine.count() >= MOST_SAVED:
            raise InputError("saved-many", most=MOST_SAVED)
        kept.asked, kept.shared = asked, shared
        kept.save()
        audit.append(by.name, "search-save", case=case, name=name, asked=asked, shared=shared)
    return kept


def change(by: User, role: Role, case: str, pk: int, name: str, *, shared: bool) -> bool:
    """Rename a search, share it or take it back; False where there is none that this person may change.

    Raises InputError `saved-name`.
    """
    name = _named(name)
    with transaction.atomic(using="default"):
        kept = _changeable(by, role, case).filter(pk=pk).first()
        if kept is None:
            return False
        before = kept.name
        kept.name, kept.shared = name, shared
        kept.save(update_fields=["name", "shared"])
        audit.append(by.name, "search-change", case=case, name=before, new=name, shared=shared)
    return True


def remove(by: User, role: Role, case: str, pk: int) -> bool:
    """Forget a saved search; the log keeps its name. False where there is none that this person may change."""
    with transaction.atomic(using="default"):
        kept = _changeable(by, role, case).filter(pk=pk).first()
        if kept is None:
            return False
        kept.delete()
        audit.append(by.name, "search-remove", case=case, name=kept.name, asked=kept.asked)
    return True


def saved(by: User, case: str) -> QuerySet[SavedSearch]:
    """A person's own searches and those shared with everybody of the case, by name."""
    return SavedSearch.objects.filter(Q(by=by) | Q(shared=True), case=case).select_related("by").order_by("name", "pk")


def may_change(by: User, role: Role | None, kept: SavedSearch) -> bool:
    """Its maker may; of shared ones, so may who manages the case."""
    return kept.by_id == by.pk or (kept.shared and may(role, Right.MANAGE))


def ran(by: User, case: str, asked: str, *, found: int, searched: int, unread: int) -> None:
    """Record that somebody ran a search: one row a person and query, counted again after a while. One statement."""
    now = timezone.now()
    times = Case(When(last__lt=now - APART, then=F("times") + Value(1)), default=F("times"))
    digest = hashlib.sha256(asked.encode()).hexdigest()
    facts = {"found": found, "searched": searched, "unread": unread}
    rows = SearchRun.objects.filter(case=case, by=by, digest=digest)
    if not rows.update(times=times, last=now, **facts):
        run = SearchRun(case=case, by=by, asked=asked, digest=digest, **facts)
        SearchRun.objects.bulk_create([run], ignore_conflicts=True)


def found_by(by: User, case: str, asked: Iterable[str]) -> dict[str, tuple[int, datetime]]:
    """Of these queries, how much each gave when this person ran it last, and when that was."""
    digests = {hashlib.sha256(one.encode()).hexdigest(): one for one in asked}
    rows = SearchRun.objects.filter(case=case, by=by, digest__in=list(digests))
    return {digests[digest]: (found, last) for digest, found, last in rows.values_list("digest", "found", "last")}


def runs(case: str, *, nothing: bool = False) -> QuerySet[SearchRun]:
    """What was searched in a case, the last first; with `nothing` only what found nothing."""
    rows = SearchRun.objects.filter(case=case).select_related("by").order_by("-last", "-pk")
    return rows.filter(found=0) if nothing else rows


def keep_list(by: User, case: str, pasted: str, *, queries: bool) -> TermList:
    """Keep a list of names, one a line, each once.

    Raises InputError: `list-empty`, `list-long` (lines), `list-line` (characters, with the number of the line).
    """
    lines = list(dict.fromkeys(line for line in (" ".join(raw.split()) for raw in pasted.splitlines()) if line))
    if not lines:
        raise InputError("list-empty")
    if len(lines) > MOST_LINES:
        raise InputError("list-long", most=MOST_LINES, count=len(lines))
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            raise InputError("list-line", most=LONGEST_LINE, line=number)
    with transaction.atomic(using="default"):
        kept = TermList.objects.create(case=case, by=by, lines=lines, queries=queries)
        audit.append(by.name, "list-search", case=case, list=kept.pk, lines=len(lines), queries=queries)
    return kept


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise InputError("saved-name", most=LONGEST_NAME)
    return name


def _changeable(by: User, role: Role, case: str) -> QuerySet[SavedSearch]:
    theirs = Q(by=by) | Q(shared=True) if may(role, Right.MANAGE) else Q(by=by)
    return SavedSearch.objects.select_for_update().filter(theirs, case=case)
