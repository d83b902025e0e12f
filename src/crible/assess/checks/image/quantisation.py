"""Does a picture that names only a camera have the quantisation tables of an editor?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading
from crible.model.image import ImageFacts

_NAMES = ("adobe", "photoshop", "lightroom", "elements", "imageready", "fireworks")


def look(reading: Reading) -> Iterator[Evidence]:
    """Only Adobe's tables are sure enough; libjpeg's are those of every telephone."""
    file = reading.file
    image = file.image if file else None
    if file is None or image is None or image.tables_of != "adobe" or not (image.exposed and file.device):
        return
    if not any(name in _programs(image) for name in _NAMES):
        params: Params = {"name": excerpt(file.device), "source": "Adobe Photoshop"}
        yield Evidence(Says.QUESTIONS, "tables-of-editor", params, "DQT")


def _programs(image: ImageFacts) -> str:
    return " ".join((image.software, image.creator_tool, *(step.software for step in image.history))).lower()


CHECK = Check(
    id="image.quantisation",
    version=1,
    question="Does a picture that names only a camera have the quantisation tables of an editor?",
    bears_on=Bears.ORIGIN,
    strength=Strength.WEAK,
    source="ITU-T T.81 §B.2.4.1; J. D. Kornblum, Using JPEG quantization tables to identify imagery (DFRWS 2008)",
    messages=("tables-of-editor",),
    innocent=("innocent-tables-shared", "innocent-picture-prepared"),
    look=look,
)
