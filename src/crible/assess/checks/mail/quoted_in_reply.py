"""Do the replies quote the mail as it stands?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.relations import QuotedBy, Relations
from crible.assess.testimony import differing, entire, signed, spans, told, told_otherwise, witnesses
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """One answer per reply that differs, one per writer who quotes exactly. Two copies of a reply are one.

    A quote that differs questions, no more: it is the quoter's word against the file.
    """
    if reading.mail is None:
        return
    for quote in differing(relations.quotes):
        if quote.kind == "reply":
            yield _otherwise(quote)
    for quote in witnesses(relations.quotes):
        if quote.kind == "reply":
            yield _exactly(quote)


def _exactly(quote: QuotedBy) -> Evidence:
    params, refs = told(quote), (quote.reply.id,)
    if entire(quote):
        message = "quoted-exactly" if quote.reply.full else "quoted-exactly-handled"
        return Evidence(Says.SUPPORTS, message, params, refs=refs, spans=spans(quote))
    return Evidence(Says.SUPPORTS, "quoted-in-part", params, refs=refs, strength=Strength.WEAK, spans=spans(quote))


def _otherwise(quote: QuotedBy) -> Evidence:
    message = "quoted-otherwise-signed" if signed(quote) else "quoted-otherwise"
    strength = None if quote.addressed else Strength.WEAK  # a stranger's word against the file
    return Evidence(Says.QUESTIONS, message, told_otherwise(quote), refs=(quote.reply.id,), strength=strength)


CHECK = Check(
    id="mail.quoted-in-reply",
    version=3,
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
