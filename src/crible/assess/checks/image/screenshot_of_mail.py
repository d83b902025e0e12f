"""Is the picture a screenshot of a mail? Then the mail itself is what to look for."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from crible.assess.check import Check
from crible.assess.covered import Params
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.examined import OcrPage
from crible.model.facts import Reading

_LABELS = (
    ("from", re.compile(r"(?:from|de|von|expéditeur|expediteur)\Z")),
    ("to", re.compile(r"(?:to|à|a|an|destinataires?)\Z")),
    ("date", re.compile(r"(?:date|sent|envoyé|envoye|gesendet)\Z")),
    ("subject", re.compile(r"(?:subject|objet|sujet|betreff)\Z")),
)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
FEWEST = 3
WORDS = 5000


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """Needs recognised text: three labels of a mail's head followed by colons, and an address."""
    if reading.file is None or reading.file.image is None or relations.examined.recognised is None:
        return
    for page in relations.examined.recognised.pages[:20]:
        labels, address = _head(page)
        if len(labels) >= FEWEST and address:
            params: Params = {"names": list(labels), "sender": address}
            where = f"page {page.number}"
            yield Evidence(Says.UNTESTABLE, "screenshot-mail", params, where, strength=Strength.NONE)
            return


def _head(page: OcrPage) -> tuple[list[str], str]:
    met: dict[str, None] = {}
    address = ""
    words = [word.text for word in page.words[:WORDS]]
    for word, after in zip_longest(words, words[1:], fillvalue=""):
        if not address and (match := _ADDRESS.search(word[:200])):
            address = match[0][:80]
        if word.endswith(":") or after == ":":
            bare = word.rstrip(":").lower()
            met.update((name, None) for name, label in _LABELS if label.match(bare))
    return list(met), address


CHECK = Check(
    id="image.screenshot-of-mail",
    version=1,
    question="Is the picture a screenshot of a mail, which should be looked for itself?",
    bears_on=Bears.ORIGIN,
    strength=Strength.NONE,
    source="a screenshot carries no signature: anything can be typed before it is taken",
    messages=("screenshot-mail",),
    needs=frozenset({"examined"}),
    look_around=look_around,
)
