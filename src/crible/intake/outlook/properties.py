"""MAPI properties of one object, decoded when asked for ([MS-OXPROPS], [MS-OXCDATA] §2.11).

MSG, PST and TNEF store the same values in other envelopes, so each container only has to hand over type and bytes.
"""

import struct
from collections.abc import Callable, Mapping
from typing import NamedTuple

from crible.intake.outlook.codepages import WESTERN, codec, locale_codec

INTEGER16, INTEGER32, BOOLEAN, OBJECT, INTEGER64 = 0x0002, 0x0003, 0x000B, 0x000D, 0x0014
STRING8, UNICODE, TIME, GUID, BINARY, DOUBLE, MULTIPLE = 0x001E, 0x001F, 0x0040, 0x0048, 0x0102, 0x0005, 0x1000
FIXED = {INTEGER16: 2, INTEGER32: 4, 0x0004: 4, DOUBLE: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, BOOLEAN: 2,
         INTEGER64: 8, TIME: 8, GUID: 16}  # fmt: skip
"""Bytes of a value whose size is its type's."""

LONGEST = 64 << 20
"""Bytes of one property's value; a longer body is cut there, and the item says that something was left out."""
_EPOCH = 11_644_473_600
"""Seconds between 1601, where FILETIME starts, and 1970."""
_LATEST = 253_402_300_799

INTERNET_CODEPAGE, MESSAGE_CODEPAGE, LOCALE = 0x3FDE, 0x3FFD, 0x3FF1

Value = tuple[int, bytes]
"""Property type and the value's bytes, little endian, as [MS-OXCDATA] §2.11.1 lays them out."""
Fetch = Callable[[], Value]


class Name(NamedTuple):
    """Name of a property whose number each store gives anew ([MS-OXPROPS] §1.3.2)."""

    guid: str
    """Property set, in Windows' notation, lower case."""
    key: int | str


class Properties:
    """The properties of one message, recipient, attachment or folder; unreadable ones count as absent.

    `values` maps a property number to a function that gets its value; `names` the named ones to their number there.
    """

    def __init__(
        self, values: Mapping[int, Fetch], names: Mapping[Name, int] | None = None, fallback: str = ""
    ) -> None:
        self._values = values
        self._names = names or {}
        self._fallback = fallback
        self._codec: str | None = None
        self.unreadable: set[int] = set()
        """Numbers of properties that are listed, asked for and cannot be read."""

    def __contains__(self, number: int) -> bool:
        return number in self._values

    def number(self, name: Name) -> int:
        """The number that a named property has here; 0 where it has none."""
        return self._names.get(name, 0)

    def value(self, number: int) -> Value | None:
        """Type and bytes; None where the property is absent or cannot be read."""
        fetch = self._values.get(number)
        if fetch is None:
            return None
        try:
            kind, data = fetch()
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 libraries raise anything on damaged stores; one property is no reason to stop
            self.unreadable.add(number)
            return None
        if len(data) > LONGEST:
            self.unreadable.add(number)
            data = data[:LONGEST]
        return kind, data

    def data(self, number: int) -> bytes:
        """The value's bytes, of any type; empty if absent."""
        found = self.value(number)
        return found[1] if found else b""

    def text(self, number: int) -> str:
        """A string, without the NUL that ends it in many stores; binary ones are decoded like 8-bit strings."""
        found = self.value(number)
        if found is None:
            return ""
        kind, data = found
        if kind == UNICODE:
            return data[: len(data) & ~1].decode("utf-16-le", "replace").rstrip("\0")
        if kind in (STRING8, BINARY):
            return self.decoded(data.rstrip(b"\0"))
        return ""

    def integer(self, number: int) -> int | None:
        """An integer or boolean."""
        found = self.value(number)
        if found is None or found[0] not in (INTEGER16, INTEGER32, BOOLEAN, INTEGER64):
            return None
        size = min(FIXED[found[0]], len(found[1]))
        return int.from_bytes(found[1][:size], "little", signed=True) if size else None

    def seconds(self, number: int) -> float | None:
        """A moment in Unix seconds; None for what is no date of years 1 to 9999 after 1601."""
        found = self.value(number)
        if found is None or found[0] != TIME or len(found[1]) < 8:
            return None
        ticks = struct.unpack_from("<Q", found[1])[0]
        seconds: float = ticks / 10_000_000 - _EPOCH
        return seconds if ticks and seconds <= _LATEST else None

    @property
    def codec(self) -> str:
        """Python codec of 8-bit strings: message code page, else the container's, the locale's, the internet one.

        The last is the one of the HTML body, which Outlook often gives as UTF-8 beside strings in the locale's.
        """
        if self._codec is None:
            locale = self.integer(LOCALE)
            self._codec = (
                codec(self.integer(MESSAGE_CODEPAGE))
                or self._fallback
                or (locale_codec(locale) if locale else codec(self.integer(INTERNET_CODEPAGE)))
                or WESTERN
            )
        return self._codec

    @property
    def body_codec(self) -> str:
        """Python codec of the HTML body, where it is bytes; empty where the item does not say."""
        return codec(self.integer(INTERNET_CODEPAGE))

    def decoded(self, data: bytes) -> str:
        """8-bit text in the item's code page; bytes that do not fit it are replaced, unless all of it is UTF-8."""
        for name in (self.codec, "utf-8"):
            try:
                return data.decode(name)
            except UnicodeError:
                continue
        return data.decode(WESTERN if self.codec == "utf-8" else self.codec, "replace")
