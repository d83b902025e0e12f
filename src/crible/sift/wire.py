"""What passes between the coordinator and the sandbox: MessagePack, decoded against the model's own types.

Nothing a child says is believed before `msgspec` has checked it against these types; sizes are capped by the pool.
"""

from dataclasses import dataclass, field
from typing import Any

import msgspec

from crible.intake.budget import Budget
from crible.model.designed import Designed
from crible.model.entry import Begin, Closed, End, Entry, Refused, Resume, Slice
from crible.model.evidence import Weighed
from crible.model.facts import Part, Reading
from crible.model.ledger import Reason, State
from crible.model.placed import PlacedPage
from crible.model.sheet import Sheet
from crible.model.signature import Repair, SignatureFacts


@dataclass(frozen=True, slots=True)
class Job:
    """One document to open: a range of one of the task's descriptors."""

    document: int
    offset: int
    length: int
    name: str
    """Cleaned name of its first entry, a hint at most."""
    mail: bool = False
    quoted: bool = False
    resume: Resume | None = None
    """[ordinal, offset] for a walk that was interrupted."""
    attempt: int = 0
    """How often a child died on this document: its first reader may then leave the word to a second."""
    blob: int = 0
    """Number of the task's descriptor."""


@dataclass(frozen=True, slots=True)
class Cross:
    """Two copies of one message: would ours, as stored, verify under the other's signature?

    The task's first descriptor holds ours, the second the other's.
    """

    ours: tuple[int, int]
    """Offset and length."""
    ours_quoted: bool
    other: tuple[int, int]
    signature: SignatureFacts


@dataclass(frozen=True, slots=True)
class Sought:
    """A signature that does not verify as its mail is stored, and what its key shows to have been signed."""

    signature: SignatureFacts
    header_digest: bytes
    """Revealed by the key, which itself stays outside; empty where it reveals none."""


@dataclass(frozen=True, slots=True)
class Mend:
    """A mail to be led back to what was signed: a range of the task's first descriptor."""

    document: int
    offset: int
    length: int
    quoted: bool
    sought: tuple[Sought, ...]
    order: tuple[str, ...] = ()
    """Steps that led back other mails of the same container, most frequent first."""
    passages: tuple[str, ...] = ()
    """What else in the dump has of the same text: quotes and copies."""
    kin: tuple[tuple[int, int, int], ...] = ()
    """Mails of the same conversation: number of the task's descriptor, offset and length."""


@dataclass(frozen=True, slots=True)
class Look:
    """A document to examine: a range of the task's descriptor."""

    document: int
    offset: int
    length: int
    mime: str
    pages: tuple[int, ...] = ()
    """Numbers from 1 of the pages wanted; empty for all."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What an examination found in one document."""

    document: int
    facts: bytes = b""
    """The kind's dataclass of `model.examined`, as MessagePack."""
    text: str = ""
    reason: Reason | None = None
    """Why nothing was found out."""


@dataclass(frozen=True, slots=True)
class PageAsked:
    """A page to be drawn: of a range of the task's descriptor."""

    offset: int
    length: int
    mime: str
    page: int
    width: int
    view: str = "page"
    """`page`, `pixels`, `words`, `inline`, or one of `examiners.page.VIEWS`."""


@dataclass(frozen=True, slots=True)
class PageMade:
    """A page as PNG, as pixels or as words, or why there is none."""

    png: bytes = b""
    pixels: bytes = b""
    """Red, green, blue, row by row: nothing that anybody has to decode."""
    size: tuple[int, int] = (0, 0)
    """Width and height of `pixels`."""
    placed: PlacedPage | None = None
    """Its words with their places; of a picture its size only."""
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class DesignedAsked:
    """A mail's HTML as its writer designed it: of a range of the task's descriptor."""

    offset: int
    length: int
    parts: tuple[Part, ...]
    quoted: str
    """How its From-quoting was read (`MailFacts.unquoting`)."""


@dataclass(frozen=True, slots=True)
class DesignedMade:
    """That HTML, harmless, or why there is none."""

    designed: Designed | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class SheetAsked:
    """A piece of a workbook's sheet: of a range of the task's descriptor."""

    offset: int
    length: int
    mime: str
    sheet: int
    """From 1."""
    row: int
    column: int
    """First ones wanted, from 1."""


@dataclass(frozen=True, slots=True)
class SheetMade:
    """That piece, or why there is none."""

    sheet: Sheet | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A task: documents to open, one after the other, copies to compare, or mails to lead back to what was signed."""

    jobs: tuple[Job, ...] = ()
    crosses: tuple[Cross, ...] = ()
    mends: tuple[Mend, ...] = ()
    budget: Budget = field(default_factory=Budget)
    """Of each container that a job opens."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one job; what its walker listed came before it."""

    document: int
    state: State
    reason: Reason | None = None
    container: str = ""
    closed: Closed | None = None
    reading: Reading | None = None
    weighed: tuple[Weighed, ...] = ()
    silent: tuple[str, ...] = ()
    sketch: bytes = b""
    """Of its text, by which near copies are found (`crible.index.sketch`)."""


@dataclass(frozen=True, slots=True)
class Covered:
    """For each cross asked: does the other's signature cover our stored bytes?"""

    answers: tuple[bool, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Mended:
    """What was reached, mail by mail and signature by signature, in the order asked."""

    repairs: tuple[tuple[Repair, ...], ...]


_TYPES = {
    b"s": tuple[Slice, ...],
    b"b": Begin,
    b"e": End,
    b"r": Refused,
    b"o": Outcome,
    b"x": Covered,
    b"m": Mended,
}
_DECODERS: dict[bytes, msgspec.msgpack.Decoder[Any]] = {
    tag: msgspec.msgpack.Decoder(kind) for tag, kind in _TYPES.items()
}
_TAGS = {Begin: b"b", End: b"e", Refused: b"r", Outcome: b"o", Covered: b"x", Mended: b"m"}
_ENCODER = msgspec.msgpack.Encoder()
_REQUEST = msgspec.msgpack.Decoder(Request)

Message = tuple[Slice, ...] | Begin | bytes | End | Refused | Outcome | Covered | Mended


def encode(message: Entry | tuple[Slice, ...] | Outcome | Covered | Mended) -> bytes:
    """One frame: a tag byte, then the message; a chunk of a member's bytes goes as it is."""
    if isinstance(message, bytes):
        return b"d" + message
    if isinstance(message, tuple):
        return b"s" + _ENCODER.encode(message)
    if isinstance(message, Slice):
        return b"s" + _ENCODER.encode((message,))
    return _TAGS[type(message)] + _ENCODER.encode(message)


def decode(untrusted_frame: bytes) -> Message:
    """The message of a frame; msgspec.DecodeError if it is not one."""
    tag = untrusted_frame[:1]
    if tag == b"d":
        return untrusted_frame[1:]
    if tag not in _DECODERS:
        raise msgspec.DecodeError(f"unknown tag {tag!r}")
    try:
        message: Message = _DECODERS[tag].decode(memoryview(untrusted_frame)[1:])
    except (RecursionError, UnicodeDecodeError) as error:  # what msgspec lets through for deep nesting and bad UTF-8
        raise msgspec.DecodeError(type(error).__name__) from error
    return message


def encode_request(request: Request) -> bytes:
    """A task's request."""
    return _ENCODER.encode(request)


def decode_request(data: bytes) -> Request:
    """A task's request, inside the child."""
    return _REQUEST.decode(data)
