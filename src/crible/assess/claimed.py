"""What a server's result says of one DKIM signature (RFC 8601 §2.7.1, RFC 6008)."""

import base64

from crible.model.facts import Claim
from crible.model.signature import SignatureFacts

SHORTEST = 8
"""Base64 characters of b= that tell two signatures of one mail apart (RFC 6008 §4.1)."""


def passed(claim: Claim) -> bool:
    """Whether it says that a DKIM signature verified."""
    return (claim.method, claim.result) == ("dkim", "pass")


def domain(claim: Claim) -> str:
    """The signing domain it names, lower case; that of header.i where it names no other, as Google writes it."""
    said = claim.properties
    return (said.get("header.d") or said.get("header.i", "").rpartition("@")[2]).lower()


def selector(claim: Claim) -> str:
    """The selector it names, lower case; many name none."""
    return claim.properties.get("header.s", "").lower()


def quotes(claim: Claim, facts: SignatureFacts) -> bool:
    """Whether it quotes the beginning of this signature's b=, long enough to mean no other."""
    quoted = claim.properties.get("header.b", "")
    return len(quoted) >= SHORTEST and base64.b64encode(facts.signature).decode().startswith(quoted)
