"""What a PDF's own structure tells of how it was made (ISO 32000-2)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """Traces of programs and of later hands."""

    revisions: int = 1
    """Cross-reference sections with an end-of-file mark of their own; a linearised file's two count as one."""
    signatures: int = 0
    ids: tuple[str, ...] = ()
    """The two file identifiers, hex (§14.4)."""
    producer: str = ""
    creator: str = ""
