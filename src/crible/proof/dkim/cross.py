"""One message held against the signature of another: does the unsigned copy have what the signed one had?"""

from typing import cast

from crible.extract.mail.fields import Field, Header
from crible.model.signature import SignatureFacts
from crible.proof.dkim.canonical import How, body_digest
from crible.proof.dkim.fieldtable import FieldTable
from crible.proof.dkim.terms import HASHES


def cover(signature: SignatureFacts, field: Field, other: Header, other_body: bytes) -> tuple[bytes, bytes]:
    """Header and body digest of another message under this signature's h=, c=, l= and own field.

    `field` is the signature field in the mail that `signature` was examined in; neither may be malformed. The copy is
    what was signed if, the signature having passed, both equal its `header_digest` and `body_hash`. Says nothing of
    fields that are not in h=, nor of a second From or Subject above the signed one.
    """
    header_how, _, body_how = signature.canonical.partition("/")
    hash_name = HASHES[signature.algorithm]
    headers = FieldTable(other).digest(field, signature.signed, cast(How, header_how), hash_name)
    return headers, body_digest(other_body, cast(How, body_how), hash_name, signature.length)
