"""Does the archive that holds the file say that it was written before the file says it was saved?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt, moment
from crible.assess.hands import Listing
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading
from crible.model.instant import Instant

DAY, UNKNOWN_ZONE = 86_400, 14 * 3600
DOS_ZERO = 315_532_800 + DAY
"""The end of 1 January 1980: what packers write who know no time."""


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """A note: whoever leaked packed anew, and archives keep whatever time the disk had."""
    saved = reading.file.modified if reading.file else None
    if saved is None:
        return
    for listing in sorted(relations.listings, key=lambda one: one.path):
        if listing.archive and listing.seconds is not None and _before(listing, listing.seconds, saved):
            params: Params = {
                "source": listing.archive,
                "name": excerpt(listing.path),
                "when": moment(int(listing.seconds)),
                "written": saved.iso(),
            }
            yield Evidence(Says.UNTESTABLE, "archive-earlier", params, listing.path[:200])
            return


def _before(listing: Listing, packed: float, saved: Instant) -> bool:
    slack = DAY + UNKNOWN_ZONE * ((listing.offset is None) + (saved.offset is None))
    return packed > DOS_ZERO and saved.seconds - packed > slack


CHECK = Check(
    id="file.archive-tells",
    version=1,
    question="Does the archive that holds the file say that it was written before the file says it was saved?",
    bears_on=Bears.TIME,
    strength=Strength.NONE,
    source="APPNOTE.TXT §4.4.6; POSIX ustar mtime",
    messages=("archive-earlier",),
    needs=frozenset({"listings"}),
    look_around=look_around,
)
