"""Does the file hold a picture of itself, as it looked at some saving?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look(reading: Reading) -> Iterator[Evidence]:
    """A note: whether it shows other words is for eyes to say, and it is often older than the text by nature."""
    office = reading.file.office if reading.file else None
    if office is not None and office.thumbnail:
        yield Evidence(Says.UNTESTABLE, "thumbnail", {"type": office.thumbnail}, "docProps/thumbnail")


CHECK = Check(
    id="office.thumbnail",
    version=1,
    question="Does the file hold a picture of itself, as it looked at some saving?",
    bears_on=Bears.CONTENT,
    strength=Strength.NONE,
    source="ECMA-376 part 2 §9 (thumbnails)",
    messages=("thumbnail",),
    look=look,
)
