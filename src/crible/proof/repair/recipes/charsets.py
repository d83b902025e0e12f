"""Text stored in another character set than it was sent in."""

from collections.abc import Iterator

from crible.extract.mail.parameters import parameters
from crible.proof.repair.draft import Draft, Edit, Made
from crible.proof.repair.recipe import BodyRecipe
from crible.proof.repair.texts import CODECS

PAIRS = (
    ("utf-8", "cp1252"), ("utf-8", "latin-1"), ("utf-8", "iso8859-15"), ("cp1252", "utf-8"), ("latin-1", "utf-8"),
    ("utf-8", "iso8859-2"), ("utf-8", "cp1251"), ("utf-8", "koi8-r"), ("iso8859-15", "utf-8"), ("cp1251", "utf-8"),
)  # fmt: skip
"""As stored, as sent."""
LARGEST = 4 << 20


def _recoded(draft: Draft) -> Iterator[tuple[Draft, Made]]:
    if draft.body.isascii() or len(draft.body) > LARGEST or draft.took("charset-redone"):
        return
    label = parameters(draft.field("content-type"))[1].get("charset", b"").decode("ascii", "replace").lower()
    for stored, sent in PAIRS:
        if label and CODECS.get(label, label) != stored:
            continue  # read under the label that stands there, the text would not be the same
        try:
            body = draft.body.decode(stored).encode(sent)
        except UnicodeError:
            continue
        yield draft.edited([Edit(0, len(draft.body), body)], same=True), Made("charset-redone")


CHARSET = BodyRecipe("charset-redone", _recoded, cost=4)
