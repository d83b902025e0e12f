"""Do a file's own dates agree with one another, and with the signed mail that carries its bytes?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, moment
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.model.instant import Clock, Instant

DAY, UNKNOWN_ZONE = 86_400, 14 * 3600
MINUTES = 60


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """Office's own clocks only: PDF and pictures have questions of their own."""
    file = reading.file
    if file is None or file.modified is None or file.modified.clock is not Clock.OFFICE:
        return
    yield from _carried(file.modified, relations)
    yield from _among_themselves(file, file.modified)


def _carried(saved: Instant, relations: Relations) -> Iterator[Evidence]:
    """The earliest signer that carried these bytes: they existed by then, so one of the two clocks is wrong."""
    carriers = [c for c in relations.carriers if c.mail.clocked and c.mail.signed_at and not c.mail.spoiled]
    for carrier in sorted(carriers, key=lambda one: (one.mail.signed_at or 0, one.mail.id))[:1]:
        signed = carrier.mail.signed_at or 0
        late = saved.seconds - signed - (UNKNOWN_ZONE if saved.offset is None else 0)
        if late > DAY:
            params: Params = {
                "written": saved.iso(),
                "signed": moment(signed),
                "domain": carrier.mail.domain,
                "count": int(late // DAY),
            }
            yield Evidence(Says.QUESTIONS, "office-saved-after-mail", params, "modified", refs=(carrier.mail.id,))


def _among_themselves(file: FileFacts, saved: Instant) -> Iterator[Evidence]:
    begun = file.created
    if begun is None or begun.clock is not Clock.OFFICE:
        return
    slack = DAY if begun.offset is not None and saved.offset is not None else DAY + UNKNOWN_ZONE
    if begun.seconds - saved.seconds > slack:
        params: Params = {"first": begun.iso(), "last": saved.iso()}
        yield Evidence(Says.QUESTIONS, "office-created-after-saved", params, "created", strength=Strength.WEAK)
    elif file.minutes is not None and file.minutes * MINUTES > saved.seconds - begun.seconds + slack:
        # A copy under another name is begun anew in some versions and keeps the minutes: never more than a note.
        params = {"count": file.minutes, "first": begun.iso(), "last": saved.iso()}
        yield Evidence(Says.UNTESTABLE, "office-minutes", params, "TotalTime", strength=Strength.NONE)


CHECK = Check(
    id="office.dates",
    version=1,
    question="Do a file's own dates agree with one another, and with the signed mail that carries its bytes?",
    bears_on=Bears.TIME,
    strength=Strength.MODERATE,
    source="ECMA-376 part 2 §8.3 (core properties), part 1 §22.2.2.29 (TotalTime); [MS-OLEPS]",
    messages=("office-saved-after-mail", "office-created-after-saved", "office-minutes"),
    innocent=("innocent-file-clock", "innocent-converted", "innocent-template-dates"),
    needs=frozenset({"carriers"}),
    group="office-date",
    look_around=look_around,
)
