"""The plain and the HTML version of one mail, word against word (RFC 2046 §5.1.4: alternatives say the same).

Programs derive one version from the other, so honest ones differ in what belongs to the form: addresses behind links,
bullets, rules, names of pictures. All that is taken out of both before words are counted. Order is not compared:
tables and columns are read in different orders, and an edit that moves words without changing one is not what
planted amounts look like. Linear, on the first `WORDS` words of each.
"""

import re
from collections import Counter

from crible.model.facts import Alternatives

WORDS = 20_000
SHOWN = 50

_CHARACTERS = 400_000
_REST = r"[^\s<>\])]*+"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_SCHEMES = ("http", "https", "ftp", "file", "mailto", "cid", "tel", "callto")
_LINK = re.compile(
    rf":(?:(?:(?<=http:)|(?<=https:)|(?<=ftp:)|(?<=file:))/|(?<=mailto:)|(?<=cid:)|(?<=tel:)|(?<=callto:)){_REST}"
    rf"|www\.{_REST}|<(?:https?:/|ftp:/|mailto:|file:/|cid:|tel:|www\.)[^<>]{{0,2000}}+>"
    r"|\[\d{1,3}\]|\[(?:image|cid|inline image|logo|photo)?(?::|\s)[^\[\]]{0,200}+\]|" + "|".join(_INVISIBLE)
)
"""On lower-case text, a link from its colon on. Every branch begins with a plain character, and with a rare one: the
engine skips to the next of these, where it tried each h, f, m, c and t of a text before, at twice the price."""
_ADDRESS = re.compile(r"<[\s>]{0,6}+[^<>\s@]++@[^<>\s]++[\s>]{0,6}>")
"""In angle brackets: beside a name, HTML hides it behind a link. Gmail wraps plain lines right after the bracket."""
_WORD = re.compile(r"[a-z]++[^\W\d_]*+|\d++(?>(?:[.,]\d++)*)|[^\W\d_]++|[€$£%]")
_KEPT = re.compile(r"[^\W_]|[.,€$£%]")
_PLAIN = bytes(byte if _KEPT.match(bytes([byte]).decode("cp1252", "replace")) else ord(" ") for byte in range(256))
"""By bytes of Windows-1252: whatever can be no part of a word is a blank."""


def compare(plain: str, html: str) -> Alternatives:
    """The words that only one version has, each as often as it has it more; words with digits are kept first."""
    runs = _runs(_bare(plain)), _runs(_bare(html))
    if runs[0] == runs[1]:  # eight mails of ten end here, for a third of what their words cost
        return Alternatives(words=_count(runs[0]), compared=True)
    ours, theirs = _words(runs[0]), _words(runs[1])
    only_plain: list[str] = []
    only_html: list[str] = []
    if ours != theirs:
        counts, other = Counter(ours), Counter(theirs)
        only_plain, only_html = _surplus(ours, counts, other), _surplus(theirs, other, counts)
    if "".join(only_plain) == "".join(only_html):
        only_plain = only_html = []  # `list usrp` against `listusrp`: cut at different places, not other words
    return Alternatives(_first(only_plain), _first(only_html), words=max(len(ours), len(theirs)), compared=True)


def _bare(text: str) -> str:
    return _ADDRESS.sub(" ", _unlinked(text[:_CHARACTERS].casefold()))


def _unlinked(text: str) -> str:
    """A blank for each link, its scheme included. A scheme is never part of a match before: these end behind none."""
    kept: list[str] = []
    at = 0
    for link in _LINK.finditer(text):
        start, end = link.span()
        if text[start] == ":":
            start -= next(len(scheme) for scheme in _SCHEMES if text.endswith(scheme, at, start))
        kept.append(text[at:start])
        at = end
    return " ".join([*kept, text[at:]])


def _runs(bare: str) -> list[str]:
    """The text cut at blanks and whatever else is no part of a word; punctuation within numbers is left in."""
    try:
        return bare.encode("cp1252").translate(_PLAIN).decode("cp1252").split()
    except UnicodeEncodeError:
        return _WORD.findall(bare)


def _count(runs: list[str]) -> int:
    """How many words these are."""
    mixed = [run for run in runs if not run.isalpha()]
    return min(WORDS, len(runs) - len(mixed) + len(_WORD.findall(" ".join(mixed))))


def _words(runs: list[str]) -> list[str]:
    """The words themselves. A run of letters is one: most are, and no pattern need look at them."""
    words: list[str] = []
    for run in runs:
        if run.isalpha():
            words.append(run)
        else:
            words += _WORD.findall(run)
    return words[:WORDS]


def _surplus(ours: list[str], counts: Counter[str], other: Counter[str]) -> list[str]:
    """The words met more often here than there; of a repeated word, the later places: quotes repeat at the end."""
    shared = {word: other.get(word, 0) for word, count in counts.items() if count > other.get(word, 0)}
    only: list[str] = []
    if not shared:
        return only
    for word in ours:
        if word in shared:
            if shared[word]:
                shared[word] -= 1
            else:
                only.append(word)
    return only


def _first(only: list[str]) -> tuple[str, ...]:
    """At most `SHOWN` of them in order, those with digits before all others: an amount weighs more than a slogan."""
    if len(only) > SHOWN:
        kept = sorted(range(len(only)), key=lambda at: (not only[at][0].isdecimal(), at))[:SHOWN]
        only = [only[at] for at in sorted(kept)]
    return tuple(only)
