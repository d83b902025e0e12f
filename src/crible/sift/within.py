"""What nobody could weigh, an archive or a file that was not read, is as private as all that holds it."""

from collections.abc import Collection, Iterable, Iterator

from crible.sift.packing import unpack_reading
from crible.store.models import Entry, Reading, Weighing

LEVELS = 5
"""How deep things lie in one another inside a private mail: an archive, its archives, what these hold."""
AT_ONCE = 500


def private_of(keys: Iterable[int]) -> frozenset[int]:
    """Of these documents, by primary key, those that look private: as weighed; others, by where they lie."""
    asked, weighed = set(keys), dict[int, bool]()
    for some in _parts(asked):
        weighed.update(Weighing.objects.filter(pk__in=some).values_list("pk", "private"))
    return frozenset(pk for pk, private in weighed.items() if private) | within_private(asked - weighed.keys())


def within_private(keys: Collection[int], levels: int = LEVELS) -> frozenset[int]:
    """Of these documents, which are not weighed, those that lie nowhere but in private ones.

    Where what holds them is not weighed either, a clue of its own counts, as it does while a sift is running.
    """
    rows = [row for some in _parts(keys) for row in _entries(some)]
    unknown = {parent for _, parent, private in rows if parent is not None and private is None}
    above = _hinted(unknown) if unknown else frozenset()
    if levels and (rest := unknown - above):
        above |= within_private(rest, levels - 1)
    outside = {pk for pk, parent, private in rows if not private and parent not in above}
    return frozenset(pk for pk, _, _ in rows) - outside


def places_of(keys: Iterable[int]) -> dict[str, int | None]:
    """Where these documents, by primary key, are listed: path, and what lists them there."""
    found: dict[str, int | None] = {}
    for some in _parts(keys):
        found.update(Entry.objects.filter(document__in=some).values_list("path", "parent_id").iterator())
    return found


def _entries(keys: Collection[int]) -> Iterator[tuple[int, int | None, bool | None]]:
    rows = Entry.objects.filter(document__in=keys)
    for pk, parent, private in rows.values_list("document_id", "parent_id", "parent__weighing__private").iterator():
        yield pk or 0, parent, private


def _hinted(keys: Collection[int]) -> frozenset[int]:
    found = set[int]()
    for some in _parts(keys):
        for pk, facts in Reading.objects.filter(pk__in=some).values_list("pk", "facts").iterator():
            sorting = unpack_reading(bytes(facts)).sorting
            if sorting and sorting.private:
                found.add(pk)
    return frozenset(found)


def _parts(keys: Iterable[int]) -> Iterator[list[int]]:
    every = sorted(keys)
    return (every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE))
