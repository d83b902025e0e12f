"""Signatures inside a mail, in the terms that evidence is written in. What they cover never includes the header."""

from crible.assess.covered import Params, excerpt, iso, moment
from crible.model.evidence import Evidence, Says, Span, Strength
from crible.model.facts import MailFacts
from crible.proof.enclosed import Vouched

KEY_ID = 16
"""Hex digits of a fingerprint by which people know a key."""


def signs_as_sender(one: Vouched, mail: MailFacts) -> bool:
    """Whether every From address is among those that a root or key of the user's vouches for."""
    senders = {box.address.lower() for box in mail.senders}
    return bool(senders) and senders <= set(one.addresses)


def passed(message: str, one: Vouched) -> Evidence:
    """Support, with the exact range of the stored mail that was signed."""
    enclosed = one.enclosed
    by = enclosed.signer.rpartition("@")[2]
    span = Span("", enclosed.start, enclosed.end, by)
    params = _params(one) | {"signed": iso(enclosed.seconds)}
    return Evidence(Says.SUPPORTS, message, params, _where(one), spans=(span,))


def said(message: str, one: Vouched, strength: Strength = Strength.NONE) -> Evidence:
    """A note."""
    return Evidence(Says.UNTESTABLE, message, _params(one), _where(one), strength=strength)


def _params(one: Vouched) -> Params:
    """Who signed (`sender`), when by the signer's own clock, in which part; issuer, key and file as far as known."""
    enclosed = one.enclosed
    return {
        "sender": excerpt(enclosed.signer) or "?",
        "when": moment(enclosed.seconds),
        "name": enclosed.part or "1",
        "other": excerpt(enclosed.issuer) or "?",
        "selector": enclosed.key[-KEY_ID:].upper() or "?",
        "source": excerpt(one.source),
    }


def _where(one: Vouched) -> str:
    return f"part {one.enclosed.part}"
