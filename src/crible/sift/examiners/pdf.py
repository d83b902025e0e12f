"""Examination of PDFs that have a history: signatures, earlier revisions, what looks otherwise since a signature."""

from crible.model.examined import PdfExamined
from crible.proof.pdf.examine import examine
from crible.proof.pdf.warm import warm_up
from crible.sandbox.window import Window
from crible.sift.examiners import answering
from crible.sift.wire import Look


def prepare() -> None:
    """Load what would open files later, before the walls go up."""
    warm_up()


def examined(window: Window, asked: Look) -> tuple[PdfExamined, str]:  # noqa: ARG001  whole files of one type only
    """What is found out about one PDF; it has no text beside the reader's. Raises Unreadable."""
    return examine(window), ""


handle = answering(examined)
