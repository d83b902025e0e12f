"""Does a picture bear a date later than the signed mail that carries its very bytes?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt, moment
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading

DAY = 86_400
UNKNOWN_ZONE = 14 * 3600


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """Against the earliest signer's clock among its carriers. The bytes existed by then: some clock is wrong."""
    image = reading.file.image if reading.file else None
    if image is None:
        return
    sound = [one.mail for one in relations.carriers if one.mail.full and one.mail.clocked and not one.mail.spoiled]
    dated = [mail for mail in sound if mail.signed_at is not None]
    if not dated:
        return
    mail = min(dated, key=lambda one: (one.signed_at or 0, one.id))
    stated = (("DateTimeOriginal", image.taken), ("DateTimeDigitized", image.digitized), ("DateTime", image.saved))
    for field, instant in stated:
        slack = DAY + (UNKNOWN_ZONE if instant is not None and instant.offset is None else 0)
        if instant is not None and instant.seconds - (mail.signed_at or 0) > slack:
            params: Params = {"written": instant.iso(), "domain": excerpt(mail.domain), "when": moment(mail.signed_at)}
            yield Evidence(Says.QUESTIONS, "picture-after-mail", params, field, (mail.id,))
            return


CHECK = Check(
    id="image.taken-after",
    version=1,
    question="Does the picture bear a date later than the signed mail that carries its very bytes?",
    bears_on=Bears.TIME,
    strength=Strength.MODERATE,
    source="CIPA DC-008 (Exif 3.0) §4.6.5; RFC 6376 §3.5 (t=)",
    messages=("picture-after-mail",),
    innocent=("innocent-camera-clock",),
    needs=frozenset({"carriers"}),
    group="exif",
    look_around=look_around,
)
