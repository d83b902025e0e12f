"""What a container of Outlook hands over for one item: its properties, its recipients, its attachments."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from crible.intake.outlook.properties import Properties

MESSAGE_CLASS, SUBJECT = 0x001A, 0x0037
BY_VALUE, EMBEDDED, OLE = 1, 5, 6
"""PidTagAttachMethod ([MS-OXCMSG] §2.2.2.9). 2, 3, 4 and 7 only name a place where a file was."""
DEPTH = 12
"""Messages within messages that are followed; what lies deeper is left out and said to be."""
ATTACHMENTS = 2000
"""Of one item: as many parts as a mail's structure is followed for."""
RECIPIENTS = 20_000


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment; what it holds is only read when asked for."""

    properties: Properties
    data: Callable[[], bytes] | None
    """Its bytes; None where none are stored. May raise anything."""
    embedded: Callable[[], "Item | None"] = lambda: None
    """The message that it is, or None. May raise anything."""
    size: int = 0
    """Bytes of data, as far as known before reading them."""


@dataclass(frozen=True, slots=True)
class Item:
    """One message, contact, appointment, task or note."""

    properties: Properties
    source: str
    """`msg`, `pst` or `tnef`."""
    recipients: Sequence[Properties] = ()
    attachments: Sequence[Attachment] = ()
    lost: Sequence[str] = field(default=())
    """Attachments that the item counts but whose own properties cannot be read: what the reader said of each."""
    state: str = ""
    """`unlisted` for what its folder no longer lists, `orphan` for what has no folder; empty for all others."""
