"""What each signature of a PDF covers, whether it fits, and what came after it: pyHanko's own judgement, in our words.

No chain is built and no trust list read: whoever holds a certificate made at home signs as well as a ministry. What the
certificate says of its holder is reported as what it says (docs/decisions/0007).
"""

import contextlib
from collections.abc import Iterator
from typing import Any

from asn1crypto import cms, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel, SuspiciousModification
from pyhanko.sign.fields import MDPPerm, enumerate_sig_fields
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import extract_certs_for_validation, validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from crible.extract.guard import detail
from crible.model.examined import PdfSignature
from crible.proof.pdf import stamps

MOST = 50
MOST_REVISIONS = 200
"""The difference policy goes over every later revision for every signature."""
TEXT = 200

COVERAGE = {SignatureCoverageLevel.ENTIRE_FILE: "file", SignatureCoverageLevel.ENTIRE_REVISION: "revision"}
LEVELS = {
    ModificationLevel.NONE: "none",
    ModificationLevel.LTA_UPDATES: "lta",
    ModificationLevel.FORM_FILLING: "form",
    ModificationLevel.ANNOTATIONS: "annotations",
    ModificationLevel.OTHER: "other",
}
ALLOWS = {MDPPerm.NO_CHANGES: "none", MDPPerm.FILL_FORMS: "form", MDPPerm.ANNOTATE: "annotations"}


def signatures(reader: PdfFileReader) -> Iterator[PdfSignature]:
    """Each filled signature field, in the order of the form, at most `MOST`. Never raises but MemoryError."""
    try:
        fields = [(name, field) for name, value, field in enumerate_sig_fields(reader, filled_status=True) if value]
    except Exception as error:  # noqa: BLE001  a form tree of a hostile file
        yield PdfSignature("", "unreadable", detail=detail(error))
        return
    for name, field in fields[:MOST]:
        yield _signature(reader, name, field)


def _signature(reader: PdfFileReader, name: str, field: Any) -> PdfSignature:
    untrusted_name = _line(name)
    try:
        embedded = EmbeddedPdfSignature(reader, field, name)
        stated = dict(_stated(embedded))
    except Exception as error:  # noqa: BLE001  whatever asn1crypto and pyHanko raise on what is no CMS
        return PdfSignature(untrusted_name, "unreadable", detail=detail(error))
    word, why = _word(embedded)
    later = _later(reader, embedded)
    return PdfSignature(untrusted_name, word, **{**stated, **later, "detail": why or later["detail"]})


def _word(embedded: EmbeddedPdfSignature) -> tuple[str, str]:
    """Whether the signature fits the bytes of its ranges, and what stopped us where there is no telling."""
    try:
        certificate = extract_certs_for_validation(embedded.signed_data).signer_cert
    except Exception as error:  # noqa: BLE001
        return "no-key", detail(error)
    try:
        if _is_stamp(embedded):
            return ("pass" if stamps.fits(embedded.signed_data, embedded.compute_digest) else "altered"), ""
        digest = embedded.compute_digest()
        fits = _fits(embedded, certificate, digest)
    except Exception as error:  # noqa: BLE001  unknown algorithm, structure against the standard
        return "unreadable", detail(error)
    return ("pass" if fits else "altered"), ""


def _fits(embedded: EmbeddedPdfSignature, certificate: x509.Certificate, digest: bytes) -> bool:
    content = embedded.signed_data["encap_content_info"]
    if content["content"].native is not None and content["content_type"].native == "data":
        raise SignatureValidationError("a detached signature with content of its own")
    expected = content["content_type"].native
    return all(validate_sig_integrity(embedded.signer_info, certificate, expected, digest))


def _later(reader: PdfFileReader, embedded: Any) -> dict[str, Any]:
    """Coverage, and the policy's judgement of what came after."""
    found: dict[str, Any] = {"coverage": "part", "modified": "", "detail": ""}
    try:
        many = reader.xrefs.total_revisions > MOST_REVISIONS
        embedded.compute_integrity_info(skip_diff=many)
        found["fits"] = None if many else bool(embedded.summarise_integrity_info()["docmdp_ok"])
    except Exception as error:  # noqa: BLE001  a later revision that cannot be parsed
        found["detail"] = detail(error)
    if embedded.coverage is not None:
        found["coverage"] = COVERAGE.get(embedded.coverage, "part")
    result = embedded.diff_result
    if isinstance(result, DiffResult):
        found["modified"] = LEVELS[result.modification_level]
    elif isinstance(result, SuspiciousModification):
        found |= {"modified": "other", "detail": detail(result)}
    return found


def _stated(embedded: EmbeddedPdfSignature) -> Iterator[tuple[str, Any]]:
    yield "revision", embedded.signed_revision
    yield "digest", embedded.md_algorithm
    ranges = [int(number) for number in embedded.byte_range]
    yield "end", max(0, ranges[-2] + ranges[-1]) if len(ranges) >= 2 else 0
    allows = embedded.docmdp_level
    yield "kind", "timestamp" if _is_stamp(embedded) else "certification" if allows else "approval"
    yield "allows", ALLOWS.get(allows, "") if allows else ""
    moment = stamps.moment(embedded.signed_data) if _is_stamp(embedded) else _seconds(embedded)
    yield "seconds", moment
    yield from _certificate(embedded.signed_data, moment)
    if not _is_stamp(embedded):
        yield from _stamp(embedded)


def _certificate(signed: cms.SignedData, moment: int | None) -> Iterator[tuple[str, Any]]:
    try:
        certificate = extract_certs_for_validation(signed).signer_cert
    except Exception:  # noqa: BLE001  `_word` says so
        return
    yield "fingerprint", certificate.sha256.hex()
    yield "signer", _named(certificate.subject)
    yield "issuer", _named(certificate.issuer)
    yield "self_issued", certificate.subject == certificate.issuer
    if moment is not None:
        valid = certificate.not_valid_before.timestamp() <= moment <= certificate.not_valid_after.timestamp()
        yield "valid_then", valid


def _seconds(embedded: EmbeddedPdfSignature) -> int | None:
    try:
        moment = embedded.self_reported_timestamp
    except Exception:  # noqa: BLE001  a date that is none
        return None
    return stamps.unix(moment)


def _is_stamp(embedded: EmbeddedPdfSignature) -> bool:
    return str(embedded.sig_object_type) == "/DocTimeStamp"


def _stamp(embedded: EmbeddedPdfSignature) -> Iterator[tuple[str, Any]]:
    """The time stamp over the signature's own value, if it fits it."""
    with contextlib.suppress(Exception):  # one that cannot be read is none
        if token := stamps.stamp_of(embedded.signer_info):
            yield "stamped", stamps.moment(token)
            yield "stamper", _named(extract_certs_for_validation(token).signer_cert.subject)


def _named(name: x509.Name) -> str:
    """Common name and organisation, as people know a certificate; else all that the name has."""
    parts = {key: value for key, value in name.native.items() if isinstance(value, str)}
    known = [parts[key] for key in ("common_name", "organization_name") if parts.get(key)]
    return _line(", ".join(dict.fromkeys(known)) or name.human_friendly)


def _line(text: str) -> str:
    return " ".join(str(text).split())[:TEXT]
