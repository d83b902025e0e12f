"""Was the file saved by a program whose menus are in a language that is unusual here?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params
from crible.assess.hands import NEUTRAL
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """With base rates, and weak: every house has a guest. That it was begun in another language is a note."""
    office = reading.file.office if reading.file else None
    if office is None or office.interface in NEUTRAL:
        return
    rate = relations.hand.interface if relations.hand else None
    if rate is not None and rate.rare:
        params: Params = {"name": office.interface, "count": rate.count, "of": rate.of}
        yield Evidence(Says.QUESTIONS, "locale-rare", params, "HeadingPairs")
    if office.born not in (*NEUTRAL, office.interface):
        params = {"first": office.born, "last": office.interface}
        yield Evidence(Says.UNTESTABLE, "locale-changed", params, "theme, styles", strength=Strength.NONE)


CHECK = Check(
    id="office.locale",
    version=1,
    question="Was the file saved by a program whose menus are in a language that is unusual here?",
    bears_on=Bears.ORIGIN,
    strength=Strength.WEAK,
    source="ECMA-376 part 1 §22.2.2.11 (HeadingPairs); names of themes and styles; base rates of the corpus",
    messages=("locale-rare", "locale-changed"),
    innocent=("innocent-shared-computer", "innocent-foreign-office", "innocent-planted-trace"),
    needs=frozenset({"hands"}),
    group="office-hand",
    look_around=look_around,
)
