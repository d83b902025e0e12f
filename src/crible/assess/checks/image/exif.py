"""Do the dates that a camera wrote agree with one another, and with the satellites?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, moment
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading
from crible.model.image import ImageFacts
from crible.model.instant import Instant

DAY = 86_400
UNKNOWN_ZONE = 14 * 3600
RECEIVER = DAY
"""How far a camera's clock may lie from the satellites': nine real pictures of one camera, its date set a day early,
are 22 hours off."""


def look(reading: Reading) -> Iterator[Evidence]:
    """Never the place: only when the satellites said it was."""
    image = reading.file.image if reading.file else None
    if image is None or image.taken is None:
        return
    yield from _saved_before(image, image.taken)
    yield from _satellites(image, image.taken)


def _saved_before(image: ImageFacts, taken: Instant) -> Iterator[Evidence]:
    saved = image.saved
    if saved is not None and taken.seconds - saved.seconds > DAY + UNKNOWN_ZONE:
        params: Params = {"written": taken.iso(), "stored": saved.iso()}
        yield Evidence(Says.QUESTIONS, "exif-saved-before-taken", params, "DateTime")


def _satellites(image: ImageFacts, taken: Instant) -> Iterator[Evidence]:
    located = image.located
    if located is None:
        return
    slack = RECEIVER + (UNKNOWN_ZONE if taken.offset is None else 0)
    if abs(taken.seconds - located.seconds) > slack:
        params: Params = {"written": taken.iso(), "when": moment(int(located.seconds))}
        yield Evidence(Says.QUESTIONS, "exif-satellites-differ", params, "GPSTimeStamp")


CHECK = Check(
    id="image.exif",
    version=1,
    question="Do the dates that a camera wrote agree with one another, and with the satellites?",
    bears_on=Bears.TIME,
    strength=Strength.WEAK,
    source="CIPA DC-008 (Exif 3.0) §4.6.5, §4.6.6",
    messages=("exif-saved-before-taken", "exif-satellites-differ"),
    innocent=("innocent-camera-clock", "innocent-fields-copied", "innocent-old-fix"),
    group="exif",
    look=look,
)
