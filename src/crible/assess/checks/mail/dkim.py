"""Is the mail unchanged since a domain signed it?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, body_spans, fields, iso, named, where
from crible.assess.relations import Relations
from crible.assess.standing import cover, from_signer, proves, shown, sound, verifies
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import MailFacts, Reading
from crible.model.signature import Scheme, SignatureResult, Word

NOTES = {
    Word.MALFORMED: ("dkim-unreadable", Strength.NONE),
    Word.NO_KEY: ("dkim-no-key", Strength.NONE),
    Word.KEY_MISMATCH: ("dkim-key-mismatch", Strength.WEAK),
    Word.UNDECIDED: ("dkim-undecided", Strength.NONE),
    Word.BODY_ALTERED: ("dkim-body-altered", Strength.WEAK),
    Word.HEADERS_ALTERED: ("dkim-headers-altered", Strength.WEAK),
}
"""Notes, never questions: lists, gateways and exports break signatures every day (of 609 real mails of one list,
none verified as it stood)."""

PARTS = {"whole": "dkim-pass-part", "prefix": "dkim-pass-prefix"}
MALFORMED = tuple(
    f"dkim-malformed-{reason}"
    for reason in (
        "tags",
        "duplicate-tag",
        "version",
        "missing-tag",
        "algorithm",
        "canonicalization",
        "base64",
        "body-hash",
        "domain",
        "transit-domain",
        "identity",
        "from-unsigned",
        "length",
        "query",
        "timestamp",
        "too-long",
        "too-many-signatures",
    )
)
"""Why a signature cannot be evaluated, as its facts name it."""


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """One answer per signature; transit and shared keys are `mail.transit`'s, unfit keys `mail.weak-key`'s."""
    mail = reading.mail
    if mail is None:
        return
    for result in relations.signatures:
        if result.facts.scheme is not Scheme.DKIM or (result.used and result.used.pattern):
            continue
        if result.word in NOTES and not verifies(result):
            message, strength = NOTES[result.word]
            if result.facts.malformed in MALFORMED:
                message = result.facts.malformed or message
            yield Evidence(Says.UNTESTABLE, message, named(result), where(result), strength=strength)
        elif sound(result) and shown(result, mail):
            yield _passed(result, mail)


def _passed(result: SignatureResult, mail: MailFacts) -> Evidence:
    params: Params = named(result) | {
        "fields": fields(result, mail),
        "aligned": from_signer(result, mail),
        "signed": iso(result.facts.timestamp),
    }
    full = proves(result, mail)
    message = "dkim-pass" if full else PARTS[cover(result)]
    strength = None if full else Strength.STRONG
    return Evidence(Says.SUPPORTS, message, params, where(result), strength=strength, spans=body_spans(result, mail))


CHECK = Check(
    id="mail.dkim",
    version=1,
    question="Is the mail unchanged since a domain signed it?",
    bears_on=Bears.CONTENT,
    strength=Strength.DECISIVE,
    source="RFC 6376 §6",
    messages=(
        "dkim-pass",
        "dkim-pass-part",
        "dkim-pass-prefix",
        *(message for message, _ in NOTES.values()),
        *MALFORMED,
    ),
    innocent=("innocent-list-changes", "innocent-gateway-rewrites", "innocent-export-rewrites"),
    needs=frozenset({"signatures"}),
    look_around=look_around,
)
