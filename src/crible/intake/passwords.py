"""How passwords are tried on encrypted members: in the order given, the one that opened the last member first."""

from collections.abc import Callable, Iterable

MOST = 200
"""Passwords tried on one container: a 7z asks for 2^19 rounds of SHA-256 each, 0.07 s."""


class Passwords:
    """A container's passwords."""

    def __init__(self, given: Iterable[str]) -> None:
        self._order = list(dict.fromkeys(given))[:MOST]

    def __bool__(self) -> bool:
        return bool(self._order)

    def fitting(self, fits: Callable[[str], bool]) -> str | None:
        """The first that `fits`, None if none does; it will be tried first the next time."""
        for n, password in enumerate(self._order):
            if fits(password):
                self._order.insert(0, self._order.pop(n))
                return password
        return None
