"""Was the file saved by a program whose menus are in a language that is unusual here?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params
from crible.assess.hands import NEUTRAL, PAGE, menus
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """With base rates, and weak: every house has a guest. That it was begun in another language is a note."""
    language = menus(reading)
    if language in NEUTRAL:
        return
    rate = relations.hand.interface if relations.hand else None
    if rate is not None and rate.rare:
        params: Params = {"name": language.removeprefix(PAGE), "count": rate.count, "of": rate.of}
        message = "locale-rare-page" if language.startswith(PAGE) else "locale-rare"
        yield Evidence(Says.QUESTIONS, message, params, "properties")
    born = reading.file.office.born if reading.file and reading.file.office else ""
    if born not in (*NEUTRAL, language):
        params = {"first": born, "last": language}
        yield Evidence(Says.UNTESTABLE, "locale-changed", params, "theme, styles", strength=Strength.NONE)


CHECK = Check(
    id="office.locale",
    version=1,
    question="Was the file saved by a program whose menus are in a language that is unusual here?",
    bears_on=Bears.ORIGIN,
    strength=Strength.WEAK,
    source="ECMA-376 part 1 §22.2.2.11 (HeadingPairs); [MS-DOC] §2.5.2 (lid); [MS-OLEPS] §2.18; base rates",
    messages=("locale-rare", "locale-rare-page", "locale-changed"),
    innocent=("innocent-shared-computer", "innocent-foreign-office", "innocent-planted-trace"),
    needs=frozenset({"hands"}),
    group="office-hand",
    look_around=look_around,
)
