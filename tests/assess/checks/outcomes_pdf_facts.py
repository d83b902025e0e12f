"""Cases of the checks on what a PDF tells of itself: one for each answer, and innocent twins that must stay calm."""

from collections.abc import Callable
from typing import Any

from crible.assess.relations import Carrier, Relations
from crible.model.examined import Examined, OcrPage, OcrWord, Recognised
from crible.model.facts import Reading
from crible.model.files import FileFacts, Picture
from crible.model.instant import Clock, Instant
from crible.model.pdf import Figures, HiddenText, OddNumber, Overlay, PdfFacts, PdfFont, PdfPages
from crible.model.sorting import Finance, Sorting

Case = Callable[[Any], tuple[Reading, Relations]]
DAY = 86400
SENT = 1489482720
BOX = (120, 340, 260, 352)
FONT = (PdfFont("Calibri", ("AAAAAA",), True),)


def at(seconds: float, offset: int | None = 60) -> Instant:
    return Instant(seconds, offset, Clock.PDF)


def pdf(text: str = "", sorting: Sorting | None = None, file: Any = None, **facts: Any) -> tuple[Reading, Relations]:
    facts = {"fonts": FONT} | facts
    near = {"examined": facts.pop("examined", Examined()), "carriers": facts.pop("carriers", ())}
    made = PdfFacts(**facts)
    said = (made.info_created, made.info_modified, made.xmp_created, made.xmp_modified)
    kept = FileFacts(pdf=made, instants=tuple(filter(None, said)), **(file or {}))
    return Reading("application/pdf", text, file=kept, sorting=sorting), Relations(**near)


def hidden(kind: str, text: str = "Jeanne Moreau", over: str = "", **file: Any) -> tuple[Reading, Relations]:
    return pdf(hidden=(HiddenText(kind, 2, BOX, text, over),), file=file)


def odd(kind: str, font: str, usual: str, text: str = "15 000,00", times: int = 1) -> tuple[Reading, Relations]:
    line = f"Total TTC {text} €"
    return pdf(odd_numbers=(OddNumber(kind, 1, BOX, text, line, font, usual, 9),) * times)


def pages(*kinds: tuple[int, str, int, str], **more: Any) -> tuple[Reading, Relations]:
    """Each kind: how many pages, filter, dpi, tables."""
    made, first = [], 1
    for count, picture, dpi, tables in kinds:
        made.append(PdfPages(tuple(range(first, first + count)), 210, 297, picture, dpi, tables))
        first += count
    return pdf(page_kinds=tuple(made), **more)


def carried(m: Any, after: int, **changes: Any) -> tuple[Reading, Relations]:
    modified = at(SENT + after, changes.pop("offset", 60))
    return pdf(info_modified=modified, carriers=(Carrier(m.other(signed_at=SENT, **changes)),))


LAYER = ("1 200,00", "340,50", "87,10", "112,40", "65,00", "11 805,00")
SCAN = {"compare": (Figures(1, LAYER),), "recognised": (1,)}


def layered(*picture: str, confidence: int = 96, **facts: Any) -> tuple[Reading, Relations]:
    words = tuple(OcrWord(word, confidence, BOX) for text in picture for word in text.split())
    seen = Examined(recognised=Recognised((OcrPage(1, confidence, words),)))
    return pdf(examined=seen, **(SCAN | facts))


def invoice(date: str = "") -> Sorting:
    return Sorting("invoice", finance=Finance("records", date=date))


def overlay(words: int, **file: Any) -> tuple[Reading, Relations]:
    return pdf(overlays=(Overlay(1, words, "Convention entre les soussignés", 200),), file=file)


SHOWN = "Loyer 1 200,00 Charges 340,50 Eau 87,10 Gaz 112,40 Menage 65,00 Total 1805,00"
WRITER, CANON = {"producer": "LibreOffice 7.4"}, {"device": "Canon iR-ADV C5235"}

OUTCOMES: dict[str, dict[str, Case]] = {
    "pdf.dates": {
        "pdf-created-after-modified": lambda m: pdf(info_created=at(SENT + 9 * DAY), info_modified=at(SENT)),
        "pdf-dates-twofold": lambda m: pdf(info_created=at(SENT), xmp_created=at(SENT - 400 * DAY)),
        "pdf-dated-after-mail": lambda m: carried(m, 40 * DAY),
    },
    "pdf.producer-age": {
        "pdf-producer-later": lambda m: pdf(info_created=at(SENT), **WRITER),
        "pdf-producer-later-than-paper": lambda m: pdf(sorting=invoice("2014-03-12"), **WRITER),
    },
    "pdf.editor": {
        "pdf-editor": lambda m: pdf(producer="iLovePDF"),
        "pdf-editor-on-paper": lambda m: pdf(creator="Adobe Photoshop CC 2017", sorting=invoice()),
    },
    "pdf.fonts": {
        "pdf-font-within-number": lambda m: odd("within", "BBBBBB+Calibri", "AAAAAA+Calibri"),
        "pdf-font-of-number": lambda m: odd("alone", "BBBBBB+Calibri", "AAAAAA+Calibri"),
    },
    "pdf.text-against-picture": {
        "pdf-picture-differs": lambda m: layered(SHOWN),
        "pdf-picture-unread": lambda m: pdf(compare=(Figures(1, LAYER), Figures(2, LAYER))),
    },
    "pdf.page-provenance": {
        "pdf-page-typed": lambda m: pages((9, "DCTDecode", 200, "aa"), (1, "", 0, "")),
        "pdf-page-scanned": lambda m: pages((9, "", 0, ""), (1, "DCTDecode", 200, "aa")),
        "pdf-page-other-scan": lambda m: pages((9, "DCTDecode", 200, "aa"), (1, "DCTDecode", 300, "bb")),
        "pdf-page-other-fonts": lambda m: pdf(strangers=(4,)),
        "pdf-page-reset": lambda m: pdf(strangers=(4,), reset=(4,)),
    },
    "pdf.hidden-text": {
        "pdf-hidden-invisible": lambda m: hidden("invisible"),
        "pdf-hidden-white": lambda m: hidden("white"),
        "pdf-hidden-tiny": lambda m: hidden("tiny"),
        "pdf-hidden-outside": lambda m: hidden("outside"),
        "pdf-hidden-layer": lambda m: hidden("layer", "Brouillon: ne pas diffuser"),
        "pdf-redaction-open": lambda m: hidden("under-dark"),
        "pdf-hidden-under": lambda m: hidden("under-white", "Votre nom ici", "Paul Fabre"),
        "pdf-painted-over": lambda m: hidden("under-white", "1 500,00", "15 000,00"),
        "pdf-typed-on-scan": lambda m: overlay(240, **CANON),
        "pdf-typed-on-picture": lambda m: overlay(240),
    },
    "pdf.scan-marks": {
        "pdf-scan": lambda m: pages((3, "DCTDecode", 200, "aa"), file=CANON),
        "pdf-scan-unnamed": lambda m: pages((3, "CCITTFaxDecode", 300, "")),
        "pdf-scanner-without-scan": lambda m: pages((3, "", 0, ""), file=CANON),
    },
}  # fmt: skip

INNOCENT: dict[str, dict[str, Case]] = {
    "pdf.dates": {
        "saved a year later": lambda m: pdf(info_created=at(SENT), info_modified=at(SENT + 365 * DAY)),
        "offset with the wrong sign": lambda m: pdf(info_created=at(SENT), xmp_created=at(SENT + 28 * 3600)),
        "made before it was sent": lambda m: carried(m, -3600),
        "zone unknown": lambda m: carried(m, 30 * 3600, offset=None),
        "carrier of unknown sender": lambda m: carried(m, 40 * DAY, full=False, part=False),
        "carrier dated by its writer": lambda m: carried(m, 40 * DAY, clocked=False),
        "carrier of a box in other hands": lambda m: carried(m, 40 * DAY, spoiled=True),
        "no dates": lambda m: pdf(),
    },
    "pdf.producer-age": {
        "old paper saved anew": lambda m: pdf(info_created=at(SENT), info_modified=at(SENT + 3000 * DAY), **WRITER),
        "beta": lambda m: pdf(info_created=at(1660780800 - 100 * DAY), **WRITER),
        "fixed zero date": lambda m: pdf(info_created=at(0), **WRITER),
        "not in the table": lambda m: pdf(info_created=at(SENT), producer="Imprimante virtuelle 99"),
        "dated of its own": lambda m: pdf(
            sorting=invoice("2014-03-12"), info_created=at(SENT + 3000 * DAY), **WRITER
        ),
    },
    "pdf.editor": {
        "office program": lambda m: pdf(producer="Microsoft® Word 2016", sorting=invoice()),
        "accounting program": lambda m: pdf(producer="ReportLab PDF Library", creator="Odoo", sorting=invoice()),
    },
    "pdf.fonts": {
        "several subsets": lambda m: pdf(fonts=(PdfFont("Calibri", ("AAAAAA", "BBBBBB"), True),)),
        "habit of the program": lambda m: odd("alone", "BBBBBB+Calibri", "AAAAAA+Calibri", times=6),
    },
    "pdf.text-against-picture": {
        "layer and picture agree": lambda m: layered(SHOWN.replace("1805,00", "11 805,00")),
        "digits joined by recognition": lambda m: layered(SHOWN.replace("1805,00", "11805,00")),
        "unsure word": lambda m: layered(SHOWN, confidence=60),
        "picture hardly read": lambda m: layered("Loyer 1 200,00 Total 1805,00"),
        "no layer": lambda m: layered(SHOWN, compare=(), recognised=()),
    },
    "pdf.page-provenance": {
        "short document": lambda m: pages((1, "DCTDecode", 200, "aa"), (1, "", 0, "")),
        "half of it annexes": lambda m: pages((5, "", 0, ""), (4, "DCTDecode", 200, "aa")),
        "all alike": lambda m: pages((9, "DCTDecode", 200, "aa")),
        "one page across": lambda m: pages((9, "", 0, "")),
    },
    "pdf.hidden-text": {
        "recognised scan": lambda m: pages((3, "DCTDecode", 200, "aa"), recognised=(1, 2, 3)),
        "page numbers stamped on a scan": lambda m: overlay(6, **CANON),
        "nothing hidden": lambda m: pdf("Bonjour"),
    },
    "pdf.scan-marks": {
        "set by an office program": lambda m: pages((3, "", 0, "")),
        "scan turned into text with its pictures": lambda m: pages(
            (3, "", 0, ""), file=CANON | {"pictures": (Picture(b"s" * 32, 9),)}
        ),
    },
}  # fmt: skip
