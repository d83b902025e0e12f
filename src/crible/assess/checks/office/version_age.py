"""Could the program that saved the file be had on the day it says it was saved?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.assess.office_releases import FORMAT, earliest, seconds
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading
from crible.model.instant import Clock

DAY = 86_400
ZEROS = 86_400 * 366 * 12
"""Seconds: files dated up to 1981 bear the zero of some clock, not a day that anybody claims."""


OPEN_XML = "application/vnd.openxmlformats-"
"""Media types of the format of 2006; the older ones are as old as anybody claims."""


def look(reading: Reading) -> Iterator[Evidence]:
    """The last saving against the program's first public build; else against the file format's own.

    Weak but for Microsoft's programs, which write the moment of each saving: converters keep that of the old file (one
    of 322 real files is so).
    """
    file = reading.file
    office = file.office if file else None
    if file is None or office is None or file.modified is None or file.modified.clock is not Clock.OFFICE:
        return
    saved = file.modified
    if saved.seconds < ZEROS:
        return
    known = earliest(office.application, office.build)
    params: Params = {"name": f"{excerpt(office.application, 60)} {excerpt(office.build, 20)}".strip() or "?"}
    params |= {"when": saved.iso(), "first": known[0] if known else FORMAT}
    if known and saved.seconds < known[1] - DAY:
        strength = None if office.application.startswith("Microsoft ") else Strength.WEAK
        yield Evidence(Says.QUESTIONS, "version-ahead", params, "AppVersion", strength=strength)
    elif saved.seconds < seconds(FORMAT) - DAY and reading.mime.startswith(OPEN_XML):
        yield Evidence(Says.QUESTIONS, "format-ahead", params, "modified", strength=Strength.WEAK)


CHECK = Check(
    id="office.version-age",
    version=1,
    question="Could the program that saved the file be had on the day it says it was saved?",
    bears_on=Bears.TIME,
    strength=Strength.MODERATE,
    source="ECMA-376 part 1 §22.2.2.3; makers' announcements (crible.assess.office_releases)",
    messages=("version-ahead", "format-ahead"),
    innocent=("innocent-file-clock", "innocent-converted", "innocent-early-build", "innocent-library-made"),
    group="office-date",
    look=look,
)
