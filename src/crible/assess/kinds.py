"""What kind of thing differs between two passages: a number, a date, a name, a negation, an account, or words."""

import re
from collections.abc import Sequence

ORDER = ("iban", "number", "date", "negation", "name", "words")

_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")
_NUMBER = re.compile(r"[a-zn°#/-]{0,5}[$€£+-]?\d[\d.,:/' -]{0,30}[a-z%°€$£]{0,4}")
"""A figure as people write one (`1.500,00€`, `FA-2017-031`, `14h30`); identifiers and addresses are words."""
_MONTHS = frozenset(
    """january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    janvier février fevrier mars avril mai juin juillet août aout septembre octobre novembre décembre decembre
    janv févr fevr avr juil déc""".split()  # noqa: SIM905
)
_DAYS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday
    lundi mardi mercredi jeudi vendredi samedi dimanche""".split()  # noqa: SIM905
)
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
_NEGATIONS = frozenset(
    "not no never none nobody nothing cannot without ne pas jamais aucun aucune rien sans ni non nul nulle".split()  # noqa: SIM905
)
NAME_WORDS = 4
"""A replaced name is this short at most; in a longer passage capitals are just words."""


def kinds(
    ours: Sequence[str], theirs: Sequence[str], before: Sequence[str] = (), after: Sequence[str] = ()
) -> tuple[str, ...]:
    """Kinds of a difference, in the order of `ORDER`; empty where only links differ.

    `ours` and `theirs` are words as written; `before` and `after` the words that both texts share around them.
    """
    if _only_links(ours, theirs):
        return ()
    found = set()
    if _figures_differ(ours, theirs):
        found.add("number")
        if any(_in_iban(side, before, after) for side in (ours, theirs) if side):
            found.add("iban")
    if _is_date(ours, theirs, before, after):
        found.add("date")
    if _negations(ours) != _negations(theirs):
        found.add("negation")
    if _named(ours, theirs):
        found.add("name")
    return tuple(kind for kind in ORDER if kind in found) or ("words",)


def _only_links(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    return all("://" in word or word.startswith("www.") for word in (*ours, *theirs))


def _bare(words: Sequence[str]) -> list[str]:
    return [word.strip(".,;:!?()[]\"'").casefold() for word in words]


def _numbers(words: Sequence[str]) -> list[str]:
    return sorted(word for word in _bare(words) if _NUMBER.fullmatch(word))


def _figures_differ(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """A figure for another, or a passage with a figure that one side lacks; not a figure for a word."""
    left, right = _numbers(ours), _numbers(theirs)
    return left != right and (bool(left and right) or not ours or not theirs)


def _is_date(ours: Sequence[str], theirs: Sequence[str], before: Sequence[str], after: Sequence[str]) -> bool:
    ours_, theirs_ = _bare(ours), _bare(theirs)
    named = _MONTHS | _DAYS
    if {w for w in ours_ if w in named} != {w for w in theirs_ if w in named}:
        return True
    if _figures_differ(ours, theirs) and any(_DATE.fullmatch(word) for word in (*ours_, *theirs_)):
        return True
    near = _bare((*before[-1:], *after[:1]))
    return _figures_differ(ours, theirs) and any(word in _MONTHS for word in near)


def _in_iban(side: Sequence[str], before: Sequence[str], after: Sequence[str]) -> bool:
    lead = " ".join(before[-8:])
    text = " ".join(filter(None, (lead, *side, " ".join(after[:8]))))
    start = len(lead) + bool(lead)
    end = start + len(" ".join(side))
    return any(m.start() < end and m.end() > start for m in _IBAN.finditer(text))


def _negations(words: Sequence[str]) -> int:
    return sum(w in _NEGATIONS or w.startswith(("n'", "n’")) or w.endswith(("n't", "n’t")) for w in _bare(words))


def _named(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    if not ours or not theirs or max(len(ours), len(theirs)) > NAME_WORDS:
        return False
    return _capitals(ours) != _capitals(theirs) and bool(_capitals(ours)) and bool(_capitals(theirs))


def _capitals(words: Sequence[str]) -> set[str]:
    bare = (word.strip(".,;:!?()[]\"'") for word in words)
    return {word for word in bare if len(word) > 1 and word[0].isupper() and word[1:].islower()}
