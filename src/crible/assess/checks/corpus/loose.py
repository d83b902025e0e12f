"""Does the file lie outside of any mail?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """A note, so that nobody takes the standing of the boxes beside it for its own."""
    if reading.file is None or relations.in_mail or not relations.listings:
        return
    path = min(listing.path for listing in relations.listings)
    params: Params = {"name": excerpt(path)}
    yield Evidence(Says.UNTESTABLE, "outside-mail", params, path[:200])


CHECK = Check(
    id="corpus.loose",
    version=1,
    question="Does the file lie outside of any mail?",
    bears_on=Bears.DELIVERY,
    strength=Strength.NONE,
    source="Published on the dump of May 2017: two small folders of loose documents beside five mailboxes",
    messages=("outside-mail",),
    needs=frozenset({"listings"}),
    look_around=look_around,
)
