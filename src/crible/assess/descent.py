"""Which PDFs of the dump descend from one another, by the identifier that each later save keeps (ISO 32000-2 §14.4)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Descent:
    """PDFs that share the first file identifier with ours and differ in the second."""

    files: int
    """How many others there are."""
    of: int
    """PDFs of the dump that have identifiers at all."""
    others: tuple[str, ...] = ()
    """Ids (SHA-256, hex) of some of them, sorted."""
