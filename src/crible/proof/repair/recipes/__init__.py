"""Every transformation that a repair may undo, likeliest first: one file a family, one line a recipe."""

from crible.proof.repair.recipe import BodyRecipe, HeaderRecipe
from crible.proof.repair.recipes import addresses, mime, quoting, subject, wrapper

HEADER: tuple[HeaderRecipe, ...] = (
    addresses.FROM_REPLY_TO,
    addresses.FROM_ORIGINAL,
    subject.TAG_CUT,
    mime.FROM_PART,
    mime.ABSENT,
)

BODY: tuple[BodyRecipe, ...] = (
    quoting.MBOXRD,
    quoting.MBOXO,
    wrapper.PART_OUT,
    wrapper.LAST_PART_CUT,
    wrapper.FOOTER_CUT,
)

RECIPES = (*HEADER, *BODY)
