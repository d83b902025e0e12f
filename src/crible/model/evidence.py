"""Evidence: what one check says of one document, as a message key and parameters, never as a sentence."""

from dataclasses import dataclass, field
from enum import StrEnum


class Says(StrEnum):
    """What a check can answer. Absence, impossibility and failure are never mixed."""

    SUPPORTS = "supports"
    QUESTIONS = "questions"
    SILENT = "silent"
    """It looked and found nothing to say; no support."""
    UNTESTABLE = "untestable"
    """It could not look; the message says what was missing."""


class Strength(StrEnum):
    """How much an answer weighs; words, no figures."""

    DECISIVE = "decisive"
    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"
    NONE = "none"
    """A note: shown, weighs nothing."""


class Bears(StrEnum):
    """Which property of the document the answer is about."""

    CONTENT = "content"
    ORIGIN = "origin"
    TIME = "time"
    DELIVERY = "delivery"


Param = str | int | float | bool | list[str]


@dataclass(frozen=True, slots=True)
class Span:
    """A vouched range: `part` is a part number or header field name, bytes within it; end is exclusive."""

    part: str
    start: int
    end: int
    by: str
    """Signing domain."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One answer. `message` is a key of domain `evidence`; `params` fill its sentence in any language."""

    says: Says
    message: str
    params: dict[str, Param] = field(default_factory=dict)
    where: str = ""
    """`DKIM-Signature[0]`, `part 2.1`, `Date`: where in the document."""
    refs: tuple[str, ...] = ()
    """Ids (SHA-256, hex) of the other documents it rests on."""
    strength: Strength | None = None
    """Where this answer is weaker than the check's own strength."""
    bears_on: Bears | None = None
    """Where this answer is about another property than the check's own."""
    spans: tuple[Span, ...] = ()
    """Exact ranges this answer vouches for, if it does."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """Evidence with the check it came from, as stored, graded and exported."""

    check: str
    """`mail.dkim`."""
    version: int
    evidence: Evidence
    strength: Strength
    bears_on: Bears
