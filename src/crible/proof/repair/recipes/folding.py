"""Header fields folded, unfolded or spaced anew on the way."""

import re
from collections.abc import Iterator

from crible.proof.repair.recipe import HeaderRecipe, Place, Raws
from crible.proof.repair.recipes.values import each

_BLANK = re.compile(rb"([,;])[ \t]*\r?\n[ \t]+")
_ALL = re.compile(rb"([,;])[ \t\r\n]+")
_TIGHT = re.compile(rb"([,;])(?=[^ \t\r\n])")
LISTS = frozenset({"references", "in-reply-to", "to", "cc", "content-type", "dkim-signature"})


def _unspaced(at: Place) -> Iterator[Raws]:
    """A fold put behind a comma where no blank stood (Python 2's email.header does): relaxed form keeps a blank."""

    def forms(value: bytes) -> Iterator[bytes]:
        yield _BLANK.sub(rb"\1", value)
        yield _ALL.sub(rb"\1", value)
        yield _TIGHT.sub(rb"\1 ", value)

    return each(at.raws, forms)


COMMA_BLANK = HeaderRecipe("comma-blank", LISTS, _unspaced, cost=3)
