"""Groups of things linked in pairs, whatever the order of the links (union-find, nearly linear)."""

from collections.abc import Hashable


class Links:
    """Disjoint groups that grow together as pairs are joined."""

    def __init__(self) -> None:
        self._parent: dict[Hashable, Hashable] = {}
        self._size: dict[Hashable, int] = {}

    def add(self, one: Hashable) -> None:
        """Make it known; alone in its group until joined."""
        if one not in self._parent:
            self._parent[one] = one
            self._size[one] = 1

    def join(self, one: Hashable, other: Hashable) -> None:
        """Put both, and all joined to them, into one group."""
        self.add(one)
        self.add(other)
        large, small = self.group(one), self.group(other)
        if large == small:
            return
        if self._size[large] < self._size[small]:
            large, small = small, large
        self._parent[small] = large
        self._size[large] += self._size[small]

    def group(self, one: Hashable) -> Hashable:
        """The member that stands for the group; which one depends on the order of joins, so it names nothing."""
        root = one
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[one] != root:
            self._parent[one], one = root, self._parent[one]
        return root
