"""Do the mail's plain and HTML versions say the same figures?"""

import re
from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading

MOST = 12
"""Words that may differ in all; versions that differ more were written apart, as newsletters' are."""
SHARE = 0.1
_FIGURE = re.compile(r"[$€£]?[+-]?\d[\d.,' \xa0\u202f]{0,20}[%€$£]?|[a-z]{2}\d{2}[a-z0-9]{11,30}")
_MARKS = ".,;:!?()[]\"'*"


def look(reading: Reading) -> Iterator[Evidence]:
    """A figure in one version where the other has another; machine-sent mail and links are left out."""
    mail = reading.mail
    if mail is None or mail.bulk or mail.list_id or not mail.alternatives.compared:
        return
    versions = mail.alternatives
    differing = len(versions.only_plain) + len(versions.only_html)
    if differing > max(4, min(MOST, SHARE * versions.words)):
        return
    plain, html = _figures(versions.only_plain), _figures(versions.only_html)
    if len(plain) != len(html) or not plain or _digits(plain) == _digits(html):
        return
    params: Params = {"plain": excerpt(plain[0]), "html": excerpt(html[0]), "count": len(plain)}
    yield Evidence(Says.QUESTIONS, "alternatives-differ", params, "text/plain, text/html")


def _figures(words: tuple[str, ...]) -> list[str]:
    bare = (word.strip(_MARKS).casefold() for word in words)
    return [word for word in bare if _FIGURE.fullmatch(word)]


def _digits(words: list[str]) -> str:
    """All digits in a row: `1 500,00` and `1500.00`, or figures cut into words otherwise, are the same."""
    return "".join(c for word in words for c in word if c.isdigit())


CHECK = Check(
    id="mail.html-against-plain",
    version=1,
    question="Do the mail's plain and HTML versions say the same figures?",
    bears_on=Bears.CONTENT,
    strength=Strength.MODERATE,
    source="RFC 2046 §5.1.4: alternatives are versions of the same information",
    messages=("alternatives-differ",),
    innocent=("innocent-template-left", "innocent-html-conversion"),
    look=look,
)
