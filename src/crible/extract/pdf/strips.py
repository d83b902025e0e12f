"""Boxes of one page by horizontal strip, so that what lies over what is found without comparing all with all."""

from collections.abc import Iterator
from typing import Generic, TypeVar

Item = TypeVar("Item")
Rect = tuple[float, float, float, float]
"""Left, bottom, right, top in points, as PDF counts them: from the lower left."""
_HIGH = 24.0
_MOST = 60
"""Strips of one box; one that takes more is kept with the wide ones, which are looked at each time."""


STEPS = 300_000
"""Boxes compared on one page: ten thousand in one place must not be compared with each other."""


class Strips(Generic[Item]):
    """Items with their boxes."""

    def __init__(self) -> None:
        self._strips: dict[int, list[tuple[Rect, Item]]] = {}
        self._wide: list[tuple[Rect, Item]] = []
        self._steps = 0

    @property
    def spent(self) -> bool:
        """Too much was compared: no answer is complete from here on."""
        return self._steps > STEPS

    def add(self, box: Rect, item: Item) -> None:
        """Keep an item."""
        first, last = _span(box)
        if last - first > _MOST:
            self._wide.append((box, item))
            return
        for strip in range(first, last + 1):
            self._strips.setdefault(strip, []).append((box, item))

    def at(self, x: float, y: float) -> Iterator[Item]:
        """The items whose box holds the point."""
        for held in (self._strips.get(int(y // _HIGH), ()), self._wide):
            self._steps += len(held)
            if self.spent:
                return
            for (left, bottom, right, top), item in held:
                if left <= x <= right and bottom <= y <= top:
                    yield item

    def meeting(self, box: Rect) -> Iterator[tuple[Rect, Item]]:
        """The items whose box meets this one, each once or more."""
        first, last = _span(box)
        strips = range(first, last + 1) if last - first <= _MOST else sorted(self._strips)
        for held in (*(self._strips.get(strip, ()) for strip in strips), self._wide):
            self._steps += len(held)
            if self.spent:
                return
            for other, item in held:
                if other[0] < box[2] and box[0] < other[2] and other[1] < box[3] and box[1] < other[3]:
                    yield other, item


def _span(box: Rect) -> tuple[int, int]:
    return int(box[1] // _HIGH), int(box[3] // _HIGH)


def area(box: Rect) -> float:
    """Square points; 0 for an empty box."""
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def common(one: Rect, other: Rect) -> Rect:
    """What two boxes share; empty (of area 0) where they do not meet."""
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def joined(one: Rect, other: Rect) -> Rect:
    """The box around both."""
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
