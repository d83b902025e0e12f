"""The common case of a quote, at a tenth of the price: whole lines of the original, in order, left as they were."""

import re
from collections.abc import Iterable

from crible.assess.tokens import plain_words

_PREFIX = re.compile(r"^[ \t]*(?:[>|][ \t]?)+")
_WORD = re.compile(r"\S*[^\W_]\S*")


def verbatim(ours: str, quote: str) -> int:
    """Words of the quote if each of its lines is a line of ours, in the same order; 0 if any is not.

    Quoting prefixes and spacing play no part; a re-wrapped quote answers 0 and wants the full comparison. Linear.
    """
    lines = iter([_form(line) for line in ours.splitlines()])
    if all(line in lines for line in map(_form, quote.splitlines()) if line):
        return len(_WORD.findall(quote))
    return 0


def whole(ours: str, quotes: Iterable[str]) -> tuple[int, bool]:
    """How many words ours has, and whether the quotes together hold all of them, in order.

    All: a reply speaks for no sentence that it does not quote, be it one in ten, under the dashes of a signature block
    or dressed as a quote.
    """
    words = plain_words(ours)
    said = (word for quote in quotes for word in plain_words(quote))
    return len(words), all(word in said for word in words)


def _form(line: str) -> str:
    return " ".join(_PREFIX.sub("", line).split())
