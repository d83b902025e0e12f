"""DKIM on exact bytes: what the signatures of a mail say, then what the keys at hand say of them (RFC 6376).

`examine` needs no key and may run where no key is; `judge` costs one RSA operation a signature and no parsing, so a
key that turns up later settles stored facts. `verify` is both at once, `cover` holds a copy against a signature.
"""

from crible.extract.mail.fields import split_header
from crible.model.signature import SignatureResult
from crible.proof.dkim.cross import cover
from crible.proof.dkim.examine import examine
from crible.proof.dkim.judge import judge
from crible.proof.keyring.ring import KeyRing

__all__ = ["cover", "examine", "judge", "verify"]


def verify(message: bytes, ring: KeyRing | None = None) -> tuple[SignatureResult, ...]:
    """What can be said of each signature of a stored mail, with the default ring or another."""
    ring = KeyRing.default() if ring is None else ring
    header = split_header(message)
    facts = examine(header, message[header.body_start :])
    return tuple(judge(each, ring.find(each.domain, each.selector)) for each in facts)
