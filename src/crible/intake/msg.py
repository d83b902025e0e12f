"""Outlook's .msg files ([MS-OXMSG]): one item each, taken out as the message that it is rebuilt to.

olefile opens the compound file; python-oxmsg was tried: it reads every stream, attachments included, into memory before
the first is asked for, gives the whole file up where one is missing, and knows neither embedded messages nor names.
"""

import re
import struct
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple
from uuid import UUID

import olefile

from crible.intake.budget import Budget, Meter
from crible.intake.outlook import compound, named
from crible.intake.outlook.item import ATTACHMENTS, RECIPIENTS, Attachment, Item
from crible.intake.outlook.properties import FIXED, Fetch, Name, Properties, Value
from crible.intake.outlook.stream import begun, broken, child_name
from crible.model.entry import Begin, Closed, Entry, Refused, Resume
from crible.model.errors import Unreadable
from crible.sandbox.window import Window

PROPERTIES = "__properties_version1.0"
NAMES = "__nameid_version1.0"
_RECIPIENT, _ATTACHMENT = "__recip_version1.0_#", "__attach_version1.0_#"
_BINARY, _OBJECT = "__substg1.0_37010102", "__substg1.0_3701000d"
_MAPPING = tuple(f"__substg1.0_{number:04x}0102" for number in (2, 3, 4))
_NAME = re.compile(r"__substg1\.0_([0-9a-f]{4})([0-9a-f]{4})")
_ROOT, _EMBEDDED, _OTHER = 32, 24, 8
"""Bytes before the entries of a property stream (§2.4.1)."""
_LONGEST = 448 << 20
_LEVELS = 32
"""Storages within storages that are written back into a file of their own."""


def walk(window: Window, name: str, budget: Budget, resume: Resume | None = None) -> Iterator[Entry]:  # noqa: ARG001
    """The one message, then Closed; a file that cannot be opened is a refused member."""
    child = child_name(name)
    try:
        item = opened(window)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 olefile raises anything on damaged files
        fault = error if isinstance(error, Unreadable) else broken("olefile", error)
        yield Refused(0, child, fault.state, fault.reason)
    else:
        begin = Begin(0, child, offset=0, length=window.length, mail=True)
        yield from begun(begin, item, Meter(budget), budget)
    yield Closed(1)


def opened(window: Window) -> Item:
    """The file's item. May raise anything."""
    ole = olefile.OleFileIO(window.stream())
    root = _storage(ole, ole.root)
    return _item(root, _ROOT, _names(root))


class _Storage(NamedTuple):
    """A storage of the compound file."""

    ole: olefile.OleFileIO
    name: str
    streams: dict[str, olefile.olefile.OleDirectoryEntry]
    """By name in lower case (§2.6.4 of [MS-CFB]: names compare without case)."""
    storages: dict[str, olefile.olefile.OleDirectoryEntry]
    clsid: str = ""

    def read(self, name: str, longest: int = _LONGEST) -> bytes:
        """A stream's bytes; raises KeyError where there is none.

        By its entry, since `openstream` looks for the name among all siblings: a thousand recipients took a second.
        """
        entry = self.streams[name]
        data: bytes = self.ole._open(entry.isectStart, entry.size).read(longest)
        return data

    def inner(self, prefix: str = "") -> list["_Storage"]:
        """The storages below it whose names begin so, by name: in the order in which they were numbered."""
        return [_storage(self.ole, self.storages[name]) for name in sorted(self.storages) if name.startswith(prefix)]


def _storage(ole: olefile.OleFileIO, entry: olefile.olefile.OleDirectoryEntry) -> _Storage:
    streams = {kid.name.lower(): kid for kid in entry.kids if kid.entry_type == olefile.STGTY_STREAM}
    storages = {kid.name.lower(): kid for kid in entry.kids if kid.entry_type == olefile.STGTY_STORAGE}
    return _Storage(ole, entry.name, streams, storages, entry.clsid)


def _item(storage: _Storage, skip: int, names: dict[Name, int]) -> Item:
    values = _values(storage, skip)
    if not values:
        raise Unreadable("corrupt", reader="msg", detail=PROPERTIES)
    said = Properties(values, names)
    people = storage.inner(_RECIPIENT)[:RECIPIENTS]
    recipients = [Properties(_values(one, _OTHER), None, said.codec) for one in people]
    attachments, lost = [], []
    for one in storage.inner(_ATTACHMENT)[: ATTACHMENTS + 1]:
        values = _values(one, _OTHER)
        if values:
            attachments.append(_attachment(one, Properties(values, names, said.codec), names))
        else:
            lost.append(one.name)
    return Item(said, "msg", recipients, attachments, lost)


def _attachment(storage: _Storage, said: Properties, names: dict[Name, int]) -> Attachment:
    held = storage.inner(_OBJECT)
    if not held:
        if _BINARY not in storage.streams:
            return Attachment(said, None)
        size = storage.streams[_BINARY].size
        return Attachment(said, partial(storage.read, _BINARY), size=size)
    inner = held[0]
    if PROPERTIES in inner.streams:
        return Attachment(said, None, lambda: _item(inner, _EMBEDDED, names))
    clsid = UUID(inner.clsid).bytes_le if inner.clsid else b""
    return Attachment(said, lambda: compound.written(_tree(inner, 0), clsid))


def _tree(storage: _Storage, level: int) -> compound.Tree:
    """A storage with all it holds; raises ValueError where that is no drawing's size."""
    if level > _LEVELS:
        raise ValueError("storages too deep")
    tree: dict[str, bytes | compound.Tree] = {
        entry.name: storage.read(name, compound.LARGEST) for name, entry in storage.streams.items()
    }
    return tree | {inner.name: _tree(inner, level + 1) for inner in storage.inner()}


def _values(storage: _Storage, skip: int) -> dict[int, Fetch]:
    """The storage's properties: short ones from its property stream, the others from streams of their own (§2.4).

    Streams count even where the property stream does not list them: damaged files are read as far as they go.
    """
    values: dict[int, Fetch] = {}
    table = storage.read(PROPERTIES, 1 << 22)[skip:] if PROPERTIES in storage.streams else b""
    for at in range(0, len(table) - 15, 16):
        kind, number = struct.unpack_from("<HH", table, at)
        if kind in FIXED:
            values[number] = partial(_short, kind, table[at + 8 : at + 16])
    for name in storage.streams:
        if found := _NAME.fullmatch(name):
            values[int(found[1], 16)] = partial(_long, storage, name, int(found[2], 16))
    return values


def _short(kind: int, data: bytes) -> Value:
    return kind, data


def _long(storage: _Storage, name: str, kind: int) -> Value:
    return kind, storage.read(name)


def _names(root: _Storage) -> dict[Name, int]:
    """Named properties by their number in this file; empty where the mapping cannot be read."""
    for storage in root.inner(NAMES):
        if storage.streams.keys() >= set(_MAPPING):
            return named.names(*(storage.read(name, 1 << 22) for name in _MAPPING))
    return {}
