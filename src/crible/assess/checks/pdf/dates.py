"""Do the dates that a PDF gives of itself fit each other, and the signed mail that carries it?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt, moment
from crible.assess.relations import Carrier, Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading
from crible.model.instant import Instant
from crible.model.pdf import PdfFacts

DAY = 86400
UNKNOWN_ZONE = 14 * 3600
APART = 2 * DAY
"""TCPDF writes the offset with the wrong sign in one of its two places: 28 hours at most, without any change."""
LATER = DAY
"""How far a file's clock may lie after the signer's; wrong clocks and zones stay under it."""


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """Information dictionary and XMP against each other; both against the signer's clock of the earliest carrier."""
    file = reading.file
    if file is None or file.pdf is None:
        return
    yield from _within(file.pdf)
    yield from _carried(file.pdf, relations)


def _within(pdf: PdfFacts) -> Iterator[Evidence]:
    created, modified = pdf.info_created, pdf.info_modified
    if created and modified and (days := _days(created, modified)) > 0:
        params: Params = {"written": created.iso(), "when": modified.iso(), "count": days}
        yield Evidence(Says.QUESTIONS, "pdf-created-after-modified", params, "ModDate", strength=Strength.WEAK)
    for name, said, other in (
        ("CreationDate", pdf.info_created, pdf.xmp_created),
        ("ModDate", pdf.info_modified, pdf.xmp_modified),
    ):
        if said and other and (days := max(_days(said, other), _days(other, said))):
            params = {"field": name, "written": said.iso(), "other": other.iso(), "count": days}
            yield Evidence(Says.QUESTIONS, "pdf-dates-twofold", params, name, strength=Strength.WEAK)


def _days(later: Instant, earlier: Instant) -> int:
    """Whole days that one lies after the other, as far as unknown zones and known faults let it be said; else 0."""
    return int(later.seconds - earlier.seconds) // DAY if later.seconds - earlier.seconds > APART else 0


def _carried(pdf: PdfFacts, relations: Relations) -> Iterator[Evidence]:
    dated = [
        carrier
        for carrier in relations.carriers
        if (carrier.mail.full or (carrier.mail.part and carrier.mail.whole))
        and carrier.mail.clocked
        and carrier.mail.signed_at is not None
        and not carrier.mail.spoiled
    ]
    if not dated:
        return
    first = min(dated, key=lambda carrier: (carrier.mail.signed_at or 0, carrier.mail.id))
    stated = [
        (name, instant)
        for name, instant in (("CreationDate", pdf.info_created), ("ModDate", pdf.info_modified))
        if instant is not None and _after(instant, first)
    ]
    for name, instant in stated[:1]:
        signed = first.mail.signed_at or 0
        params: Params = {
            "field": name,
            "written": instant.iso(),
            "domain": excerpt(first.mail.domain),
            "signed": moment(signed),
            "count": int(instant.seconds - signed) // DAY,
        }
        yield Evidence(Says.QUESTIONS, "pdf-dated-after-mail", params, name, refs=(first.mail.id,))


def _after(instant: Instant, carrier: Carrier) -> bool:
    slack = UNKNOWN_ZONE if instant.offset is None else 0
    return instant.seconds - (carrier.mail.signed_at or 0) > LATER + slack


CHECK = Check(
    id="pdf.dates",
    version=1,
    question="Do the dates that the PDF gives of itself fit each other, and the signed mail that carries it?",
    bears_on=Bears.TIME,
    strength=Strength.MODERATE,
    source="ISO 32000-2 §14.3.3; ISO 16684-1; RFC 6376 §3.5 (t=)",
    messages=("pdf-created-after-modified", "pdf-dates-twofold", "pdf-dated-after-mail"),
    innocent=("innocent-wrong-clock", "innocent-pdf-saved-in-part", "innocent-pdf-template-dates"),
    needs=frozenset({"carriers"}),
    group="pdf-date",
    look_around=look_around,
)
