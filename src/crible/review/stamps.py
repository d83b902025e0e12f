"""Proofs from outside that the log stood so at a time: RFC 3161 tokens, and what people state.

crible asks nobody: whoever keeps a case has a token made over the log's head and brings it here. The token's message
imprint must be the hash of a line itself, SHA-256 over its canonical JSON (`audit.canonical`), as 32 bytes. So the
token speaks of that line directly, and through the chain of every line before it.
"""

import hashlib
from dataclasses import dataclass

from asn1crypto import cms, tsp
from asn1crypto.x509 import Certificate
from django.db import transaction
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from crible.model.errors import InputError
from crible.review import audit
from crible.review.models import Entry, Stamp, User

LARGEST = 60_000
"""Bytes of a token; real ones have 2 to 8 kB."""
LONGEST = 500
TIMESTAMPING = "time_stamping"


@dataclass(frozen=True, slots=True)
class Token:
    """What a token says, its signature checked with the certificate it carries. No root was looked for."""

    imprint: str
    """Hex."""
    time: str
    """ISO 8601, UTC."""
    authority: str
    """Subject of the certificate."""
    serial: str
    der: bytes
    """The token alone, without the answer it came in."""


def keep_token(by: User, case: str, untrusted: bytes) -> Stamp:
    """Keep a token over a line of the case's log.

    Raises InputError `stamp-size`, `stamp-form`, `stamp-signature`, `stamp-other`.
    """
    token = read_token(untrusted)
    with transaction.atomic(using="default"):
        line = Entry.objects.filter(case=case, hash=token.imprint).first()
        if line is None:
            raise InputError("stamp-other", imprint=token.imprint)
        facts = {"time": token.time, "authority": token.authority, "serial": token.serial}
        stamp = Stamp(case=case, number=line.number, hash=line.hash, by=by.name, kind="rfc3161", token=token.der)
        stamp.facts = facts
        stamp.save()
        audit.append(by.name, "stamp", case=case, number=line.number, hash=line.hash, **facts)
    return stamp


def say_deposited(by: User, case: str, where: str) -> Stamp:
    """Keep where somebody says the head of the log was deposited or printed. Raises InputError `stamp-where`."""
    where = " ".join(where.replace("\0", "").split())
    if not 3 <= len(where) <= LONGEST:
        raise InputError("stamp-where", most=LONGEST)
    with transaction.atomic(using="default"):
        head = audit.hold(case)
        stamp = Stamp(case=case, number=head.number, hash=head.hash, by=by.name, kind="said", said=where)
        stamp.save()
        audit.append(by.name, "stamp-said", case=case, number=head.number, hash=head.hash, where=where)
    return stamp


def read_token(untrusted: bytes) -> Token:
    """A token (DER), or the answer that holds one. Raises InputError `stamp-size`, `stamp-form`, `stamp-signature`."""
    if not 0 < len(untrusted) <= LARGEST:
        raise InputError("stamp-size", most=LARGEST)
    try:
        content = _content(untrusted)
        info: tsp.TSTInfo = content["encap_content_info"]["content"].parsed
        signed: bytes = content["encap_content_info"]["content"].contents
        imprint = info["message_imprint"]
        if imprint["hash_algorithm"]["algorithm"].native != "sha256":
            raise InputError("stamp-form")
        (signer,) = content["signer_infos"]
        certificate = _certificate(content, signer)
        time = info["gen_time"].native.isoformat()
        found = imprint["hashed_message"].native.hex()
        serial, authority = str(info["serial_number"].native), certificate.subject.human_friendly
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, RecursionError) as error:
        raise InputError("stamp-form") from error
    if not _verifies(signer, certificate, signed):
        raise InputError("stamp-signature")
    return Token(found, time, authority[:500], serial, content_info(untrusted).dump())


def content_info(untrusted: bytes) -> cms.ContentInfo:
    """The token of an answer, or the bytes as a token. ValueError where they are neither."""
    try:
        answer = tsp.TimeStampResp.load(untrusted, strict=True)
        if answer["status"]["status"].native in ("granted", "granted_with_mods"):
            return answer["time_stamp_token"]
    except (ValueError, TypeError):
        pass
    return cms.ContentInfo.load(untrusted, strict=True)


def _content(untrusted: bytes) -> cms.SignedData:
    info = content_info(untrusted)
    if info["content_type"].native != "signed_data":
        raise ValueError(info["content_type"].native)
    content = info["content"]
    if content["encap_content_info"]["content_type"].native != "tst_info":
        raise ValueError(content["encap_content_info"]["content_type"].native)
    return content


def _certificate(content: cms.SignedData, signer: cms.SignerInfo) -> Certificate:
    """The one that the signature names, by its own bytes too: RFC 3161 has the token name it so."""
    for choice in content["certificates"]:
        one = choice.chosen
        if isinstance(one, Certificate) and _named(signer, one):
            return one
    raise ValueError("no certificate")


def _named(signer: cms.SignerInfo, one: Certificate) -> bool:
    names = {attribute["type"].native: attribute["values"][0] for attribute in signer["signed_attrs"]}
    if "signing_certificate_v2" in names:
        said = names["signing_certificate_v2"]["certs"][0]
        digest = hashlib.new(said["hash_algorithm"]["algorithm"].native, one.dump()).digest()
    else:
        said = names["signing_certificate"]["certs"][0]
        digest = hashlib.sha1(one.dump(), usedforsecurity=False).digest()
    return bool(said["cert_hash"].native == digest)


def _verifies(signer: cms.SignerInfo, certificate: Certificate, signed: bytes) -> bool:
    """The signature, its attributes and what they are over; and the certificate must be for time stamps."""
    usage = certificate.extended_key_usage_value
    if usage is None or TIMESTAMPING not in usage.native:
        return False
    try:
        digest = hashlib.new(signer["digest_algorithm"]["algorithm"].native, signed).digest()
        intact, valid = validate_sig_integrity(signer, certificate, "tst_info", digest)
    except (SignatureValidationError, SigningError, ValueError, TypeError, KeyError, NotImplementedError):
        return False
    return intact and valid
