"""Every transformation that a repair may undo, likeliest first: one file a family, one line a recipe."""

from crible.proof.repair.recipe import BodyRecipe, HeaderRecipe
from crible.proof.repair.recipes import addresses, folding, mime, quoting, recipients, subject, transfer, wrapper

HEADER: tuple[HeaderRecipe, ...] = (
    addresses.FROM_REPLY_TO,
    addresses.FROM_ORIGINAL,
    subject.TAG_CUT,
    subject.TAG_MOVED,
    mime.FROM_PART,
    mime.ENCODING,
    mime.ABSENT,
    mime.VERSION,
    folding.COMMA_BLANK,
    recipients.QUOTES,
    recipients.ORDER,
    recipients.RESTORED,
    subject.REPLY_MARK,
)

BODY: tuple[BodyRecipe, ...] = (
    quoting.MBOXRD,
    quoting.MBOXO,
    wrapper.PART_OUT,
    wrapper.LAST_PART_CUT,
    wrapper.FOOTER_CUT,
    transfer.UNDONE,
    transfer.REDONE,
)

RECIPES = (*HEADER, *BODY)
