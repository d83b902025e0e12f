"""From the tree of a query to Tantivy's own query objects; no query is ever pasted together as text."""

from collections.abc import Callable, Iterable

from tantivy import FieldType, Occur, Query

from crible.index import analysis
from crible.index.fields import FIELDS
from crible.index.schema import SCHEMA, STEMS
from crible.index.tree import All, Any, Dates, Everything, Node, Not, Term
from crible.model.errors import InputError

LONGEST_FUZZY = 40
"""Letters; the automaton grows with them."""

_WEIGHTS = {"text": 1.0, "subject": 3.0, "name": 3.0, "from": 2.0, "to": 2.0}
"""Where a term without field is looked for, and what a find there weighs. Cc is part of `to`."""

_STEM_WEIGHT = 0.7
"""A word as written goes before its relatives."""

_TIE = 0.1
"""What finds in further fields add to the best one; a sum would favour whoever repeats the subject."""


def everything() -> Query:
    """All documents, none before another."""
    return Query.const_score_query(Query.all_query(), 0.0)


def compiled(node: Node) -> Query:
    """The query for a tree. Raises InputError where nothing in it holds a letter or digit."""
    query = _compiled(node)
    if query is None:
        raise InputError("query-no-word", position=1)
    return query


def _compiled(node: Node) -> Query | None:
    """None for what holds no letter or digit: such a term is passed over, as punctuation is in texts."""
    match node:
        case Term():
            return _keyword(node) if node.field and _is_keyword(node.field) else _text(node)
        case Dates():
            return _dates(node)
        case Everything():
            return everything()
        case Not():
            return _combined([node], Occur.Must)
        case All():
            return _combined(node.children, Occur.Must)
        case Any():
            return _combined(node.children, Occur.Should)


def _combined(children: Iterable[Node], occur: Occur) -> Query | None:
    clauses: list[tuple[Occur, Query]] = []
    for child in children:
        if isinstance(child, Not) and occur == Occur.Must:
            inner = _compiled(child.inner)
            if inner is not None:
                clauses.append((Occur.MustNot, inner))
        else:
            query = _compiled(child)
            if query is not None:
                clauses.append((occur, query))
    if not clauses:
        return None
    if all(kind == Occur.MustNot for kind, _ in clauses):
        clauses.append((Occur.Must, everything()))
    return Query.boolean_query(clauses)


def _dates(node: Dates) -> Query:
    dates = Query.range_query(SCHEMA, "date", FieldType.Integer, node.low, node.high, include_upper=node.high is None)
    return Query.const_score_query(dates, 0.0)


def _is_keyword(field: str) -> bool:
    return FIELDS[field].kind in ("keyword", "beginning")


def _keyword(term: Term) -> Query | None:
    """A filter: it decides what is found, never what comes first."""
    value = analysis.keyword(term.text)
    if not value:
        return None
    column = FIELDS[term.field or ""].indexed
    found = _beginning(column, value) if term.form == "prefix" else Query.term_query(SCHEMA, column, value)
    return Query.const_score_query(found, 0.0)


def _text(term: Term) -> Query | None:
    """One term over the fields it is meant for."""
    address = _address(term)
    if address is not None:
        return address
    text = term.text if term.form == "phrase" else analysis.without_elision(term.text)
    words = analysis.tokens(text)
    if not words:
        return None
    weights = {term.field: 1.0} if term.field else _WEIGHTS
    finder = _finder(term, words)
    finds = [Query.boost_query(finder(field), weight) for field, weight in weights.items()]
    if term.form == "word" and len(words) == 1 and term.field in (None, "text"):
        finds.extend(_stems(text))
    return finds[0] if len(finds) == 1 else Query.disjunction_max_query(finds, _TIE)


def _finder(term: Term, words: list[str]) -> Callable[[str], Query]:
    """How the term is looked for in a field."""
    if term.form == "fuzzy":
        if len(words) > 1 or len(words[0]) > LONGEST_FUZZY:
            raise InputError("query-fuzzy-word", position=term.position, most=LONGEST_FUZZY)
        return lambda field: Query.fuzzy_term_query(SCHEMA, field, words[0], distance=term.amount)
    if term.form == "prefix" or term.open_ended:
        return lambda field: _row_with_open_end(field, words)
    return lambda field: row(field, words, term.amount)


def row(field: str, words: list[str], between: int = 0) -> Query:
    """These words in a row, with at most so many moves between them (two swap neighbours); one word alone."""
    if len(words) == 1:
        # Tantivy panics on a phrase of one word.
        return Query.term_query(SCHEMA, field, words[0])
    return Query.phrase_query(SCHEMA, field, [*words], slop=between)


def _row_with_open_end(field: str, words: list[str]) -> Query:
    if len(words) == 1:
        return _beginning(field, words[0])
    # Not phrase_prefix_query: it tries 50 endings and is silent about the rest. Words hold no sign of regular
    # expressions, being letters and digits only.
    return Query.regex_phrase_query(SCHEMA, field, [*words[:-1], f"{words[-1]}.*"])


def _beginning(field: str, start: str) -> Query:
    return Query.fuzzy_term_query(SCHEMA, field, start, distance=0, prefix=True)


def _stems(text: str) -> Iterable[Query]:
    for language, field in STEMS.items():
        stem = analysis.stem(text, language)
        if stem:
            yield Query.boost_query(Query.term_query(SCHEMA, field, stem), _STEM_WEIGHT)


def _address(term: Term) -> Query | None:
    """`de:jean@mairie.example` is that address and no other; `de:@mairie.example` that domain."""
    if term.field not in ("from", "to") or term.form != "word":
        return None
    address = term.text.strip("<>,;")
    local, at, domain = address.rpartition("@")
    if not at or "." not in domain:
        return None
    column, value = (f"{term.field}_address", address) if local else (f"{term.field}_domain", domain)
    return Query.const_score_query(Query.term_query(SCHEMA, column, analysis.keyword(value)), 0.0)
