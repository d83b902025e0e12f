"""Words with their places on a page's picture, to be found and copied there. Made in the sandbox."""

from dataclasses import dataclass

Box = tuple[int, int, int, int]
"""Left, top, right, bottom from the picture's upper left corner."""


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A run of characters without a space."""

    text: str
    box: Box
    """In units of its page; words beyond the page's edges are left out."""
    turn: int = 0
    """Quarters of a full turn, clockwise, by which it stands turned as the page is shown: 1 reads downwards."""


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """One page as it is shown: cut to its crop box, turned as the file says."""

    width: int
    height: int
    """In units of its own, the longer side `UNITS`."""
    words: tuple[PlacedWord, ...] = ()
    """As they follow one another in the text."""


def units(width: float, height: float) -> tuple[int, int]:
    """A page's sides in units of its own."""
    unit = UNITS / max(width, height, 1)
    return max(1, round(width * unit)), max(1, round(height * unit))


UNITS = 10_000
"""Of the longer side of a page: a hundredth of a millimetre and less on paper as offices use it."""
WORDS = 4_000
"""Of one page; a page of a newspaper has 3,000."""
LETTERS = 200
"""Of one word."""
