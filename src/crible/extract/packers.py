"""Which program packed a zip, by what its directory shows: host, versions, flags, order, dates (APPNOTE.TXT 4.4).

Measured on 322 OOXML files of two test suites: 297 fit one of these rules, the others none. A trace of a program only:
gateways, converters and libraries re-pack files.
"""

import zipfile
from collections.abc import Sequence
from datetime import datetime

_NEUTRAL = (1980, 0, 0), (1980, 1, 1), (1980, 1, 0)
_STREAMED = 0x808
"""A data descriptor follows, names are UTF-8: how java.util.zip and LibreOffice's writer store every entry."""
_FAST = 0x6
"""Of the deflate level "super fast", which Office names in each compressed entry."""
_TYPES = "[Content_Types].xml"
_FEW = 3
"""Entries below which an archive has no manner."""
_UNIX_TIMES, _NTFS_TIMES = 0x5455, 0x000A
_FAT, _UNIX = 0, 3


def packer(entries: Sequence[zipfile.ZipInfo]) -> str:
    """The manner of packing, one of those named in `OfficeFacts.packer`; empty where no rule fits all entries."""
    if len(entries) < _FEW:
        return ""
    hosts = {one.create_system for one in entries}
    versions = {one.create_version for one in entries}
    flags = {one.flag_bits & ~1 for one in entries}
    extras = {_extra(one) for one in entries}
    if hosts == {_FAT} and versions == {45} and flags <= {0, _FAST} and extras == {0} and _undated(entries):
        return "microsoft" if entries[0].filename == _TYPES else ""
    if flags == {_STREAMED} and extras == {0}:
        return "streamed"
    if versions == {63} and flags == {0}:
        return "7-zip"
    if hosts == {_UNIX} and versions <= {23, 30} and extras == {_UNIX_TIMES}:
        return "info-zip"
    if hosts == {_UNIX} and versions <= {20, 45} and extras == {0} and flags <= {0, 0x800}:
        return "python"
    return "archiver" if _NTFS_TIMES in extras else ""


def packed(entries: Sequence[zipfile.ZipInfo]) -> tuple[str, str] | None:
    """Earliest and latest wall-clock time of the entries; None where not one bears a date that a clock gave."""
    moments = sorted(moment for one in entries if (moment := _moment(one)) is not None)
    return (moments[0].isoformat(), moments[-1].isoformat()) if moments else None


def _moment(one: zipfile.ZipInfo) -> datetime | None:
    if one.date_time[:3] in _NEUTRAL:
        return None
    try:
        return datetime(*one.date_time)
    except ValueError:  # month 13, second 62: the field is two packed numbers that anybody writes
        return None


def _undated(entries: Sequence[zipfile.ZipInfo]) -> bool:
    return all(one.date_time[:3] in _NEUTRAL for one in entries)


def _extra(one: zipfile.ZipInfo) -> int:
    """The first extra field's number; 0 for none, and for the padding that Office puts before its first part."""
    number = int.from_bytes(one.extra[:2], "little")
    return 0 if number in (0xA220, 0x0001) else number
