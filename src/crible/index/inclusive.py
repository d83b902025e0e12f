"""Is a mail wholly contained in another one: every word of it, in one piece, quoting marks and line breaks apart?"""

import re

_MARKS = re.compile(r"^(?:[ \t]*[>|])+", re.MULTILINE)
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)


def bare(text: str) -> str:
    """A text as `contains` compares it: without quoting marks and case, one blank between words."""
    if ">" in text or "|" in text:
        text = _MARKS.sub("", text)
    return " ".join(text.casefold().split())


def contains(later: str, earlier: str) -> bool:
    """Whether the earlier text, or that before its signature block (RFC 3676 §4.3), stands in the later one whole.

    Quotes of its own are part of it: where the later mail has cut them, reading it is not reading the earlier one. An
    empty text stands nowhere.
    """
    if len(earlier) > 2 * len(later):
        return False
    whole = bare(later)
    said = (bare(text) for text in (earlier, _unsigned(earlier)))
    return any(words and f" {words} " in f" {whole} " for words in said)


def _unsigned(text: str) -> str:
    found = None
    for found in _SIGNATURE.finditer(text):  # noqa: B007  the last one; what an answer quotes may hold others
        pass
    return text[: found.start()] if found else ""
