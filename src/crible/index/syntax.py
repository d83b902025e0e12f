"""The query language: from what a person types to a tree, with errors that say where.

    devis 2017            both words (ET, AND understood)         devis OU facture     either (OR)
    devis -brouillon      without that word (SAUF, NOT)           (a OU b) c           parentheses
    "salle d'Évreux"      these words in a row                    "salle prix"~5       within 5 words
    factur*  "le dev*"    beginning of a word                     Fillion~  ~2         1 or 2 letters away
    de:dupont  à:@x.fr    a field; see `crible.index.fields`      date:2017-03..2017-04-24

Operators are upper case. Punctuation that is no operator is ignored, as in the texts. Work is linear in the query.
"""

import re
from collections.abc import Iterable
from datetime import UTC, tzinfo

from crible.index.dates import period
from crible.index.fields import FIELDS, Field, accept, canonical
from crible.index.tree import All, Any, Everything, Node, Not, Term
from crible.model.errors import InputError

LONGEST_QUERY = 20_000
"""Characters; a list of a few hundred names joined by OR fits."""
MOST_TERMS = 1_000
MOST_PATTERNS = 100
"""Beginnings and fuzzy words by their `weight`: each walks the whole dictionary of the index, some milliseconds."""
DEEPEST = 30
"""Parentheses within parentheses."""
FARTHEST = 100
"""Words of a neighbourhood search."""

_OPERATORS = {"AND": "and", "ET": "and", "OR": "or", "OU": "or", "NOT": "not", "SAUF": "not"}
_QUOTES = {'"': '"', "\u201c": "\u201d", "\u00ab": "\u00bb", "\u201e": "\u201c\u201d"}
_BARE = re.compile('[^\\s()"\u201c\u00ab\u201e]+')
_NAME = re.compile(r"([^\W\d][\w-]*):(?!//)")
_DISTANCE = re.compile(r"~([0-9]{0,4})")
_FUZZY = re.compile(r"(.+?)~([0-9]*)")


def parse(query: str, zone: tzinfo = UTC) -> Node:
    """The tree of a query; an empty one finds everything. Days begin and end in `zone`.

    Raises InputError (`query-…`, with `position` counted in characters from 1) for what it cannot read.
    """
    if len(query) > LONGEST_QUERY:
        raise InputError("query-long", position=LONGEST_QUERY, most=LONGEST_QUERY)
    if not query.strip():
        return Everything()
    parser = _Parser(query, zone)
    tree = parser.either(None, 0)
    if parser.at < len(query):
        raise InputError("query-closing", position=parser.at + 1)
    return tree


class _Parser:
    """Recursive descent; the recursion is over parentheses only, and these are capped."""

    def __init__(self, query: str, zone: tzinfo) -> None:
        self.query = query
        self.zone = zone
        self.at = 0
        self.terms = 0
        self.patterns = 0

    def either(self, field: Field | None, depth: int) -> Node:
        """Alternatives up to a closing parenthesis or the end."""
        children = [self.together(field, depth)]
        while self.operator("or"):
            children.append(self.together(field, depth))
        return children[0] if len(children) == 1 else Any(tuple(children))

    def together(self, field: Field | None, depth: int) -> Node:
        """What must all be found; AND may be left out."""
        children = [self.one(field, depth)]
        while True:
            joined = self.operator("and")
            if not joined and (self.ended() or self.peek() == "or"):
                return children[0] if len(children) == 1 else All(tuple(children))
            children.append(self.one(field, depth))

    def one(self, field: Field | None, depth: int) -> Node:
        """A term or group, negated any number of times."""
        negated = False
        while self.operator("not") or self.minus():
            negated = not negated
        node = self.operand(field, depth)
        return Not(node) if negated else node

    def operand(self, field: Field | None, depth: int) -> Node:
        """A group, a fielded value, a phrase or a word."""
        if self.ended() or self.peek():
            # Either an operator stands where something to look for should, or nothing follows one.
            raise InputError("query-operand", position=min(self.at + 1, len(self.query)))
        self.terms += 1
        if self.terms > MOST_TERMS:
            raise InputError("query-terms", position=self.at + 1, most=MOST_TERMS)
        if self.query[self.at] == "(":
            return self.group(field, depth)
        name = self.name()
        if name is not None:
            return self.value(name, depth)
        return self.term(field)

    def group(self, field: Field | None, depth: int) -> Node:
        """`( … )`."""
        opened = self.at + 1
        if depth >= DEEPEST:
            raise InputError("query-deep", position=opened, most=DEEPEST)
        self.at += 1
        node = self.either(field, depth + 1)
        if self.at >= len(self.query):
            raise InputError("query-opening", position=opened)
        self.at += 1
        return node

    def name(self) -> Field | None:
        """The field a `name:` names. A name unknown and followed by space (`Re: devis`) is only a word."""
        match = _NAME.match(self.query, self.at)
        if not match:
            return None
        field = canonical(match[1])
        bare = match.end() == len(self.query) or self.query[match.end()].isspace() or self.query[match.end()] == ")"
        if field is None:
            if bare:
                return None
            raise InputError("query-field", position=self.at + 1, field=match[1], fields=", ".join(FIELDS))
        if bare:
            raise InputError("query-value-missing", position=self.at + 1, field=match[1])
        self.at = match.end()
        return field

    def value(self, field: Field, depth: int) -> Node:
        """What follows `name:`."""
        if field.kind == "date":
            position = self.at + 1
            return period(self.raw_value(), field.name, self.zone, position)
        if self.query[self.at] == "(":
            return self.group(field, depth)
        return self.term(field)

    def raw_value(self) -> str:
        """A date as typed, quoted or not."""
        if self.query[self.at] in _QUOTES:
            return self.quoted()
        match = _BARE.match(self.query, self.at)
        self.at = match.end() if match else self.at
        return match[0] if match else ""

    def term(self, field: Field | None) -> Node:
        """A phrase or a word with what is tied to its end."""
        position = self.at + 1
        term = self.phrase(position, field) if self.query[self.at] in _QUOTES else self.word(position)
        self.patterns += weight(term)
        if self.patterns > MOST_PATTERNS:
            raise InputError("query-patterns", position=position, most=MOST_PATTERNS)
        if field is None:
            return term
        if isinstance(term, Everything):
            raise InputError("query-star", position=position)
        return accept(field, term)

    def phrase(self, position: int, field: Field | None) -> Term:
        """`"…"`, `"…"~N`; a `*` before the closing quote makes the last word a beginning.

        In a field of whole values a `*` stands for itself: quoted, a value of the dump asks for nothing but itself.
        """
        text = self.quoted()
        if field is not None and field.kind == "keyword" and not self.query.startswith("~", self.at):
            return Term(text, "phrase", position)
        open_ended = text.endswith("*") and not text[:-1].endswith((" ", "*"))
        amount = 0
        if self.query.startswith("~", self.at):
            amount = self.distance()
            if not 0 < amount <= FARTHEST or open_ended:
                raise InputError("query-neighbourhood", position=position, most=FARTHEST)
        return Term(text.rstrip("*"), "phrase", position, amount=amount, open_ended=open_ended)

    def distance(self) -> int:
        """The number after `~`; 0 where there is none."""
        match = _DISTANCE.match(self.query, self.at)
        digits = match[1] if match else ""
        self.at += 1 + len(digits)
        return int(digits or "0")

    def quoted(self) -> str:
        """The text between quotation marks; the place moves behind the closing one."""
        opened = self.at
        closing = _QUOTES[self.query[opened]]
        ends = [end for end in (self.query.find(mark, opened + 1) for mark in closing) if end >= 0]
        if not ends:
            raise InputError("query-quote", position=opened + 1)
        self.at = min(ends) + 1
        return self.query[opened + 1 : min(ends)]

    def word(self, position: int) -> Term | Everything:
        """A run of characters up to a space, parenthesis or quotation mark."""
        match = _BARE.match(self.query, self.at)
        text = match[0] if match else self.query[self.at]
        self.at += len(text)
        if text == "*":
            return Everything()
        fuzzy = _FUZZY.fullmatch(text)
        if fuzzy:
            return _fuzzy(fuzzy[1], fuzzy[2], position)
        if "*" in text.rstrip("*") or text.endswith("**"):
            raise InputError("query-star", position=position + text.index("*"))
        if text.endswith("*"):
            return Term(text[:-1], "prefix", position)
        return Term(text, "word", position)

    def minus(self) -> bool:
        """A minus directly before something; one between spaces is a dash."""
        self.skip()
        at = self.at
        if self.query.startswith("-", at) and at + 1 < len(self.query) and not self.query[at + 1].isspace():
            self.at += 1
            return True
        return False

    def operator(self, wanted: str) -> bool:
        """Step over this operator if it is next."""
        if self.peek() != wanted:
            return False
        match = _BARE.match(self.query, self.at)
        self.at = match.end() if match else self.at
        return True

    def peek(self) -> str | None:
        """The operator that is next, if one is."""
        self.skip()
        match = _BARE.match(self.query, self.at, self.at + 5)
        return _OPERATORS.get(match[0]) if match else None

    def ended(self) -> bool:
        """Whether nothing is left at this depth."""
        self.skip()
        return self.at >= len(self.query) or self.query[self.at] == ")"

    def skip(self) -> None:
        """Step over space."""
        while self.at < len(self.query) and self.query[self.at].isspace():
            self.at += 1


def weight(node: Node) -> int:
    """What a term costs as a pattern; 0 for none.

    Among 98,000 documents a beginning takes 8 ms, a word two letters away 60 ms, a phrase that ends in a beginning
    250 ms: a hundred of these took 25 s.
    """
    if not isinstance(node, Term):
        return 0
    return 10 if node.open_ended else {"prefix": 1, "fuzzy": node.amount**2}.get(node.form, 0)


def check_together(trees: Iterable[Node]) -> None:
    """InputError where several queries, asked as one, cost more than one query may: `query-terms`, `query-patterns`."""
    terms = patterns = 0
    waiting = list(trees)
    while waiting:
        node = waiting.pop()
        if isinstance(node, All | Any):
            waiting += node.children
        elif isinstance(node, Not):
            waiting.append(node.inner)
        else:
            terms, patterns = terms + 1, patterns + weight(node)
    if terms > MOST_TERMS:
        raise InputError("query-terms", position=1, most=MOST_TERMS)
    if patterns > MOST_PATTERNS:
        raise InputError("query-patterns", position=1, most=MOST_PATTERNS)


def _fuzzy(text: str, digits: str, position: int) -> Term:
    if digits not in ("", "1", "2"):
        raise InputError("query-fuzzy", position=position)
    return Term(text, "fuzzy", position, amount=int(digits or "1"))
