"""Do the replies quote the mail as it stands?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, clock, excerpt, moment
from crible.assess.relations import QuotedBy, Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading
from crible.proof.alignment import organisational

FEWEST = 12
"""Words; a shorter quote could be anybody's."""


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """One answer per reply that differs, one per writer who quotes exactly. Two copies of a reply are one.

    A quote that differs questions, no more: it is the quoter's word against the file.
    """
    if reading.mail is None:
        return
    replies = [quote for quote in relations.quotes if not quote.reply.spoiled]
    for quote in _distinct(replies):
        if quote.changes:
            yield _otherwise(quote)
    for quote in _witnesses(replies):
        yield _exactly(quote)


def _distinct(quotes: list[QuotedBy]) -> list[QuotedBy]:
    """Without further copies of a reply: one signer, one second."""
    kept: dict[tuple[object, ...], QuotedBy] = {}
    for quote in sorted(quotes, key=lambda quote: quote.reply.id):
        signed = _signed(quote) and quote.reply.signed_at is not None
        kept.setdefault((quote.reply.domain, quote.reply.signed_at) if signed else (quote.reply.id,), quote)
    return list(kept.values())


def _witnesses(quotes: list[QuotedBy]) -> list[QuotedBy]:
    """The longest exact quote under each signer, in the order of their ids.

    A writer who answers twice is one witness, and so are two under one organisation's key: who holds it, or two of
    its accounts, can write both. So are all whose mail a domain only handled: none of those senders is established.
    """
    best: dict[str, QuotedBy] = {}
    for quote in sorted(quotes, key=lambda quote: (-quote.words, quote.reply.id)):
        if quote.exact and not quote.changes and quote.words >= FEWEST and _signed(quote):
            best.setdefault(organisational(quote.reply.domain) if quote.reply.full else "", quote)
    return sorted(best.values(), key=lambda quote: quote.reply.id)


def _signed(quote: QuotedBy) -> bool:
    return quote.reply.full or (quote.reply.part and quote.reply.whole)


def _exactly(quote: QuotedBy) -> Evidence:
    reply = quote.reply
    params: Params = {
        "domain": excerpt(reply.domain),
        "when": moment(reply.signed_at),
        "by": clock(reply),
        "count": quote.words,
    }
    if quote.of and quote.words >= quote.of:
        message = "quoted-exactly" if reply.full else "quoted-exactly-handled"
        return Evidence(Says.SUPPORTS, message, params, refs=(reply.id,))
    return Evidence(Says.SUPPORTS, "quoted-in-part", params, refs=(reply.id,), strength=Strength.WEAK)


def _otherwise(quote: QuotedBy) -> Evidence:
    first = quote.changes[0]
    params: Params = {
        "ours": excerpt(first.ours, 120) or "∅",
        "theirs": excerpt(first.theirs, 120) or "∅",
        "count": len(quote.changes),
        "domain": excerpt(quote.reply.domain),
        "when": moment(quote.reply.signed_at),
    }
    message = "quoted-otherwise-signed" if _signed(quote) else "quoted-otherwise"
    strength = None if quote.addressed else Strength.WEAK  # a stranger's word against the file
    return Evidence(Says.QUESTIONS, message, params, refs=(quote.reply.id,), strength=strength)


CHECK = Check(
    id="mail.quoted-in-reply",
    version=2,
    question="Do the replies quote the mail as it stands?",
    bears_on=Bears.CONTENT,
    strength=Strength.MODERATE,
    source="RFC 5322 §3.6.4 (In-Reply-To), RFC 3676 §4.5; 4 of 10,955 real replies of two lists differ",
    messages=(
        "quoted-exactly",
        "quoted-exactly-handled",
        "quoted-in-part",
        "quoted-otherwise",
        "quoted-otherwise-signed",
    ),
    innocent=("innocent-quoter-edits", "innocent-mailer-requotes", "innocent-other-version-quoted"),
    needs=frozenset({"quotes"}),
    look_around=look_around,
)
