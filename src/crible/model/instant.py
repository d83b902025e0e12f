"""A moment as a document states it: what was written, what it means in UTC if known, and whose clock said so."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum


class Clock(StrEnum):
    """Whose clock wrote the moment down."""

    HEADER = "header"
    """The Date header: the sender's machine, or whoever typed it."""
    RECEIVED = "received"
    SIGNATURE = "t="
    """DKIM t=: the signing server."""
    ZIP = "zip"
    EXIF = "exif"
    OFFICE = "office"
    PDF = "pdf"
    MEDIA = "media"
    """A film's or sound's container."""
    MTIME = "mtime"
    """The file system or archive entry; never used as a document's date."""


@dataclass(frozen=True, slots=True)
class Instant:
    """One stated moment.

    `seconds` is Unix time; where no offset was written it is the wall-clock reading taken as if UTC, so compare with
    ±14 h. `offset` is in minutes east of UTC, None where none was written.
    """

    seconds: float
    offset: int | None
    clock: Clock
    raw: str = ""

    def iso(self) -> str:
        """ISO 8601 with the written offset; without any suffix where no offset is known."""
        zone = timezone(timedelta(minutes=self.offset)) if self.offset is not None else UTC
        moment = datetime.fromtimestamp(int(self.seconds), zone)
        return moment.isoformat() if self.offset is not None else moment.replace(tzinfo=None).isoformat()
