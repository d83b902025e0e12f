"""A mail's header fields in their order: as stored, as decoded, and what each usual one is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crible import words
from crible.extract.mail.fields import Field, split_header
from crible.extract.mail.words import text, unfold
from crible.model.facts import Hop, MailFacts
from crible.web.queries.passages import safe
from crible.web.queries.stored import legible, window
from crible.web.served import Served

WINDOW = 256 << 10
"""Bytes of a header block that are shown."""
FIELDS = 400
VALUE = 6_000
"""Characters of one field."""
FAMILIES = ("arc-", "list-", "resent-", "x-ms-", "x-microsoft-", "x-spam", "x-google-", "x-mailman-", "x-crible-")
"""Beginnings of names that share an explanation, whose key they are."""
USUAL = (
    "return-path", "received", "from", "sender", "reply-to", "to", "cc", "bcc", "subject", "date", "message-id",
    "in-reply-to", "references", "mime-version", "content-type", "content-transfer-encoding", "content-language",
    "content-disposition", "dkim-signature", "domainkey-signature", "arc-seal", "arc-message-signature",
    "arc-authentication-results", "authentication-results", "received-spf", "delivered-to", "x-original-to",
    "envelope-to", "x-received", "x-google-dkim-signature", "x-google-smtp-source", "x-gm-message-state", "x-mailer",
    "user-agent", "x-originating-ip", "thread-index", "thread-topic", "x-priority", "importance", "precedence",
    "auto-submitted", "list-id", "list-unsubscribe", "disposition-notification-to", "status", "x-status", "x-uid",
    "x-mozilla-status", "x-gmail-labels", "x-gm-thrid", "x-apparently-to",
)  # fmt: skip
"""Names with an explanation of their own: keys of domain `headers`."""


@dataclass(frozen=True, slots=True)
class Line:
    """One field."""

    name: str
    """As written."""
    raw: str
    """Folds and all."""
    decoded: str
    """What a reader sees, where that differs; else empty."""
    cut: bool
    explained: str
    """Key of domain `headers`, at the first field of that name; else empty."""
    hop: int = 0
    """Of a Received field: its place on the way, from 1; 0 for any other field."""
    late: float | None = None
    """Seconds after the stop before it, by the clocks of both; None where either wrote no date."""


@dataclass(frozen=True, slots=True)
class Headers:
    """The block as far as it is shown."""

    lines: tuple[Line, ...]
    hops: int
    more: int
    """Fields left out."""
    beyond: int
    """Bytes of the block beyond the window."""


def headers(served: Served, pk: int, mail: MailFacts) -> Headers:
    """Read from the stored bytes; InputError where bytes left in place changed."""
    with window(served, pk) as stored:
        block = stored.read(0, min(mail.header_end, WINDOW))
    fields = split_header(block).fields
    received = [field.start for field in fields if field.name == "received"]
    return Headers(
        tuple(_lines(fields[:FIELDS], received, mail.hops)),
        len(received),
        max(0, len(fields) - FIELDS),
        max(0, mail.header_end - WINDOW),
    )


def _lines(fields: Sequence[Field], received: Sequence[int], hops: Sequence[Hop]) -> Iterator[Line]:
    met: set[str] = set()
    for field in fields:
        key = explanation(field.name)
        place = received.index(field.start) if field.name == "received" else -1
        raw, decoded = safe(legible(field.value).strip("\r\n ")), safe(text(field.value))
        yield Line(
            name=legible(field.raw[: len(field.name)]),
            raw=raw[:VALUE],
            decoded=decoded[:VALUE] if decoded != safe(unfold(field.value)) else "",
            cut=len(raw) > VALUE,
            explained=key if key and key not in met else "",
            hop=len(received) - place if place >= 0 else 0,
            late=_late(hops, place),
        )
        met.add(key)


def explanation(name: str) -> str:
    """The key of domain `headers` for a (lower-case) field name; empty where there is none."""
    if name in USUAL:
        return name
    return next((f"family-{family.strip('-')}" for family in FAMILIES if name.startswith(family)), "")


def _late(hops: Sequence[Hop], place: int) -> float | None:
    """Received fields stand newest first: the one below was written before."""
    if not 0 <= place < len(hops) - 1:
        return None
    now, before = hops[place].seconds, hops[place + 1].seconds
    return now - before if now is not None and before is not None else None


def explained(key: str, language: str) -> str:
    """The explanation's words."""
    return words.render("headers", key, {}, language)
