"""Who bears witness to a mail's words by quoting them: one voice for each writer, whatever it quotes how often."""

from collections.abc import Sequence
from dataclasses import replace

from crible.assess.covered import Params, clock, excerpt, moment
from crible.assess.relations import QuotedBy
from crible.model.evidence import Span
from crible.proof.alignment import organisational

FEWEST = 12
"""Words; a shorter quote could be anybody's."""


def witnesses(quotes: Sequence[QuotedBy]) -> list[QuotedBy]:
    """The best exact quote under each signer, replies and forwards together, in the order of their ids.

    A writer who answers twice is one witness, so is one who answers and passes on, and so are two under one
    organisation's key: who holds it, or two of its accounts, can write both. So are all whose mail a domain only
    handled: none of those senders is established. What an intruder signed bears witness to nothing.
    """
    best: dict[str, QuotedBy] = {}
    for quote in sorted(quotes, key=lambda quote: (not entire(quote), -quote.words, quote.reply.id)):
        if quote.exact and not quote.changes and quote.words >= FEWEST and signed(quote) and not quote.reply.spoiled:
            best.setdefault(organisational(quote.reply.domain) if quote.reply.full else "", quote)
    return sorted(best.values(), key=lambda quote: quote.reply.id)


def differing(quotes: Sequence[QuotedBy]) -> list[QuotedBy]:
    """Quotes with other words, one for each mail that holds them: two copies of a reply are one (signer, second).

    What the quoter had from another mail that quotes ours may have been changed there: it is left out.
    """
    kept: dict[tuple[object, ...], QuotedBy] = {}
    for quote in sorted(quotes, key=lambda quote: quote.reply.id):
        if quote.reply.spoiled or quote.depth > 1:
            continue
        dated = signed(quote) and quote.reply.signed_at is not None
        kept.setdefault((quote.reply.domain, quote.reply.signed_at) if dated else (quote.reply.id,), quote)
    return [quote for quote in kept.values() if quote.changes]


def signed(quote: QuotedBy) -> bool:
    """Whether the whole text of the mail that quotes lies under a sound signature."""
    return quote.reply.full or (quote.reply.part and quote.reply.whole)


def entire(quote: QuotedBy) -> bool:
    """Whether the quote has all of our words, at first hand."""
    return bool(quote.of) and quote.words >= quote.of and quote.depth == 1


def told(quote: QuotedBy) -> Params:
    """Whose signature it is, since when, and how many words of ours it has in how many passages (0: re-wrapped)."""
    reply = quote.reply
    return {
        "domain": excerpt(reply.domain),
        "when": moment(reply.signed_at),
        "by": clock(reply),
        "count": quote.words,
        "of": quote.of,
        "passages": len(quote.passages),
    }


def told_otherwise(quote: QuotedBy) -> Params:
    """The first difference, how many there are, and whose signature the other text is under."""
    first = quote.changes[0]
    return {
        "ours": excerpt(first.ours, 120) or "∅",
        "theirs": excerpt(first.theirs, 120) or "∅",
        "count": len(quote.changes),
        "domain": excerpt(quote.reply.domain),
        "when": moment(quote.reply.signed_at),
    }


def spans(quote: QuotedBy) -> tuple[Span, ...]:
    """The passages in bytes, with the quoter's domain as the one that vouches."""
    return tuple(replace(span, by=quote.reply.domain) for span in quote.spans)
