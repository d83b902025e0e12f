"""Does a mail that passes this one on, below a header of its own, have it as it stands?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.relations import QuotedBy, Relations
from crible.assess.testimony import differing, entire, signed, spans, told, told_otherwise, witnesses
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """One answer per forward that differs, one per writer who passes it on exactly and does not answer it too.

    Whoever passes a mail on types what they like: it is their word, and only the word of one to whom the mail went
    counts. Of the original's sender it shows nothing.
    """
    if reading.mail is None:
        return
    for quote in differing(relations.quotes):
        if quote.kind == "forward" and signed(quote):
            strength = None if quote.addressed else Strength.WEAK
            params = told_otherwise(quote)
            yield Evidence(Says.QUESTIONS, "forwarded-otherwise", params, refs=(quote.reply.id,), strength=strength)
    for quote in witnesses(relations.quotes):
        if quote.kind == "forward":
            yield _exactly(quote)


def _exactly(quote: QuotedBy) -> Evidence:
    counts = entire(quote) and quote.reply.full and quote.addressed
    message = "forwarded-exactly" if entire(quote) and quote.reply.full else "forwarded-in-part"
    if entire(quote) and not quote.reply.full:
        message = "forwarded-handled"
    strength = None if counts else Strength.WEAK
    refs = (quote.reply.id,)
    return Evidence(Says.SUPPORTS, message, told(quote), refs=refs, strength=strength, spans=spans(quote))


CHECK = Check(
    id="mail.forwarded",
    version=1,
    question="Does a mail that passes this one on have it as it stands?",
    bears_on=Bears.CONTENT,
    strength=Strength.MODERATE,
    source="RFC 5322 §3.6.6 leaves forwarding to the user agents; their forms in French and English",
    messages=("forwarded-exactly", "forwarded-handled", "forwarded-in-part", "forwarded-otherwise"),
    innocent=("innocent-forwarder-edits", "innocent-mailer-requotes", "innocent-other-version-quoted"),
    needs=frozenset({"quotes"}),
    look_around=look_around,
)
