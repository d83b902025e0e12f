"""The fields that describe the body, where the body was put into a wrapper or encoded anew."""

from collections.abc import Iterator

from crible.proof.repair.recipe import HeaderRecipe, Place, Raws

FIELDS = frozenset(
    {"content-type", "content-transfer-encoding", "content-disposition", "content-language", "content-id"}
)


def _part(at: Place) -> Iterator[Raws]:
    if at.mail.inner:
        yield tuple(field.raw for field in at.mail.inner.all(at.name))


def _absent(at: Place) -> Iterator[Raws]:
    if at.raws:
        yield ()


FROM_PART = HeaderRecipe("mime-from-part", FIELDS | {"mime-version"}, _part, cost=1)
ABSENT = HeaderRecipe("mime-absent", FIELDS | {"mime-version"}, _absent, cost=3)
