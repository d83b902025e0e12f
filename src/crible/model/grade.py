"""Grades: the answer for one document, property by property (product.md, section Grades)."""

from dataclasses import dataclass, field
from enum import StrEnum

from crible.model.evidence import Param, Span


class Level(StrEnum):
    """The six answers. Message keys of domain `grades`."""

    CONTRADICTED = "contradicted"
    PROVEN = "proven"
    PARTLY_PROVEN = "partly-proven"
    CORROBORATED = "corroborated"
    QUESTIONED = "questioned"
    UNATTESTED = "unattested"


SIGNS = {
    Level.PROVEN: "●",
    Level.PARTLY_PROVEN: "◐",
    Level.CORROBORATED: "⊕",
    Level.UNATTESTED: "○",
    Level.QUESTIONED: "△",
    Level.CONTRADICTED: "≠",
}
"""Best first. A grade is a word, a sign and, where there is colour, a colour: legible without it."""
VOUCHED = frozenset({Level.PROVEN, Level.PARTLY_PROVEN, Level.CORROBORATED})


@dataclass(frozen=True, slots=True)
class Said:
    """A property's answer: a key of domain `grades` and its parameters."""

    message: str
    params: dict[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Grade:
    """What is answered of one document. Truth is not a field: it is never examined, and every view says so."""

    level: Level
    content: Said
    origin: Said
    delivery: Said
    not_before: str | None = None
    """ISO 8601; by the signer's own clock unless a property says otherwise."""
    not_after: str | None = None
    questions: int = 0
    """Open questions; a question never cancels a signature, and a signature never hides a question."""
    badges: tuple[str, ...] = ()
    """Keys of domain `grades`: `short-key`, `published-key`, `single-source-key`, `user-key`, `unknown-signer` …"""
    spans: tuple[Span, ...] = ()
    reasons: tuple[str, ...] = ()
    """`check:message` keys of the evidence that entered the level, strongest first."""
    would_change: tuple[Said, ...] = ()
    """What would change the answer."""
    limits: tuple[Said, ...] = ()
    """What could not be checked, or is not covered (unsigned To, Content-Type, one-source key)."""
