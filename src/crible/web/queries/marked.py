"""Searching by what people marked: marks live in the desk's own database, which the index knows nothing of.

`tag:budget`, `-state:cleared`, `noted:*` are lifted out of the words typed and asked of the review by id.
"""

import re
from dataclasses import dataclass

from crible.index.tree import Any, Node, Not, Term
from crible.model.errors import InputError
from crible.review import finding
from crible.review.marks import STATES

KINDS = {
    "tag": "tag", "étiquette": "tag", "etiquette": "tag",
    "state": "state",
    "star": "star", "étoile": "star", "etoile": "star",
    "assigned": "assigned", "asked": "assigned",
    "noted": "noted", "seen": "seen", "decided": "decided",
}  # fmt: skip
"""As typed, and what `finding.ids` calls it."""
MOST = 5_000
"""Documents of one mark that a search asks for: each is a term."""
NOTHING = Term("0" * 64, "word", 1, "id")
_TYPED = re.compile(rf"(?<!\S)(-?)({'|'.join(KINDS)}):(\"[^\"]{{1,80}}\"|[^\s()\"]{{1,80}})(?=\s|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marked:
    """One mark asked for."""

    kind: str
    value: str
    """Empty for any."""
    excluded: bool = False


def read(term: str) -> Marked | None:
    """The mark that a term asks for; None for a term of the query language."""
    found = _TYPED.fullmatch(term)
    if found is None:
        return None
    value = found[3].strip('"')
    return Marked(KINDS[found[2].casefold()], "" if value == "*" else value, excluded=bool(found[1]))


def lift(query: str) -> tuple[str, tuple[str, ...]]:
    """The query without the marks that stand in it by themselves, and these."""
    terms = tuple(found[0] for found in _TYPED.finditer(query))
    return (" ".join(_TYPED.sub(" ", query).split()), terms) if terms else (query, ())


def node(case: str, marked: Marked) -> Node:
    """Documents so marked in that case. InputError `query-value` for a state that is none."""
    if marked.kind == "state" and marked.value and marked.value not in STATES:
        raise InputError("query-value", position=1, field="state", value=marked.value, values=", ".join(STATES))
    ids = finding.ids(case, marked.kind, marked.value, most=MOST)
    inner: Node = Any(tuple(Term(one, "word", 1, "id") for one in ids)) if ids else NOTHING
    return Not(inner) if marked.excluded else inner
