"""Groups of documents that are versions of one another: connected by likeness, the likest first, none too large."""

from collections.abc import Iterable

MOST = 100
"""Documents of a cluster. What would join two larger ones is a form that many share, not one document."""


def clusters(pairs: Iterable[tuple[int, int, int]], most: int = MOST) -> list[list[int]]:
    """Members of each cluster, in rising order; `pairs` are (likeness, one, other). Alone is no cluster.

    Unlike plain connected components a pair that would make a cluster larger than `most` is passed over.
    """
    leader: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    for _, one, other in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        first = leader.setdefault(one, one)
        second = leader.setdefault(other, other)
        ours, theirs = members.setdefault(first, [one]), members.setdefault(second, [other])
        if first == second or len(ours) + len(theirs) > most:
            continue
        if len(ours) < len(theirs):
            first, second, ours, theirs = second, first, theirs, ours
        ours += theirs
        leader |= dict.fromkeys(theirs, first)
        del members[second]
    return sorted(sorted(group) for group in members.values() if len(group) > 1)
