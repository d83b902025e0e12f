"""Does a PDF hold text that its pages do not show, or text laid over a picture of a page?"""

import re
from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.assess.paged import where
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.model.pdf import HiddenText

WORDS = 30
"""Words on a picture of a page from which on they are its text, and no stamp, page number or fax line."""
MANY = 3
"""Pages of one file with figures painted over and set anew: from there on it is how its program fills in a template."""
NOTES = {
    "invisible": "pdf-hidden-invisible",
    "white": "pdf-hidden-white",
    "tiny": "pdf-hidden-tiny",
    "outside": "pdf-hidden-outside",
    "layer": "pdf-hidden-layer",
}
_DIGITS = re.compile(r"\d+")


def look(reading: Reading) -> Iterator[Evidence]:
    """Notes, but for two traces of an edit: figures painted over and set anew, and typed text on a scanner's page.

    Text under a dark shape is no question: it is a redaction that failed, and the desk must know before it publishes.
    An invisible layer over a scan is the work of every recognition program, and nothing is said of it.
    """
    file = reading.file
    if file is None or file.pdf is None:
        return
    habit = len({found.page for found in file.pdf.hidden if found.kind == "under-white" and found.over}) > MANY
    for found in file.pdf.hidden:
        yield _told(found, habit=habit)
    yield from _over_picture(file)


def _told(found: HiddenText, *, habit: bool) -> Evidence:
    place = where(found.page, found.box)
    params: Params = {"name": excerpt(found.text), "count": found.page}
    if found.kind in NOTES:
        return Evidence(Says.UNTESTABLE, NOTES[found.kind], params, place, strength=Strength.NONE)
    if found.kind == "under-dark" and not found.over:
        return Evidence(Says.UNTESTABLE, "pdf-redaction-open", params, place, strength=Strength.NONE)
    params["other"] = excerpt(found.over)
    if found.over and _figures(found.text) != _figures(found.over) and _figures(found.over):
        # Pictures may be sheer in parts, and shapes of a colour are tables and buttons.
        plain = found.kind == "under-white" and _figures(found.text) and not habit
        return Evidence(Says.QUESTIONS, "pdf-painted-over", params, place, strength=None if plain else Strength.WEAK)
    return Evidence(Says.UNTESTABLE, "pdf-hidden-under", params, place, strength=Strength.NONE)


def _figures(text: str) -> list[str]:
    return _DIGITS.findall(text)


def _over_picture(file: FileFacts) -> Iterator[Evidence]:
    overlays = [overlay for overlay in file.pdf.overlays if overlay.words >= WORDS] if file.pdf else []
    for overlay in overlays[:1]:
        params: Params = {
            "name": excerpt(overlay.text),
            "count": overlay.words,
            "other": excerpt(file.device),
            "of": len(overlays),
        }
        message = "pdf-typed-on-scan" if file.device else "pdf-typed-on-picture"
        strength = None if file.device else Strength.WEAK
        yield Evidence(Says.QUESTIONS, message, params, where(overlay.page), strength=strength)


CHECK = Check(
    id="pdf.hidden-text",
    version=1,
    question="Does the PDF hold text that its pages do not show, or text laid over a picture of a page?",
    bears_on=Bears.CONTENT,
    strength=Strength.MODERATE,
    source="ISO 32000-2 §9.3.6 (text rendering mode), §8.11 (optional content); the papers posted on 3 May 2017, whose "
    "text lay on an empty letterhead",
    messages=(
        *NOTES.values(),
        "pdf-redaction-open",
        "pdf-hidden-under",
        "pdf-painted-over",
        "pdf-typed-on-scan",
        "pdf-typed-on-picture",
    ),
    innocent=("innocent-pdf-form-filled", "innocent-pdf-correction", "innocent-pdf-letterhead-picture"),
    look=look,
)
