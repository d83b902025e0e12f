"""The few facts of a reading that the index is told, decoded alone: a tenth of a mail's, in a quarter of the time.

The others (signatures, parts, hops) are passed over unread. Names are those of `model.facts`, whose types the test of
this module holds these against.
"""

import msgspec


class Mailbox(msgspec.Struct, frozen=True, gc=False):
    """See `model.facts.Mailbox`."""

    name: str
    address: str

    def __str__(self) -> str:
        return f"{self.name} {self.address}".strip()


class Mail(msgspec.Struct, frozen=True):
    """Of `model.facts.MailFacts`."""

    message_id: str = ""
    subject: str = ""
    senders: tuple[Mailbox, ...] = ()
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    bcc: tuple[Mailbox, ...] = ()

    @property
    def sender(self) -> str:
        """Address of the first From mailbox."""
        return self.senders[0].address if self.senders else ""


class File(msgspec.Struct, frozen=True, gc=False):
    """Of `model.facts.FileFacts`."""

    title: str = ""


class Finance(msgspec.Struct, frozen=True, gc=False):
    """Of `model.sorting.Finance`."""

    number: str = ""


class Entity(msgspec.Struct, frozen=True, gc=False):
    """Of `model.sorting.Entity`."""

    kind: str
    text: str


class Sorting(msgspec.Struct, frozen=True):
    """Of `model.sorting.Sorting`."""

    name: str = ""
    finance: Finance | None = None
    entities: tuple[Entity, ...] = ()

    @property
    def named(self) -> tuple[tuple[str, str], ...]:
        """Whom and what the text names, and the paper's own number."""
        found = tuple((entity.kind, entity.text) for entity in self.entities)
        return (*found, ("number", self.finance.number)) if self.finance and self.finance.number else found


class Told(msgspec.Struct, frozen=True):
    """Of `model.facts.Reading`."""

    mime: str
    language: str = ""
    wire: bytes = b""
    mail: Mail | None = None
    file: File | None = None
    sorting: Sorting | None = None


class Graded(msgspec.Struct, frozen=True):
    """Of `model.grade.Grade`, as its column holds it: JSON."""

    level: str
    badges: tuple[str, ...] = ()


read = msgspec.msgpack.Decoder(Told).decode
graded = msgspec.json.Decoder(Graded).decode
UNREAD = Told("")
"""Of a document that was not read."""
UNGRADED = Graded("")
"""Of a document that was not weighed."""
