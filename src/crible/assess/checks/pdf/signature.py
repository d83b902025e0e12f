"""What does each signature of this PDF cover, does it fit, and did what came after keep to what it allows?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt, moment
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.examined import PDF, PdfExamined, PdfSignature
from crible.model.facts import Reading

BROKEN = frozenset({"md2", "md5"})
"""Anybody makes two files of one digest since 2004: such a signature binds nothing."""
WEAKENED = frozenset({"sha1"})
REMARKS = frozenset({"annotations", "form", "metadata", "signature", "validation"})
"""Purposes of updates that leave what was signed as it was, once their pages are seen to look the same."""


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """One answer for each signature, and notes on its certificate.

    What fits supports weakly, whatever the certificate says: nobody here vouches for whose it is, and one is made at
    home in a second (docs/decisions/0007). What does not fit asks why.
    """
    found = relations.examined.pdf
    if reading.file is None:
        return
    if found is None:
        if PDF in reading.file.wants:
            states = reading.file.pdf.revisions if reading.file.pdf else 1
            yield Evidence(Says.UNTESTABLE, "pdf-not-examined", {"count": states}, strength=Strength.NONE)
        return
    for number, one in enumerate(found.signatures):
        where = f"signature {number + 1}"
        yield _answer(one, found, where)
        yield from _notes(one, where)


def _answer(one: PdfSignature, found: PdfExamined, where: str) -> Evidence:
    params = _params(one)
    if one.word == "altered":
        return Evidence(Says.QUESTIONS, "pdf-signature-altered", params, where)
    if one.word != "pass" or one.digest in BROKEN:
        return Evidence(Says.UNTESTABLE, "pdf-signature-unreadable", params, where, strength=Strength.NONE)
    if one.coverage == "part":
        return Evidence(Says.QUESTIONS, "pdf-signature-part", params, where)
    if one.fits is None:
        return Evidence(Says.UNTESTABLE, "pdf-later-unread", params, where, strength=Strength.NONE)
    if not one.fits:
        return _beyond(one, found, params, where)
    if found.loose and one.coverage != "file":
        return Evidence(Says.QUESTIONS, "pdf-loose-objects", params | {"count": found.loose}, where)
    return _passes(one, params, where)


def _beyond(one: PdfSignature, found: PdfExamined, params: Params, where: str) -> Evidence:
    """Changed beyond the policy; a comment under a signature that forbids none is what a reader of drafts writes."""
    later = {what for update in found.history for what in update.did}
    commented = "annotations" in later and later <= REMARKS and not one.allows and not found.shadows
    if commented and not found.changes:
        return Evidence(Says.UNTESTABLE, "pdf-commented-after", params, where, strength=Strength.NONE)
    return Evidence(Says.QUESTIONS, "pdf-changed-after", params, where)


def _passes(one: PdfSignature, params: Params, where: str) -> Evidence:
    stamp = one.kind == "timestamp"
    message = ("pdf-stamped" if stamp else "pdf-signed") + ("-file" if one.coverage == "file" else "-revision")
    strength = Strength.NONE if one.digest in WEAKENED else Strength.WEAK
    bears = Bears.TIME if stamp else Bears.CONTENT
    return Evidence(Says.SUPPORTS, message, params, where, strength=strength, bears_on=bears)


def _notes(one: PdfSignature, where: str) -> Iterator[Evidence]:
    if one.word != "pass":
        return
    if one.self_issued:
        yield _note("pdf-self-issued", one, where)
    if one.valid_then is False:
        yield _note("pdf-certificate-not-valid", one, where)
    if one.stamped is not None:
        yield _note("pdf-embedded-stamp", one, where)
    if one.digest in BROKEN | WEAKENED:
        yield _note("pdf-old-digest", one, where)


def _note(message: str, one: PdfSignature, where: str) -> Evidence:
    return Evidence(Says.UNTESTABLE, message, _params(one), where, strength=Strength.NONE)


def _params(one: PdfSignature) -> Params:
    """Who signed, says the certificate (`sender`), who issued it (`other`), when, and the field; `type` is a digest."""
    return {
        "field": excerpt(one.field) or "?",
        "sender": excerpt(one.signer, 120) or "?",
        "other": excerpt(one.issuer, 120) or "?",
        "source": excerpt(one.stamper, 120) or "?",
        "selector": one.fingerprint[:16].upper() or "?",
        "when": moment(one.seconds),
        "last": moment(one.stamped),
        "type": one.digest or "?",
        "error": excerpt(one.detail, 120) or "?",
        "count": one.end,
    }


CHECK = Check(
    id="pdf.signature",
    version=1,
    question="What does each signature of this PDF cover, does it fit, and did later changes keep to what it allows?",
    bears_on=Bears.CONTENT,
    strength=Strength.MODERATE,
    source="ISO 32000-2 §12.8, ETSI EN 319 142-1 (PAdES); judged by pyHanko's difference policy, no chain built",
    messages=(
        "pdf-signed-file",
        "pdf-signed-revision",
        "pdf-stamped-file",
        "pdf-stamped-revision",
        "pdf-changed-after",
        "pdf-signature-part",
        "pdf-loose-objects",
        "pdf-signature-altered",
        "pdf-commented-after",
        "pdf-later-unread",
        "pdf-signature-unreadable",
        "pdf-self-issued",
        "pdf-certificate-not-valid",
        "pdf-embedded-stamp",
        "pdf-old-digest",
        "pdf-not-examined",
    ),
    innocent=("innocent-pdf-program-saved", "innocent-pdf-transfer", "innocent-pdf-signer-program"),
    needs=frozenset({"examined"}),
    group="pdf-update",
    look_around=look_around,
)
