"""Where files lie: in which archives, when these say they were written, and whether a mail is anywhere above."""

from collections.abc import Iterable, Sequence
from typing import Any

from crible.assess.hands import Listing
from crible.store.models import Entry

ARCHIVES = frozenset({"zip", "7z", "rar", "tar", "cab", "iso9660", "lha"})
PER_DOCUMENT = 20


class Whereabouts:
    """Of a chunk of documents; what lies above containers is remembered for the next chunk."""

    def __init__(self) -> None:
        self._listings: dict[int, list[Listing]] = {}
        self._parents: dict[int, set[tuple[int, str]]] = {}
        self._inside: dict[int, bool] = {}
        """Whether a container, by primary key, lies in a mail."""

    def load(self, keys: Iterable[Any]) -> None:
        """Fetch the entries of these documents, and of all containers above them that are not known yet.

        `keys` may be a statement that gives them.
        """
        self._listings, self._parents = {}, {}
        rows = Entry.objects.filter(document__in=keys).order_by("path")
        for document, path, parent, kind, instants in rows.values_list(
            "document_id", "path", "parent_id", "parent__container", "instants"
        ):
            found = self._listings.setdefault(document, [])
            if len(found) < PER_DOCUMENT:
                found.append(_listing(path, kind or "", instants))
            if parent is not None:
                self._parents.setdefault(document, set()).add((parent, kind or ""))
        self._climb({parent for above in self._parents.values() for parent, kind in above if kind != "mail"})

    def listings(self, pk: int) -> tuple[Listing, ...]:
        """Places of a document, by path, at most twenty."""
        return tuple(self._listings.get(pk, ()))

    def in_mail(self, pk: int) -> bool:
        """Whether some mail carries the document, at any depth."""
        return any(kind == "mail" or self._inside.get(parent, False) for parent, kind in self._parents.get(pk, ()))

    def _climb(self, level: Iterable[int]) -> None:
        above: dict[int, set[tuple[int, str]]] = {}
        unknown = sorted(set(level) - self._inside.keys())
        while unknown:
            rows = Entry.objects.filter(document__in=unknown, parent__isnull=False)
            for one in unknown:
                above[one] = set()
            for document, parent, kind in rows.values_list("document_id", "parent_id", "parent__container"):
                above[document].add((parent, kind or ""))
            parents = {parent for one in unknown for parent, kind in above[one] if kind != "mail"}
            unknown = sorted(parents - above.keys() - self._inside.keys())
        self._inside |= dict.fromkeys(above, False)
        pending = set(above)
        # A container may lie in another of the same level: what is found goes down until nothing is new.
        while fresh := {one for one in pending if any(k == "mail" or self._inside.get(p) for p, k in above[one])}:
            self._inside |= dict.fromkeys(fresh, True)
            pending -= fresh


def _listing(path: str, kind: str, instants: Sequence[dict[str, Any]]) -> Listing:
    moment = instants[0] if kind in ARCHIVES and instants else {}
    return Listing(path, kind if kind in ARCHIVES else "", moment.get("seconds"), moment.get("offset"))
