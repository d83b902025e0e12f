"""Header fields folded, unfolded or spaced anew on the way."""

import re
from collections.abc import Iterator

from crible.proof.repair.recipe import HeaderRecipe, Place, Raws
from crible.proof.repair.recipes.values import each

_MARKS = (b",", b";")
_FOLD, _BLANKS, _NONE = (
    {mark: re.compile(mark + behind) for mark in _MARKS}
    for behind in (rb"[ \t]*\r?\n[ \t]+", rb"[ \t\r\n]+", rb"(?=[^ \t\r\n])")
)
"""By the mark before them: one pattern for both would have to put back the one it found, which takes four times as
long."""
LISTS = frozenset({"references", "in-reply-to", "to", "cc", "content-type", "dkim-signature"})


def _unspaced(at: Place) -> Iterator[Raws]:
    """A fold put behind a comma where no blank stood (Python 2's email.header does): relaxed form keeps a blank."""

    def forms(value: bytes) -> Iterator[bytes]:
        folded, blank, tight = value, value, value
        for mark in _MARKS:
            if mark in value:
                folded = _FOLD[mark].sub(mark, folded) if b"\n" in value else folded
                blank = _BLANKS[mark].sub(mark, blank)
                tight = _NONE[mark].sub(mark + b" ", tight)
        yield from (folded, blank, tight)

    return each(at.raws, forms)


COMMA_BLANK = HeaderRecipe("comma-blank", LISTS, _unspaced, cost=3)
