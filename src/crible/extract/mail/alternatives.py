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
_LINK = re.compile(
    r"(?:https?:/|ftp:/|mailto:|file:/|cid:|tel:|callto:|www\.)[^\s<>\])]*+"
    r"|<(?:https?:/|ftp:/|mailto:|file:/|cid:|tel:|www\.)[^<>]{0,2000}+>"
    r"|\[\d{1,3}\]|\[(?:image|cid|inline image|logo|photo)?(?::|\s)[^\[\]]{0,200}+\]"
    r"|[\u00ad\u200b-\u200f\u2060\ufeff]"
)
"""On lower-case text: each branch begins with a letter or bracket that the engine can skip to, 4 times faster."""
_ADDRESS = re.compile(r"<[\s>]{0,6}+[^<>\s@]++@[^<>\s]++[\s>]{0,6}>")
"""In angle brackets: beside a name, HTML hides it behind a link. Gmail wraps plain lines right after the bracket."""
_WORD = re.compile(r"\d++(?:[.,]\d++)*+|[^\W\d_]++|[€$£%]")


def compare(plain: str, html: str) -> Alternatives:
    """The words that only one version has, each as often as it has it more; words with digits are kept first."""
    ours, theirs = _words(plain), _words(html)
    here, there = Counter(ours), Counter(theirs)
    only_plain: list[str] = []
    only_html: list[str] = []
    if here != there:  # nine mails of ten end here
        only_plain, only_html = _surplus(ours, there), _surplus(theirs, here)
    if "".join(only_plain) == "".join(only_html):
        only_plain = only_html = []  # `list usrp` against `listusrp`: cut at different places, not other words
    return Alternatives(_first(only_plain), _first(only_html), words=max(len(ours), len(theirs)), compared=True)


def _words(text: str) -> list[str]:
    return _WORD.findall(_ADDRESS.sub(" ", _LINK.sub(" ", text[:_CHARACTERS].casefold())))[:WORDS]


def _surplus(ours: list[str], left: Counter[str]) -> list[str]:
    """The words met more often here than there; of a repeated word, the later places: quotes repeat at the end."""
    only: list[str] = []
    for word in ours:
        if left[word] > 0:
            left[word] -= 1
        else:
            only.append(word)
    return only


def _first(only: list[str]) -> tuple[str, ...]:
    """At most `SHOWN` of them in order, those with digits before all others: an amount weighs more than a slogan."""
    if len(only) > SHOWN:
        kept = sorted(range(len(only)), key=lambda at: (not only[at][0].isdecimal(), at))[:SHOWN]
        only = [only[at] for at in sorted(kept)]
    return tuple(only)
