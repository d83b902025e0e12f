"""The cases a desk shows, and what of each is kept between requests."""

import fcntl
import os
import threading
import time
from collections.abc import Callable, Hashable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import PermissionDenied
from django.db import connections
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from crible.index.search import Searcher
from crible.review import required
from crible.review.models import User
from crible.review.rights import Right, ended_here, may, role_of
from crible.store.case import Case
from crible.store.setup import check_current
from crible.web.queries.shelf import shelf_of

P = ParamSpec("P")
T = TypeVar("T")
UTC = ZoneInfo("UTC")


PATIENCE = 20.0
"""Seconds for which sums are kept while a sift changes the facts."""
BESIDE = "beside"
"""Name of threads that make beside the requests what nobody has asked for yet."""


@dataclass(frozen=True, slots=True)
class _Kept:
    stamp: object
    at: float
    value: Any
    given: Hashable = None


class Served:
    """One case on the desk. Shared by all threads."""

    def __init__(self, case: Case, slug: str, *, eager: bool = False) -> None:
        self.case = case
        self.slug = slug
        self.eager = eager
        self._lock = threading.Lock()
        self._searcher: Searcher | None = None
        self._current = False
        self._kept: dict[str, _Kept] = {}
        self._making: dict[str, threading.Lock] = {}

    @property
    def title(self) -> str:
        """What its owner calls it."""
        return self.case.title

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which its dates are shown; UTC where case.toml names none that exists."""
        with suppress(ZoneInfoNotFoundError, ValueError, KeyError):
            return ZoneInfo(str(self.case.settings["zone"]))
        return UTC

    def check(self) -> None:
        """CaseError unless it holds facts of this version; asked until it is well once."""
        if not self._current:
            check_current(self.case)
            self._current = True

    def searcher(self) -> Searcher:
        """A reader of the index as it is now. Raises CaseError where there is none."""
        with self._lock:
            if self._searcher is None or self._searcher.stale():
                self._searcher = Searcher(self.case.index)
            return self._searcher

    def sifting(self) -> bool:
        """Whether a sift holds the case now, so that grades are provisional.

        A shared lock is asked for and given back at once; only a sift that starts in these microseconds would be
        turned away by it.
        """
        try:
            descriptor = os.open(self.case.folder / "case.lock", os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(descriptor)
        return False

    def kept(self, name: str, make: Callable[[], T], given: Hashable = None) -> T:
        """What `make` gave last, for as long as the facts stay as they were: sums over a whole case are not cheap.

        A running sift changes the facts every second: what it made stale is then kept for `PATIENCE` seconds and made
        anew beside the requests, none of which waits; `as_of` says from when it is. `make` hears of no request, and is
        called within the case's facts. `given` is what else it depends on, as the documents taken from the shelf: with
        another, it is made at once.
        """
        with self._lock:
            lock = self._making.setdefault(name, threading.Lock())
        found = self._kept.get(name)
        if found is None or found.given != given or not (self._fresh(found) or self.sifting()):
            with lock:
                found = self._kept.get(name)
                if found is None or found.given != given or not self._fresh(found):
                    found = self._kept[name] = _Kept(self._stamp(), time.time(), make(), given)
        elif not self._fresh(found) and lock.acquire(blocking=False):
            threading.Thread(target=self._make_anew, args=(name, make, lock, given), daemon=True).start()
        return cast("T", found.value)

    def beside(self, work: Callable[[], object], taken: frozenset[str]) -> None:
        """Do that within the case's facts in a thread of its own, these documents being taken from the shelf.

        Nowhere but on a desk that runs: what a single request is answered by has nobody to work for afterwards.
        """
        if self.eager:
            threading.Thread(target=self._work, args=(work, taken), name=BESIDE, daemon=True).start()

    def _work(self, work: Callable[[], object], taken: frozenset[str]) -> None:
        try:
            with self.case.facts(), shelf_of(self.case.uuid, taken):
                work()
        finally:
            connections.close_all()

    def _make_anew(self, name: str, make: Callable[[], Any], lock: threading.Lock, given: Hashable) -> None:
        try:
            with self.case.facts(), shelf_of(self.case.uuid):
                self._kept[name] = _Kept(self._stamp(), time.time(), make(), given)
        finally:
            connections.close_all()
            lock.release()

    def as_of(self, name: str) -> float | None:
        """When what is kept under that name was made, Unix seconds, if the facts have changed since; else None."""
        found = self._kept.get(name)
        return found.at if found is not None and found.stamp != self._stamp() else None

    def _fresh(self, found: "_Kept") -> bool:
        if found.stamp == self._stamp():
            return True
        return 0 <= time.time() - found.at < PATIENCE and self.sifting()

    def _stamp(self) -> tuple[tuple[int, int], ...]:
        stamps = []
        for name in ("db.sqlite3", "db.sqlite3-wal", "index/CURRENT"):
            try:
                status = (self.case.folder / name).stat()
            except FileNotFoundError:
                continue
            stamps.append((status.st_mtime_ns, status.st_size))
        return tuple(stamps)


_served: dict[str, Served] = {}


def serve(cases: Iterable[Case], *, eager: bool = False) -> None:
    """Put these cases on the desk, in order; each under the first digits of its identity, more where they clash.

    `eager`: what takes long may be made before it is asked for (`Served.beside`).
    """
    _served.clear()
    for case in cases:
        slug = next(slug for n in (8, 13, 18, 36) if (slug := case.uuid[:n]) not in _served)
        _served[slug] = Served(case, slug, eager=eager)


def find(slug: str) -> Served | None:
    """The case whose addresses begin so; None where none is served under it."""
    return _served.get(slug)


def all_served() -> list[Served]:
    """Every case on the desk."""
    return list(_served.values())


class Ended(PermissionDenied):
    """An admin of the case ended the session for it: whoever came is a member, and logs in again."""


class Lacking(PermissionDenied):
    """The case asks for a second factor, and whoever came has none."""


def of_case(
    right: Right,
) -> Callable[[Callable[Concatenate[HttpRequest, Served, P], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Give a view the case its address names, facts open read-only, if whoever asks holds that right in it.

    Http404 for a case not served here and for one the person has no part in: the two are not told apart.
    Ended where the session was ended for this case; Lacking where the case asks for a second factor that the person has
    not set up; PermissionDenied where the role lacks the right. The view renders before it returns: a response made
    later would find no case.
    """

    def wrapping(
        view: Callable[Concatenate[HttpRequest, Served, P], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def wrapped(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            served = _served.get(slug)
            role = role_of(request.user, served.case.uuid) if served else None
            if served is not None and role is None and ended_here(request.user, served.case.uuid):
                raise Ended
            if served is None or role is None:
                raise Http404
            if required.lacking(cast("User", request.user), served.case.uuid):
                raise Lacking
            request.served, request.role = served, role  # type: ignore[attr-defined]
            if not may(role, right):
                raise PermissionDenied(str(right))
            served.check()
            with served.case.facts(), shelf_of(served.case.uuid):
                return view(request, served, *args, **kwargs)

        wrapped.right = right  # type: ignore[attr-defined]
        return wrapped

    return wrapping


def of_desk(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Mark a page that needs no case, only somebody who has come in (`middleware.entrance` sees to that)."""
    view.right = "entered"  # type: ignore[attr-defined]
    return view


def outside(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Mark a page for whoever has not come in."""
    view.right = "outside"  # type: ignore[attr-defined]
    return view
