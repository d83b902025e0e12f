"""From bytes to grade: figures altered in finished PDFs as editors do it, each beside its honest twin."""

import zlib

import pytest

from crible.assess.checks.pdf import hidden_text
from crible.assess.grade import grade
from crible.assess.relations import Relations
from crible.assess.run import weigh_corpus, weigh_local
from crible.extract.readers import read_file
from crible.model.evidence import Strength
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.model.grade import Level
from crible.model.pdf import HiddenText, PdfFacts

ROWS = "".join(
    f"1 0 0 1 50 {270 - 20 * at} Tm (Poste) Tj 1 0 0 1 200 {270 - 20 * at} Tm ({figure}) Tj "
    for at, figure in enumerate(("1200,00", "340,50", "87,10", "112,40", "65,00", "77,30"))
)
TABLE = f"BT /A 11 Tf {ROWS} 1 0 0 1 50 100 Tm (Total TTC) Tj %s ET %s"
SUBSETS = {"A": "AAAAAA+Calibri", "B": "BBBBBB+Calibri", "F": "Helvetica"}
HONEST = TABLE % ("1 0 0 1 200 100 Tm (1882,30) Tj", "")
WORDS = " ".join(["convention"] * 40)
TYPED = f"q 400 0 0 300 0 0 cm /I Do Q BT /F 9 Tf 20 200 Td ({WORDS}) Tj ET"
SCANNER = "/Creator(Canon iR-ADV C5235)"


@pytest.fixture
def weigh(window, page, image):
    def build(content, **how):
        objects = {20: image(zlib.compress(b"\xee" * 120_000))}
        data = page(content, SUBSETS, objects, "/XObject<</I 20 0 R>>", **how)
        reading = read_file(window(data), "application/pdf")
        rows = weigh_local(reading)[0] + weigh_corpus(reading, Relations())[0]
        return grade("file", rows)

    return build


@pytest.mark.parametrize(("content", "info", "reason"), [
    (TABLE % ("/B 11 Tf 1 0 0 1 200 100 Tm (18882,30) Tj", ""), "", "pdf.fonts:pdf-font-of-number"),
    (TABLE % ("1 0 0 1 200 100 Tm (1) Tj /B 11 Tf (8) Tj /A 11 Tf (882,30) Tj", ""), "",
     "pdf.fonts:pdf-font-within-number"),
    (HONEST + "1 g 195 95 90 16 re f 0 g BT /A 11 Tf 200 100 Td (18882,30) Tj ET", "",
     "pdf.hidden-text:pdf-painted-over"),
    (TYPED, SCANNER, "pdf.hidden-text:pdf-typed-on-scan"),
    (HONEST, "/Producer(LibreOffice 7.4)/CreationDate(D:20140312)", "pdf.producer-age:pdf-producer-later"),
], ids=["second subset", "digit put in", "painted over", "typed on an empty letterhead",
        "program of a later year"])  # fmt: skip
def test_an_alteration_asks_for_an_explanation(weigh, content, info, reason):
    """The fourth is the "text layer over an empty letterhead" of the papers of 3 May 2017, with invented words."""
    found = weigh(content, info=info)
    assert (found.level, found.reasons) == (Level.QUESTIONED, (reason,))


@pytest.mark.parametrize(("content", "info"), [
    (HONEST, ""),
    (HONEST + "BT /B 11 Tf 50 60 Td (Page 1) Tj ET", ""),
    ("1 g 195 95 90 16 re f 0 g " + HONEST, ""),
    (HONEST + "0 g 45 95 90 16 re f", ""),
    (f"q 400 0 0 300 0 0 cm /I Do Q BT 3 Tr /F 9 Tf 20 200 Td ({WORDS}) Tj ET", SCANNER),
    (TYPED, ""),
    ("q 400 0 0 300 0 0 cm /I Do Q BT /F 9 Tf 20 20 Td (Recu le 3 mars 2017) Tj ET", SCANNER),
    (HONEST, "/Producer(LibreOffice 7.4)/CreationDate(D:20140312)/ModDate(D:20230312)"),
], ids=["as it was written", "page number stamped", "shade under the total", "struck out", "recognised scan",
        "letterhead as a picture", "stamp on a scan", "old paper saved anew"])  # fmt: skip
def test_its_honest_twin_does_not(weigh, content, info):
    assert weigh(content, info=info).level is Level.UNATTESTED


def test_a_template_filled_in_on_every_page_is_a_habit():
    def strengths(pages):
        found = tuple(HiddenText("under-white", page, (0, 0, 9, 9), "0,00", "125,00") for page in range(1, pages + 1))
        reading = Reading("application/pdf", file=FileFacts(pdf=PdfFacts(hidden=found)))
        return {row.strength for row in weigh_local(reading, [hidden_text.CHECK])[0]}

    assert (strengths(3), strengths(4)) == ({Strength.MODERATE}, {Strength.WEAK})
