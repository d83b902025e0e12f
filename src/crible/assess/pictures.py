"""A picture that stands in several documents, as a check is told of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pasted:
    """One picture of ours that papers of other issuers hold too, byte for byte."""

    width: int
    height: int
    page: int
    """Of ours, from 1; 0 where the format has none."""
    issuers: tuple[str, ...]
    """As the papers name them, sorted, at least two."""
    others: tuple[str, ...]
    """Ids (SHA-256, hex) of the other documents, sorted."""
    holders: int
    """Documents of the whole dump that hold any picture: what the count is to be seen against."""
