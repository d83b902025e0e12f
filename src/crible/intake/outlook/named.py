"""Names of properties that each store numbers itself, in MSG ([MS-OXMSG] §2.2.3) as in PST ([MS-PST] §2.4.7)."""

import struct
from uuid import UUID

from crible.intake.outlook.properties import Name

_KNOWN = ("{00020328-0000-0000-c000-000000000046}", "{00020329-0000-0000-c000-000000000046}")
"""PS_MAPI and PS_PUBLIC_STRINGS, which stand in no table."""
_LONGEST = 512
_MOST = 32_768


def names(guids: bytes, entries: bytes, strings: bytes) -> dict[Name, int]:
    """Property numbers by name, from the streams of property sets, entries and strings."""
    found: dict[Name, int] = {}
    for at in range(0, min(len(entries) - 7, _MOST * 8), 8):
        key, kind, index = struct.unpack_from("<IHH", entries, at)
        name: int | str = key
        if kind & 1:
            length = struct.unpack_from("<I", strings, key)[0] if key + 4 <= len(strings) else 0
            name = strings[key + 4 : key + 4 + min(length, _LONGEST)].decode("utf-16-le", "replace")
        found[Name(_group(guids, kind >> 1), name)] = 0x8000 + index
    return found


def guid(data: bytes) -> str:
    """Sixteen bytes in Windows' notation, lower case."""
    return "{" + str(UUID(bytes_le=data)) + "}" if len(data) == 16 else ""


def _group(guids: bytes, index: int) -> str:
    if index in (1, 2):
        return _KNOWN[index - 1]
    return guid(guids[(index - 3) * 16 : (index - 2) * 16]) if index > 2 else ""
