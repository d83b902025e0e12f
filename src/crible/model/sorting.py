"""What sort of paper a document is, and what of it a newsroom looks up first: amounts, dates, parties, people.

Found by patterns whose reasons are kept; none of it is established.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clue:
    """One reason for a class: a message key of domain `classes` and where it was met."""

    key: str
    text: str = ""
    """What was met, at most 80 characters."""
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money as written."""

    value: str
    """Decimal with a point: `1500.00`."""
    currency: str = ""
    """ISO 4217, empty where none is written."""
    label: str = ""
    """`total`, `net`, `vat`, `line`, `due` …; empty where it stands without one."""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Finance:
    """What a financial paper says of itself."""

    stance: str = ""
    """`announces` (quote, forecast) or `records` (invoice, accounts)."""
    number: str = ""
    """Of the invoice or quote, as written."""
    issuer: str = ""
    recipient: str = ""
    date: str = ""
    """ISO date."""
    due: str = ""
    amounts: tuple[Amount, ...] = ()
    """At most 100."""
    total: str = ""
    net: str = ""
    vat: str = ""
    currency: str = ""
    ibans: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    """SIREN, SIRET, VAT identifiers, normalised."""
    faults: tuple[Clue, ...] = ()
    """What does not add up: sums, rates, check digits, weekdays."""


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody, something or some number named in the text."""

    kind: str
    """`person`, `organisation`, `place`, `address`, `phone`, `email`, `iban`, `nir`, `card`, `siren` …"""
    text: str
    """Normalised, at most 120 characters."""
    count: int = 1
    private: bool = False
    """Personal data that is not published by default."""


@dataclass(frozen=True, slots=True)
class Sorting:
    """The answer for one document."""

    name: str = ""
    """Class: `invoice`, `quote`, `newsletter` …; empty where nothing speaks for any."""
    clues: tuple[Clue, ...] = ()
    """Why, the heaviest first, at most 12."""
    finance: Finance | None = None
    entities: tuple[Entity, ...] = ()
    """At most 200, most frequent first."""
    private: tuple[Clue, ...] = ()
    """What makes it look private (health, minors, shops, intimate); the shelf decides over the whole corpus."""
