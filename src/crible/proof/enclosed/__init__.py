"""Signatures that a mail carries inside its body: S/MIME and OpenPGP, over a part or a text, never over its header.

`examine.examine` runs where no key is; S/MIME carries its certificate, so that much is checked there. `vouched` then
says what a root or a public key that the user added makes of it. It alone is exported: who weighs needs no parser.
"""

from crible.proof.enclosed.trust import Trust, Vouched, vouched

__all__ = ["Trust", "Vouched", "vouched"]
