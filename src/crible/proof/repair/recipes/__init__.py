"""Every transformation that a repair may undo, likeliest first: one file a family, one line a recipe."""

from crible.proof.repair.recipe import BodyRecipe, HeaderRecipe
from crible.proof.repair.recipes import (
    addresses,
    encoded,
    folding,
    formal,
    mime,
    quoting,
    recipients,
    subject,
    transfer,
    wrapper,
)

HEADER: tuple[HeaderRecipe, ...] = (
    addresses.FROM_REPLY_TO,
    addresses.FROM_ORIGINAL,
    subject.TAG_CUT,
    subject.TAG_MOVED,
    subject.EMPTY,
    mime.FROM_PART,
    mime.ENCODING,
    addresses.SENDER,
    addresses.REPLY_TO,
    folding.COMMA_BLANK,
    mime.ABSENT,
    mime.VERSION,
    formal.DATE,
    formal.PARAMETERS,
    formal.DUPLICATE_CUT,
    formal.DUPLICATE_ORDER,
    formal.LIST_FIELD,
    recipients.QUOTES,
    recipients.ANGLES,
    recipients.ORDER,
    recipients.ELSEWHERE,
    recipients.RESTORED,
    addresses.FROM_VIA,
    subject.REPLY_MARK,
    encoded.SUBJECT,
    encoded.PHRASE,
    formal.IDENTIFIER,
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
