"""The words that somebody searched for, found again in the text of a document."""

from dataclasses import dataclass
from urllib.parse import parse_qs

from django.http import QueryDict

from crible.index.snippet import places
from crible.index.syntax import parse
from crible.index.tree import All, Any, Node, Not, Term
from crible.model.errors import InputError
from crible.web.served import Served

LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Finder:
    """A search's words, in a text of one language."""

    tree: Node
    language: str

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Characters, end exclusive, in order."""
        return places(self.tree, text, self.language)

    @property
    def has_words(self) -> bool:
        """Whether it asks for words of the text at all, and not only for a sender or a day."""
        return _has_words(self.tree)


def finder(served: Served, given: QueryDict, language: str) -> Finder | None:
    """`hit` of the address, else the query of the search that it came `from`; None for neither, or no sense."""
    query = given.get("hit", "") or next(iter(parse_qs(given.get("from", "")[:LONGEST]).get("q", ())), "")
    if not query.strip("* ") or len(query) > LONGEST:
        return None
    try:
        return Finder(parse(query, served.zone), language)
    except InputError:
        return None


def _has_words(tree: Node) -> bool:
    match tree:
        case Term():
            return tree.field in (None, "text")
        case All() | Any():
            return any(_has_words(child) for child in tree.children if not isinstance(child, Not))
    return False
