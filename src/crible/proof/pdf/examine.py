"""One PDF with a history: its signatures, its updates, and whether it shows what was signed."""

import re

from crible.extract.guard import reading
from crible.extract.pdf_structure import structure
from crible.model.errors import Unreadable
from crible.model.examined import PdfExamined, PdfSignature
from crible.proof.pdf import opening
from crible.proof.pdf.history import History
from crible.proof.pdf.shadow import Shadows
from crible.proof.pdf.signatures import signatures
from crible.proof.pdf.states import States
from crible.sandbox.window import Window

TAIL = 1 << 20
_OBJECT = re.compile(rb"(?<!\d)\d{1,10}\s{1,4}\d{1,5}\s{1,4}obj\b")


def examine(window: Window) -> PdfExamined:
    """What is found out about the PDF in `window`; bounded work, no file and no network.

    Where pyHanko cannot parse the objects, the states are still held against each other by what pdfium paints. Raises
    Unreadable (`encrypted`, or `corrupt` where neither library opens it).
    """
    laid = structure(window)
    why = ""
    try:
        with reading("pyHanko"):
            reader = opening.objects(window)
    except Unreadable as error:
        if error.code != "corrupt":
            raise
        reader, why = None, str(error.params.get("detail", ""))
    with reading("pdfium"):
        signed = tuple(signatures(reader)) if reader else ()
        if not signed and laid.signatures:
            signed = (PdfSignature("", "unreadable", detail=why or "no form field holds it"),)
        states, history, shadows = States(window, laid, reader), History(), Shadows()
        history.take(states)
        if signed:
            shadows.take(states, signed)
    return PdfExamined(
        signatures=signed,
        revisions=len(states),
        changes=tuple(history.changes),
        shadows=tuple(sorted({view.key for view in shadows.views})),
        history=tuple(history.updates),
        views=tuple(shadows.views),
        loose=len(_OBJECT.findall(window.read(laid.marked, TAIL))),
        uncompared=history.uncompared + shadows.uncompared,
    )
