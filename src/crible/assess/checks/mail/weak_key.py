"""Could anyone but the domain have made this signature, or is the key nobody's that we know?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import named, where
from crible.assess.relations import Relations
from crible.assess.standing import verifies
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading
from crible.model.signature import SignatureResult


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """A note for each signature that verifies and yet vouches for nothing, with the reason that weighs most."""
    if reading.mail is None:
        return
    for result in relations.signatures:
        message = _unfit(result) if verifies(result) else ""
        if message:
            yield Evidence(Says.UNTESTABLE, message, named(result), where(result))


def _unfit(result: SignatureResult) -> str:
    key = result.used
    if key is None:
        return ""
    if key.private_published:
        return "key-published"
    if key.short:
        return "key-short"
    if not key.anchored:
        return "key-unanchored"
    return "key-rivalled" if result.rivalled else ""


CHECK = Check(
    id="mail.weak-key",
    version=2,
    question="Could anyone but the domain have made this signature, or is its key nobody's that we know?",
    bears_on=Bears.ORIGIN,
    strength=Strength.NONE,
    source="RFC 8301 §3.2 (1024 bits); dkim-rotate publishes retired private keys; RSA keys recovered by gcd",
    messages=("key-short", "key-published", "key-unanchored", "key-rivalled"),
    innocent=("innocent-old-server", "innocent-deniable-by-design"),
    needs=frozenset({"signatures"}),
    look_around=look_around,
)
