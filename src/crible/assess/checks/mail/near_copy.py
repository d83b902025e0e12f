"""Does a proven mail of the same sender say nearly the same under another Message-ID?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt, moment
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """One answer, for the nearest in time. Moderate only where the two bear one minute and one list of recipients.

    Otherwise weak: who corrects a figure and sends the mail again does just that.
    """
    if reading.mail is None or (relations.standing and relations.standing.full):
        return
    sound = [one for one in relations.near if one.other.full and not one.other.spoiled and one.changes]
    for one in sorted(sound, key=lambda one: (not one.together, one.other.id))[:1]:
        first = one.changes[0]
        params: Params = {
            "ours": excerpt(first.ours, 120) or "∅",
            "theirs": excerpt(first.theirs, 120) or "∅",
            "count": len(one.changes),
            "kinds": sorted({kind for change in one.changes for kind in change.kinds}),
            "domain": excerpt(one.other.domain),
            "when": moment(one.other.signed_at),
        }
        strength = None if one.together else Strength.WEAK
        yield Evidence(Says.QUESTIONS, "near-copy", params, refs=(one.other.id,), strength=strength)


CHECK = Check(
    id="mail.near-copy",
    version=1,
    question="Does a proven mail of the same sender say nearly the same under another Message-ID?",
    bears_on=Bears.CONTENT,
    strength=Strength.MODERATE,
    source="RFC 5322 §3.6.4: another version is another message and bears another Message-ID",
    messages=("near-copy",),
    innocent=("innocent-draft-beside-sent", "innocent-corrected-resent", "innocent-form-letter"),
    needs=frozenset({"near"}),
    look_around=look_around,
)
