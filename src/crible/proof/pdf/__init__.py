"""PDF: signatures, earlier revisions, and what looks otherwise since a signature."""

from crible.proof.pdf.offline import load

load()  # before any module of this package imports pyHanko
