"""ARC sets of a mail, and the digests that their seals were made over (RFC 8617); no key is needed.

The other half of a set, its ARC-Message-Signature, is a signature over header and body and read by `proof.dkim`.
Whether the sets make a chain that holds is `assess.chain`'s question.
"""

from crible.proof.arc.sets import Arc, examine

__all__ = ["Arc", "examine"]
