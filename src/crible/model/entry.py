"""What a container's walker says as it goes: the stream from which the ledger's rows are made.

A walker yields, per listed member and in the container's own order, exactly one of

    Slice                        the member's bytes lie unchanged inside the container's bytes
    Begin, bytes*, End           the member was decompressed or decoded; its bytes follow in chunks
    Begin, bytes*, Refused       decoding broke off: the bytes so far are dropped, the reason stays
    Refused                      the member is listed but has no bytes for us (folder, link, encrypted, over budget)

and last, once, `Closed`. `ordinal` counts from 0 over all members, refused ones included.
"""

from dataclasses import dataclass
from typing import NamedTuple

from crible.model.instant import Instant
from crible.model.ledger import Reason, State


@dataclass(frozen=True, slots=True)
class Slice:
    """A member whose bytes are a range of the container (a mail of an mbox, a message/rfc822 part)."""

    ordinal: int
    name: str
    """Cleaned path component, unique in its container (`000123`, `2.1~facture.pdf`, `a/b.txt`)."""
    offset: int
    """Bytes from the start of the container."""
    length: int
    sha256: bytes
    """Of the slice as stored."""
    raw_name: bytes = b""
    mail: bool = False
    """The container vouches that this is a mail (mbox, maildir, message/rfc822), whatever its bytes look like."""
    quoted: bool = False
    """It lies in an mbox, so From-quoting may apply."""
    instants: tuple[Instant, ...] = ()


@dataclass(frozen=True, slots=True)
class Begin:
    """The start of a member that is decoded or decompressed; its bytes follow."""

    ordinal: int
    name: str
    raw_name: bytes = b""
    declared: int | None = None
    """Size the container declares, before anything is produced."""
    offset: int = 0
    """Span of the encoded form in the container, where that is one range (a base64 part)."""
    length: int = 0
    mail: bool = False
    instants: tuple[Instant, ...] = ()


@dataclass(frozen=True, slots=True)
class End:
    """All bytes of the member begun last were produced."""

    produced: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A listed member without bytes for us, and why."""

    ordinal: int
    name: str
    state: State
    reason: Reason
    raw_name: bytes = b""
    declared: int | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """A walker's account, once it is through."""

    listed: int
    """Members the container's own directory or splitter lists."""
    framing: int = 0
    """Bytes between slices (From_ lines, separators, headers of the container), for flat containers."""
    remainder: Reason | None = None
    """Why not everything could be listed (`budget`, `corrupt`); the account then says "at least"."""
    remainder_bytes: int = 0
    """Bytes of a flat container that no member and no framing covers."""


class Resume(NamedTuple):
    """Where a walk that broke off goes on, and what had been taken by then."""

    ordinal: int
    """Of the next member."""
    offset: int
    """End of the last slice taken."""
    sliced: int
    """Bytes of all slices taken: what lies before `offset` and is not theirs is framing or remainder."""


Entry = Slice | Begin | bytes | End | Refused | Closed
