"""Was the file packed by the program that it names?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading

MICROSOFT = "Microsoft "
MESSAGES = {
    "streamed": "packer-streamed",
    "python": "packer-python",
    "info-zip": "packer-info-zip",
    "7-zip": "packer-7-zip",
    "archiver": "packer-archiver",
}


def look(reading: Reading) -> Iterator[Evidence]:
    """Only of files that name Microsoft's programs, whose packing is always the same.

    Weak: 6 % of the files of two test suites are so, each opened by a library or unzipped and zipped by hand.
    """
    office = reading.file.office if reading.file else None
    if office is None or not office.application.startswith(MICROSOFT) or office.packer not in MESSAGES:
        return
    params: Params = {
        "name": " ".join(filter(None, (excerpt(office.application), excerpt(office.build, 20)))),
        "when": office.packed[1] if office.packed else "?",
    }
    yield Evidence(Says.QUESTIONS, MESSAGES[office.packer], params, "zip")


CHECK = Check(
    id="office.packer",
    version=1,
    question="Was the file packed by the program that it names?",
    bears_on=Bears.CONTENT,
    strength=Strength.WEAK,
    source="APPNOTE.TXT §4.4; ECMA-376 part 2 §7; measured on 322 files",
    messages=tuple(MESSAGES.values()),
    innocent=("innocent-gateway-packed", "innocent-library-made", "innocent-converted"),
    group="office-program",
    look=look,
)
