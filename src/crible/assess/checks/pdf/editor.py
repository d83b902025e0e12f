"""Does a PDF name a program made for changing finished PDFs?"""

import re
from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading

_EDITOR = re.compile(
    r"\b(?:iLovePDF|Sejda|PDFescape|Smallpdf|PDF24|Soda PDF|pdfFiller|DocHub|PDFelement|PDF-XChange Editor|PDF Candy"
    r"|Nitro P(?:ro|DF)|Foxit P(?:hantomPDF|DF Editor)|Master PDF Editor|PDFsam|Xodo|Lumin ?PDF|Canva|Photoshop|GIMP"
    r"|Inkscape|Adobe Illustrator|CorelDRAW|Affinity (?:Photo|Designer|Publisher))\b",
    re.IGNORECASE,
)
_PAPERS = frozenset({"invoice", "quote", "contract", "accounts", "forecast", "order", "payslip", "bank-statement"})


def look(reading: Reading) -> Iterator[Evidence]:
    """A note; a weak question on a paper that its issuer's own program writes, such as an invoice."""
    pdf = reading.file.pdf if reading.file else None
    if pdf is None:
        return
    for field, text in (("Producer", pdf.producer), ("Creator", pdf.creator)):
        if found := _EDITOR.search(text[:400]):
            params: Params = {"name": excerpt(found[0]), "field": field, "written": excerpt(text)}
            if reading.sorting and reading.sorting.name in _PAPERS:
                yield Evidence(Says.QUESTIONS, "pdf-editor-on-paper", params, field)
            else:
                yield Evidence(Says.UNTESTABLE, "pdf-editor", params, field, strength=Strength.NONE)
            return


CHECK = Check(
    id="pdf.editor",
    version=1,
    question="Does the PDF name a program made for changing finished PDFs or pictures?",
    bears_on=Bears.CONTENT,
    strength=Strength.WEAK,
    source="ISO 32000-2 §14.3.3: Producer and Creator name the programs, if those write their names",
    messages=("pdf-editor", "pdf-editor-on-paper"),
    innocent=("innocent-pdf-merged", "innocent-pdf-designed"),
    look=look,
)
