"""Lists that put their own address in From, and where they leave the writer's."""

from collections.abc import Iterator

from crible.proof.repair.mail import unfolded
from crible.proof.repair.recipe import HeaderRecipe, Place, Raws
from crible.proof.repair.recipes.values import each

ORIGINALS = ("x-original-from", "x-original-sender", "x-google-original-from", "original-from", "x-mailfrom", "x-from")


def _reply_to(at: Place) -> Iterator[Raws]:
    values = [unfolded(field.value) for field in at.mail.fields("reply-to")[:3]]
    return each(at.raws, lambda _: values)


def _original(at: Place) -> Iterator[Raws]:
    values = [at.mail.value(name) for name in ORIGINALS if at.mail.fields(name)]
    return each(at.raws, lambda _: values)


FROM_REPLY_TO = HeaderRecipe("from-reply-to", frozenset({"from"}), _reply_to, cost=2, changing=True)
FROM_ORIGINAL = HeaderRecipe("from-original", frozenset({"from"}), _original, cost=2, changing=True)
