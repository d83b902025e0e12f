"""Tags that lists and gateways put in Subject."""

import re
from collections.abc import Iterator

from crible.proof.repair.mail import unfolded
from crible.proof.repair.recipe import HeaderRecipe, Place, Raws
from crible.proof.repair.recipes.values import each

_TAG = re.compile(rb"\[[^\[\]]{1,60}\][ \t]*")


def _cut(at: Place) -> Iterator[Raws]:
    def without(value: bytes) -> Iterator[bytes]:
        line = unfolded(value)
        for found in list(_TAG.finditer(line))[:4]:
            yield line[: found.start()] + line[found.end() :]

    return each(at.raws, without)


TAG_CUT = HeaderRecipe("subject-tag-cut", frozenset({"subject"}), _cut, cost=2, changing=True)
