"""Names of domains that a reader would take for another's."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import combining, normalize

from crible.assess.relations import Domains
from crible.proof.alignment import organisational

FREQUENT = 20
"""Mails from which on a domain is worth imitating; the boxes' own domains are, whatever their count."""
MOST = 1_000
"""Frequent domains that are compared with, the most frequent first."""
RARE = 5
TIMES = 20
"""A look-alike has at most `RARE` mails, and the imitated domain `TIMES` as many at least."""
SHORTEST = 5
"""Letters; shorter names lie close to one another anyway."""
LONGEST = 32
"""Letters; a longer name is not compared: it has too many neighbours, and is read by nobody."""
LONG = 9
"""Letters from which on two edits count; below it, one."""
SHARING = 8
"""Domains kept of those that share a shortened name; a dump of thousands of near-equal names gains nothing."""

# Confusables of UTS #39 that stand in for Latin small letters in names of domains, and what looks like two letters.
_LETTERS = str.maketrans(
    "аеорсухіјѕԁһӏԛԝвкмнтгαορνκτυιχɡıłøđ013568i",
    "aeopcyxljsdhlqwbkmhtraopvktulxgllodolesbbl",
)
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))


@dataclass(frozen=True, slots=True)
class Likeness:
    """The frequent domain that a name looks like, and its count of mails."""

    domain: str
    count: int


@dataclass(frozen=True, slots=True)
class _Known:
    domain: str
    name: str
    suffix: str
    skeleton: str
    count: int


@dataclass(frozen=True, slots=True)
class _Index:
    """Domains worth imitating, found by what a look-alike shares with them rather than one by one."""

    known: dict[str, _Known]
    counts: Counter[str]
    near: dict[str, list[_Known]]
    """By skeleton, and by suffix and name with up to two letters left out: names within two edits share one such."""


class _Same:
    """The corpus' domains, hashed as the one object they are, so that their index is built once."""

    def __init__(self, domains: Domains) -> None:
        self.domains = domains

    def __hash__(self) -> int:
        return id(self.domains)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.domains is self.domains


def looks_like(domain: str, domains: Domains) -> Likeness | None:
    """The frequent domain of the corpus that this rare one may be taken for; None if there is none.

    Compared by organisational domain: letters that look alike count as equal (`rn` and `m`, Cyrillic а), else the
    same suffix and one edit in names of five letters or more, two in names of nine or more. A name under another
    suffix (`x.fr`, `x.com`) is commonly the same owner's and no look-alike.
    """
    index = _index(_Same(domains))
    name = organisational(domain)
    count = index.counts.get(name, 0)
    if count > RARE or name in index.known:  # nearly every mail's
        return None
    own = _parted(name, count)
    if not own.suffix or not SHORTEST <= len(own.name) <= LONGEST:
        return None
    near = {item.domain: item for key in _keys(own) for item in index.near.get(key, ())}
    for item in near.values():
        often = item.count >= (TIMES * own.count if item.count >= FREQUENT else own.count)
        if often and item.name != own.name and (own.skeleton == item.skeleton or _close(own, item)):
            return Likeness(item.domain, item.count)
    return None


@lru_cache(maxsize=2)
def _index(same: _Same) -> _Index:
    counts: Counter[str] = Counter()
    for domain, count in same.domains.counts.items():
        counts[organisational(domain)] += count
    ours = {organisational(domain) for domain in same.domains.ours}
    worth = [domain for domain in {**counts, **dict.fromkeys(ours)} if counts[domain] >= FREQUENT or domain in ours]
    worth.sort(key=lambda domain: (domain not in ours, -counts[domain], domain))
    known = {domain: _parted(domain, counts[domain]) for domain in worth[:MOST]}
    near: dict[str, list[_Known]] = {}
    for item in known.values():
        for key in _keys(item) if len(item.name) <= LONGEST else ():
            sharing = near.setdefault(key, [])
            if len(sharing) < SHARING:
                sharing.append(item)
    return _Index(known, counts, near)


def _keys(item: _Known) -> set[str]:
    """The skeleton, and the name under its suffix with as many letters left out as edits are allowed."""
    ends = f".{item.suffix}"
    once = {item.name[:i] + item.name[i + 1 :] for i in range(len(item.name))}
    left = {item.name, *once}
    if len(item.name) >= LONG:
        left |= {name[:i] + name[i + 1 :] for name in once for i in range(len(name))}
    return {name + ends for name in left} | {item.skeleton}


def _parted(domain: str, count: int) -> _Known:
    label, _, suffix = domain.partition(".")
    name = shown(label)
    return _Known(domain, name, suffix, _skeleton(name), count)


def shown(label: str) -> str:
    """A label as a reader sees it: A-labels decoded (RFC 3492)."""
    if not label.startswith("xn--") or len(label) > 63:
        return label
    try:
        return label[4:].encode("ascii").decode("punycode").lower()
    except UnicodeError:
        return label


def _skeleton(name: str) -> str:
    """What is left of a name at a glance: no accents, no hyphens, look-alike letters made one."""
    plain = "".join(c for c in normalize("NFKD", name) if not combining(c) and c != "-").translate(_LETTERS)
    for pair, letter in _PAIRS:
        plain = plain.replace(pair, letter)
    return plain


def _close(own: _Known, item: _Known) -> bool:
    most = 2 if min(len(own.name), len(item.name)) >= LONG else 1
    if own.suffix != item.suffix or abs(len(own.name) - len(item.name)) > most:
        return False
    return _distance(own.name, item.name, most) <= most


def _distance(a: str, b: str, most: int) -> int:
    """Edits between two names, a swap of neighbours counting as one; anything above `most` once it is passed."""
    older: list[int] = []
    old = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        row = [i]
        for j, right in enumerate(b, 1):
            cost = min(old[j] + 1, row[-1] + 1, old[j - 1] + (left != right))
            if i > 1 and j > 1 and left == b[j - 2] and a[i - 2] == right:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        older, old = old, row
    return old[-1]
