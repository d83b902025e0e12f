"""What a key shows to have been signed, where the stored mail is not it (RFC 8017 §8.2.2)."""

from crible.model.signature import Headers, KeyFit, SignatureResult, Word
from crible.proof.dkim.pkcs1 import reveal, signed_digest
from crible.proof.keyring.ring import KeyRing

BROKEN = (Word.BODY_ALTERED, Word.HEADERS_ALTERED)


def header_digest(result: SignatureResult, ring: KeyRing) -> bytes | None:
    """The digest of the header that was signed; None where the signature verifies, or its key shows nothing.

    An Ed25519 key reveals no digest: only a body beside an intact header can then be sought.
    """
    facts, used = result.facts, result.used
    if result.word not in BROKEN or result.key is not KeyFit.OK or used is None:
        return None
    if result.headers is Headers.OK:
        return facts.header_digest
    keys = ring.find(facts.domain, facts.selector)
    key = next((key for key in keys if key.modulus and key.fingerprint == used.fingerprint), None)
    message = reveal(facts.signature, key.modulus, key.exponent) if key else None
    found = signed_digest(message) if message else None
    return found[1] if found else None
