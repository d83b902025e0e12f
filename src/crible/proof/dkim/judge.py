"""What keys say of a signature: body, headers and key apart, and one word (RFC 6376 §6.1.3, RFC 8463 §4)."""

from collections.abc import Sequence

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from crible.model.signature import Body, Headers, KeyFit, Scheme, SignatureFacts, SignatureResult, Word
from crible.proof.dkim.pkcs1 import encoded, reveal, signed_digest
from crible.proof.dkim.terms import HASHES
from crible.proof.keyring.key import Key


def judge(facts: SignatureFacts, keys: Sequence[Key]) -> SignatureResult:
    """Try every key at hand for this signature's selector, and say what the best of them shows.

    A key whose record does not admit the algorithm, or mail, counts as none. Of several keys the one that verifies
    is taken, an anchored one before others; `conflict` is set wherever there are several. `body` compares the stored
    body with bh= as it stands in the mail: only with `headers` ok was that bh= signed.
    """
    if facts.malformed:
        return SignatureResult(facts, Body.UNKNOWN, Headers.UNKNOWN, KeyFit.NONE, Word.MALFORMED)
    body = _body(facts)
    usable = [key for key in keys if key.admits(facts.algorithm)]
    if not usable:
        return SignatureResult(facts, body, Headers.UNKNOWN, KeyFit.NONE, Word.NO_KEY)
    tried = [(*_try(facts, key), key) for key in usable]
    headers, fit, key = min(tried, key=lambda one: (_RANK[one[0], one[1]], not one[2].anchored))
    conflict = len({key.identity for key in usable}) > 1
    rivalled = len(key.sources) < 2 and any(one.anchored and one.identity != key.identity for one in usable)
    word = _word(body, headers, fit)
    return SignatureResult(facts, body, headers, fit, word, key.used(), conflict, rivalled=rivalled)


_RANK = {
    (Headers.OK, KeyFit.OK): 0,
    (Headers.ALTERED, KeyFit.OK): 1,
    (Headers.UNKNOWN, KeyFit.UNDECIDABLE): 2,
    (Headers.UNKNOWN, KeyFit.MISMATCH): 3,
}


def _body(facts: SignatureFacts) -> Body:
    """A body shorter than l= is not the one that was signed, even where a careless signer's hash agrees (§3.5).

    A seal has none: nothing is known of the body by it (RFC 8617 §4.1.3).
    """
    if facts.scheme is Scheme.ARC_SEAL:
        return Body.UNKNOWN
    cut_short = facts.length is not None and facts.length > facts.body_length
    return Body.OK if facts.body_digest == facts.body_hash and not cut_short else Body.ALTERED


def _try(facts: SignatureFacts, key: Key) -> tuple[Headers, KeyFit]:
    if key.point:
        return _try_ed25519(facts, key.point)
    message = reveal(facts.signature, key.modulus, key.exponent)
    if message is None:
        return Headers.UNKNOWN, KeyFit.MISMATCH
    if message == encoded(facts.header_digest, HASHES[facts.algorithm], len(message)):
        return Headers.OK, KeyFit.OK
    if signed_digest(message):
        return Headers.ALTERED, KeyFit.OK
    return Headers.UNKNOWN, KeyFit.MISMATCH


def _try_ed25519(facts: SignatureFacts, point: bytes) -> tuple[Headers, KeyFit]:
    """What is signed is the SHA-256 digest itself (RFC 8463 §3); a failure does not say which part is to blame."""
    try:
        Ed25519PublicKey.from_public_bytes(point).verify(facts.signature, facts.header_digest)
    except (InvalidSignature, ValueError):
        return Headers.UNKNOWN, KeyFit.UNDECIDABLE
    return Headers.OK, KeyFit.OK


def _word(body: Body, headers: Headers, fit: KeyFit) -> Word:
    """The first that applies, in the order of `Word`."""
    if fit is KeyFit.MISMATCH:
        return Word.KEY_MISMATCH
    if fit is KeyFit.UNDECIDABLE:
        return Word.UNDECIDED
    if body is Body.ALTERED:
        return Word.BODY_ALTERED
    return Word.PASS if headers is Headers.OK else Word.HEADERS_ALTERED
