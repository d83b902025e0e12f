"""Are the pages of a PDF pictures, and made by what it says they were made by?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look(reading: Reading) -> Iterator[Evidence]:
    """A note on scans, with what they name as their device; a weak question where a scanner is named and none is seen.

    Whether a scan is a print of something edited before is not looked for: noise and straight lines say too little.
    """
    file = reading.file
    if file is None or file.pdf is None:
        return
    scanned = [kind for kind in file.pdf.page_kinds if kind.picture]
    params: Params = {"name": excerpt(file.device)}
    if scanned:
        dpi = sorted({kind.dpi for kind in scanned})
        params |= {"count": sum(len(kind.pages) for kind in scanned), "kinds": [f"{each} dpi" for each in dpi[:5]]}
        message = "pdf-scan" if file.device else "pdf-scan-unnamed"
        yield Evidence(Says.UNTESTABLE, message, params, "pages", strength=Strength.NONE)
    elif file.device and file.pdf.page_kinds and not file.pictures and file.pdf.fonts:
        yield Evidence(Says.QUESTIONS, "pdf-scanner-without-scan", params, "Creator")


CHECK = Check(
    id="pdf.scan-marks",
    version=1,
    question="Are the pages pictures, and made by what the PDF says they were made by?",
    bears_on=Bears.ORIGIN,
    strength=Strength.WEAK,
    source="ISO 32000-2 §14.3; the papers posted on 3 May 2017, which named a scanner",
    messages=("pdf-scan", "pdf-scan-unnamed", "pdf-scanner-without-scan"),
    innocent=("innocent-pdf-scan-converted",),
    look=look,
)
