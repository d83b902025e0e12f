"""Does the small picture that a camera stores inside show the same as the large one?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading

UNLIKE = 50
"""Correlation in hundredths: 70 real thumbnails lie at 80 and above."""
CELLS = 20
"""Of 64 that must differ too: in real ones at most 14 do."""


def look(reading: Reading) -> Iterator[Evidence]:
    """Both measures must say so; turns, mirror images and black bars are set aside before."""
    image = reading.file.image if reading.file else None
    thumbnail = image.thumbnail if image else None
    if image is None or thumbnail is None or not (image.dhash and thumbnail.dhash):
        return
    apart = (int.from_bytes(image.dhash) ^ int.from_bytes(thumbnail.dhash)).bit_count()
    if thumbnail.likeness < UNLIKE and apart >= CELLS:
        params: Params = {"type": f"{thumbnail.width}x{thumbnail.height}", "count": apart}
        yield Evidence(Says.QUESTIONS, "thumbnail-differs", params, "IFD1")


CHECK = Check(
    id="image.thumbnail",
    version=1,
    question="Does the small picture that a camera stores inside show the same as the large one?",
    bears_on=Bears.CONTENT,
    strength=Strength.WEAK,
    source="CIPA DC-008 (Exif 3.0) §4.5.7; Kee and Farid, Digital image authentication from thumbnails (SPIE 2010)",
    messages=("thumbnail-differs",),
    innocent=("innocent-cropped", "innocent-fields-copied"),
    look=look,
)
