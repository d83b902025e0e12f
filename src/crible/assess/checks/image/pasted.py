"""Does one and the same picture, a stamp or a signature perhaps, stand in papers of different issuers?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look_around(_: Reading, relations: Relations) -> Iterator[Evidence]:
    """What the survey kept: pictures of a stamp's size, in few documents, of at least two issuers."""
    for pasted in relations.pictures[:5]:
        params: Params = {
            "type": f"{pasted.width}x{pasted.height}",
            "names": [excerpt(name, 40) for name in pasted.issuers[:4]],
            "count": len(pasted.others) + 1,
            "stored": pasted.holders,
        }
        where = f"page {pasted.page}" if pasted.page else ""
        yield Evidence(Says.QUESTIONS, "picture-pasted", params, where, pasted.others)


CHECK = Check(
    id="image.pasted",
    version=1,
    question="Does the same picture, byte for byte, stand in papers of different issuers?",
    bears_on=Bears.ORIGIN,
    strength=Strength.WEAK,
    source="no stamp or signature is twice the same on paper; a note made on a published scan (The Intercept, 2017)",
    messages=("picture-pasted",),
    innocent=("innocent-logo-shared", "innocent-signature-file", "innocent-one-office"),
    needs=frozenset({"pictures"}),
    look_around=look_around,
)
