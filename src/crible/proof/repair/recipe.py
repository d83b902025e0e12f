"""What a recipe is: a named way in which mail is changed between its signing and its storing, undone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from crible.proof.repair.draft import Draft, Made
from crible.proof.repair.mail import Mail

Raws = tuple[bytes, ...]
"""The fields of one name as they stand, top first, each with its line end; none where the mail has no such field."""


@dataclass(frozen=True, slots=True)
class Place:
    """The fields of one name, as stored or as another recipe left them, and the mail they stand in."""

    mail: Mail
    name: str
    raws: Raws


@dataclass(frozen=True, slots=True, eq=False)
class HeaderRecipe:
    """Other forms that the fields of one name may have had."""

    name: str
    """Of the step, a key of domain `repairs`."""
    fields: frozenset[str]
    """Lower-case names it is tried on; empty for any."""
    propose: Callable[[Place], Iterator[Raws]]
    cost: int = 2
    """Cheaper sums are tried first; 1 for what the container's other mails needed."""
    changing: bool = False


@dataclass(frozen=True, slots=True)
class BodyRecipe:
    """Other bodies that a draft may have been made from, each with the step told of it."""

    name: str
    propose: Callable[[Draft], Iterator[tuple[Draft, Made]]]
    cost: int = 2
    changing: bool = False
    words: bool = False
