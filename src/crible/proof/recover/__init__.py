"""RSA moduli computed from signatures alone: keys that nobody noted down while they stood in DNS.

For a key (n, e) each signature s of an encoded digest m gives s**e = m (mod n), so n divides s**e - m, a number that
anybody can compute; two such numbers rarely share anything else. Plötzli 2018; RFC 8017 §8.2.2, §9.2.

What comes out says that one holder of one private key made these signatures. Whose key it is it does not say: that
takes an anchor.
"""

from crible.proof.recover.modulus import EXPONENTS, FEWEST, Sample, fits, verified
from crible.proof.recover.seek import Found, Progress, search

__all__ = ["EXPONENTS", "FEWEST", "Found", "Progress", "Sample", "fits", "search", "verified"]
