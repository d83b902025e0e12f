"""Time stamp tokens inside PDF signatures (RFC 3161, RFC 5652 §11.4): whether they are about these bytes, and when."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime

from asn1crypto import cms
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    extract_tst_data_iter,
    message_imprint_checker,
    validate_sig_integrity,
)

MOST = 5


def stamp_of(signer: cms.SignerInfo) -> cms.SignedData | None:
    """The first time stamp among the unsigned attributes that fits the signature's value; None if there is none."""
    for token, _ in zip(extract_tst_data_iter(signer, signed=False), range(MOST), strict=False):
        try:
            if fits(token, message_imprint_checker(signer)):
                return token
        except Exception:  # noqa: BLE001, S112  a token that cannot be read is none
            continue
    return None


def fits(token: cms.SignedData, digest: Callable[[str], bytes]) -> bool:
    """Whether a token is signed by the certificate that it carries and is about the bytes that `digest` hashes.

    `digest` takes the algorithm's name. Raises what pyHanko and asn1crypto raise on a token against the standard.
    """
    content = token["encap_content_info"]["content"]
    imprint = content.parsed["message_imprint"]
    if digest(imprint["hash_algorithm"]["algorithm"].native) != imprint["hashed_message"].native:
        return False
    signer = extract_signer_info(token)
    own = hashlib.new(signer["digest_algorithm"]["algorithm"].native, bytes(content), usedforsecurity=False).digest()
    return all(validate_sig_integrity(signer, extract_certs_for_validation(token).signer_cert, "tst_info", own))


def moment(token: cms.SignedData) -> int | None:
    """Unix seconds of genTime."""
    return unix(token["encap_content_info"]["content"].parsed["gen_time"].native)


def unix(moment: datetime | None) -> int | None:
    """Unix seconds; a moment without a zone is read as UTC."""
    if moment is None:
        return None
    try:
        return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
    except (OverflowError, ValueError):
        return None
