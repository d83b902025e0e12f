"""The common case of a quote, at a tenth of the price: whole lines of the original, in order, left as they were."""

import re

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


def _form(line: str) -> str:
    return " ".join(_PREFIX.sub("", line).split())
