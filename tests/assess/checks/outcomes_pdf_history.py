"""Cases of the checks of PDF histories: later saves, signatures, what looks otherwise, common ancestors."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from crible.assess.descent import Descent
from crible.assess.relations import Relations
from crible.model.examined import PDF, Examined, PdfChange, PdfExamined, PdfRevision, PdfSignature, PdfView
from crible.model.facts import Reading
from crible.model.files import FileFacts

Case = Callable[[Any], tuple[Reading, Relations]]
FILE = Reading("application/pdf", text="Facture", file=FileFacts())
SIGNED = PdfSignature(
    "Signature1", "pass", "file", "none", 1, "Claire Morel", "Autorité de Test", 1_490_000_000,
    fingerprint="ab" * 32, fits=True, valid_then=True, digest="sha256", end=4_096,
)  # fmt: skip
REFUSED = replace(SIGNED, coverage="revision", modified="other", fits=False, detail="unexplained objects")


def pdf(*signatures: PdfSignature, **found: Any) -> tuple[Reading, Relations]:
    return FILE, Relations(examined=Examined(pdf=PdfExamined(signatures, **found)))


def saved(*changes: PdfChange, did: tuple[str, ...] = ("pages",), **found: Any) -> tuple[Reading, Relations]:
    return pdf(revisions=2, changes=changes, history=(PdfRevision(1, did),), **found)


def page(kind: str, before: str = "", after: str = "") -> tuple[Reading, Relations]:
    return saved(PdfChange(1, 3, before, after, (kind,)))


def looks(key: str) -> tuple[Reading, Relations]:
    view = PdfView(key, 2, "douze mille euros", "deux mille euros", "montant")
    return pdf(SIGNED, shadows=(key,), views=(view,))


OUTCOMES: dict[str, dict[str, Case]] = {
    "pdf.revisions": {
        "revision-replaced": lambda _: page("words", "Total 58 214,00 EUR", "Total 18 214,00 EUR"),
        "revision-removed": lambda _: page("words", "sous réserve d’accord", ""),
        "revision-added": lambda _: page("words", "", "Reçu le 14 mars"),
        "revision-look": lambda _: page("image"),
        "revision-field": lambda _: saved(PdfChange(1, 0, "10 EUR", "9 000 EUR", ("field",)), did=("form",)),
        "revision-page-removed": lambda _: page("page-removed", "Annexe secrète"),
        "revision-page-added": lambda _: page("page-added", "", "Annexe"),
        "revision-recognised": lambda _: page("recognised", "", "Procès-verbal"),
        "revision-unseen": lambda _: page("unseen", "fi", "ﬁ"),
        "revision-more": lambda _: saved(*(PdfChange(1, n, f"{n} EUR", f"{n}0 EUR", ("words",)) for n in range(1, 20))),
        "revision-calm": lambda _: saved(did=("form", "signature")),
        "revision-uncompared": lambda _: saved(uncompared=3),
    },
    "pdf.signature": {
        "pdf-signed-file": lambda _: pdf(SIGNED),
        "pdf-signed-revision": lambda _: pdf(replace(SIGNED, coverage="revision", modified="form")),
        "pdf-stamped-file": lambda _: pdf(replace(SIGNED, kind="timestamp")),
        "pdf-stamped-revision": lambda _: pdf(replace(SIGNED, kind="timestamp", coverage="revision")),
        "pdf-changed-after": lambda _: pdf(REFUSED),
        "pdf-signature-part": lambda _: pdf(replace(SIGNED, coverage="part", fits=False)),
        "pdf-loose-objects": lambda _: pdf(replace(SIGNED, coverage="revision"), loose=2),
        "pdf-signature-altered": lambda _: pdf(replace(SIGNED, word="altered")),
        "pdf-commented-after": lambda _: pdf(REFUSED, history=(PdfRevision(1, ("annotations", "metadata")),)),
        "pdf-later-unread": lambda _: pdf(replace(SIGNED, coverage="revision", fits=None, detail="no stream")),
        "pdf-signature-unreadable": lambda _: pdf(PdfSignature("S", "unreadable", detail="no CMS")),
        "pdf-self-issued": lambda _: pdf(replace(SIGNED, self_issued=True)),
        "pdf-certificate-not-valid": lambda _: pdf(replace(SIGNED, valid_then=False)),
        "pdf-embedded-stamp": lambda _: pdf(replace(SIGNED, stamped=1_490_000_100, stamper="Horloge de Test")),
        "pdf-old-digest": lambda _: pdf(replace(SIGNED, digest="sha1")),
        "pdf-not-examined": lambda _: (replace(FILE, file=FileFacts(wants=(PDF,))), Relations()),
    },
    "pdf.shadow": {
        "shadow-revealed": lambda _: looks("revealed"),
        "shadow-content": lambda _: looks("content"),
        "shadow-field-removed": lambda _: looks("field-removed"),
        "shadow-note-covers": lambda _: looks("note-covers"),
        "shadow-words-covered": lambda _: looks("words-covered"),
        "shadow-fields-overlap": lambda _: looks("fields-overlap"),
        "shadow-look": lambda _: looks("look"),
        "shadow-field-swapped": lambda _: looks("field-swapped"),
        "shadow-seal-covers": lambda _: looks("seal-covers"),
    },
    "pdf.lineage": {
        "pdf-descent": lambda _: (FILE, Relations(descent=Descent(3, 40, ("a" * 64,)))),
    },
}
INNOCENT: dict[str, dict[str, Case]] = {
    "pdf.revisions": {
        "saved once": lambda _: pdf(),
        "signed, and never saved again": lambda _: pdf(SIGNED),
        "never examined, as one state is all it has": lambda _: (FILE, Relations()),
    },
    "pdf.signature": {
        "no signature": lambda _: saved(PdfChange(1, 1, "1", "2", ("words",))),
        "never examined, as nothing asks for it": lambda _: (FILE, Relations()),
    },
    "pdf.shadow": {
        "signed twice, looks the same": lambda _: pdf(replace(SIGNED, coverage="revision", modified="form"), SIGNED),
        "unsigned and saved again": lambda _: saved(PdfChange(1, 1, "1", "2", ("words",))),
    },
    "pdf.lineage": {"no other file of its descent": lambda _: (FILE, Relations())},
}
