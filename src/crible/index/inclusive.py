"""Is a mail wholly contained in another one: every word of it, in one piece, quoting marks and line breaks apart?"""

import re
from functools import cached_property

PROBES = 5
"""Words that are looked for before anything is folded; 24 spare more foldings and take as long."""
# Both begin with the end of the line before, put before the first line too: `^` is tried at every letter, four times
# as long.
_MARKS = re.compile(r"\n(?:[ \t]*[>|])+")
_SIGNATURE = re.compile(r"\n-- ?(?=\n|\Z)")


def bare(text: str) -> str:
    """A text as `contains` compares it: without quoting marks and case, one blank between words."""
    if ">" in text or "|" in text:
        text = _MARKS.sub("\n", f"\n{text}")
    return " ".join(text.casefold().split())


def contains(later: str, earlier: str) -> bool:
    """Whether the earlier text, or that before its signature block (RFC 3676 §4.3), stands in the later one whole.

    Quotes of its own are part of it: where the later mail has cut them, reading it is not reading the earlier one. An
    empty text stands nowhere.
    """
    return Sought(earlier).stands_in(later)


class Sought:
    """A text that is sought in several others: folded once, and only if one of them is long enough."""

    def __init__(self, text: str) -> None:
        self._text = text

    def stands_in(self, later: str) -> bool:
        """As `contains`."""
        if len(self._text) > 2 * len(later) or not self._forms:
            return False
        # Many answers quote in part: the longest words tell it of 582 in 1,520, without folding the answer's lines.
        folded = later.casefold()
        if not all(word in folded for word in self._rare):
            return False
        whole = f" {bare(later)} "
        return any(form in whole for form in self._forms)

    @cached_property
    def _forms(self) -> list[str]:
        """What to look for, the shorter one last."""
        return [f" {words} " for words in map(bare, (self._text, _unsigned(self._text))) if words]

    @cached_property
    def _rare(self) -> list[str]:
        """Words of every form, the longest: they stand in no text that does not hold them in folded letters."""
        return sorted(self._forms[-1].split(), key=len)[-PROBES:]


def _unsigned(text: str) -> str:
    found = None
    for found in _SIGNATURE.finditer(f"\n{text}"):  # noqa: B007  the last one; what an answer quotes may hold others
        pass
    return text[: found.start()] if found else ""
