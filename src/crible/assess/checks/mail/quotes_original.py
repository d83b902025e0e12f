"""Does the mail quote another as that one's sender signed it?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt, moment
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """One answer for each proven mail quoted with another number, date, name or negation; an equal quote is none.

    Asked of mails that no signature proves: in one that was sent so, its writer changed the quote, which is no riddle.
    """
    if reading.mail is None:
        return
    for quote in sorted(relations.quoting, key=lambda quote: quote.original.id):
        if quote.changes and not quote.original.spoiled:
            first = quote.changes[0]
            params: Params = {
                "ours": excerpt(first.ours, 120) or "∅",
                "theirs": excerpt(first.theirs, 120) or "∅",
                "count": len(quote.changes),
                "domain": excerpt(quote.original.domain),
                "when": moment(quote.original.signed_at),
            }
            strength = None if quote.named else Strength.WEAK
            refs = (quote.original.id,)
            yield Evidence(Says.QUESTIONS, "quotes-otherwise", params, refs=refs, strength=strength)


CHECK = Check(
    id="mail.quotes-original",
    version=1,
    question="Does the mail quote another as that one's sender signed it?",
    bears_on=Bears.CONTENT,
    strength=Strength.MODERATE,
    source="RFC 5322 §3.6.4 (In-Reply-To); an invented quote inside an unsigned reply",
    messages=("quotes-otherwise",),
    innocent=("innocent-quoter-edits", "innocent-mailer-requotes", "innocent-other-version-quoted"),
    needs=frozenset({"quoting"}),
    look_around=look_around,
)
