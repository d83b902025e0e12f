"""What speaks for a class: a table of phrases and traits with weights."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cues:
    """One class. Phrases are folded: lower case, no accents, no punctuation."""

    name: str
    title: Mapping[str, float] = field(default_factory=dict)
    """Phrases by which such papers call themselves: they count in a title or subject, three quarters in the opening
    words, and nowhere else."""
    text: Mapping[str, float] = field(default_factory=dict)
    """Phrases that such papers hold anywhere; each counts once."""
    traits: Mapping[str, float] = field(default_factory=dict)
    """Traits of form (`crible.extract.classes.traits`)."""
    enough: float = 4.0
    """Weight from which on the class is named."""
