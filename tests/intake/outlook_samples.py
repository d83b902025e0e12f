"""Outlook files made up here: MSG storages ([MS-OXMSG]) and TNEF streams ([MS-OXTNEF]), with invented people."""

import struct
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from crible.intake.outlook import compound

TEXT, ANSI, BYTES, LONG, MOMENT, OBJECT, FLAG = 0x1F, 0x1E, 0x102, 3, 0x40, 0xD, 0xB
Properties = dict[tuple[int, int], Any]

HEADERS = (
    "Received: from mx.horizon.example by mx.campagne.example; Thu, 20 Apr 2017 09:30:02 +0200\r\n"
    "From: Ada Ferrand <ada@horizon.example>\r\nTo: Karim Benali <karim@campagne.example>\r\n"
    "Subject: Devis\r\nDate: Thu, 20 Apr 2017 09:30:00 +0200\r\nMessage-ID: <1@horizon.example>\r\n"
    "MIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n"
)


def filetime(seconds: int) -> bytes:
    return struct.pack("<Q", (seconds + 11_644_473_600) * 10_000_000)


def _raw(kind: int, value: Any) -> bytes:
    if kind == TEXT:
        return str(value).encode("utf-16-le")
    if kind == ANSI:
        return value if isinstance(value, bytes) else str(value).encode("cp1252")
    if kind == LONG:
        return struct.pack("<i", value)
    if kind == FLAG:
        return struct.pack("<H", value)
    if kind == MOMENT:
        return filetime(value)
    return bytes(value)


def storage(properties: Properties, head: int, inner: dict[str, Any] | None = None) -> dict[str, Any]:
    """A storage as §2.4 lays it out; `head` bytes stand before the entries of its property stream."""
    tree: dict[str, Any] = dict(inner or {})
    table = b""
    for (number, kind), value in sorted(properties.items()):
        raw = _raw(kind, value)
        if kind in (LONG, FLAG, MOMENT):
            table += struct.pack("<HHI", kind, number, 6) + raw.ljust(8, b"\0")
        else:
            table += struct.pack("<HHIII", kind, number, 6, len(raw), 0)
            tree[f"__substg1.0_{number:04X}{kind:04X}"] = raw
    return tree | {"__properties_version1.0": bytes(head) + table}


def msg(
    properties: Properties,
    recipients: Sequence[Properties] = (),
    attachments: Sequence[dict[str, Any]] = (),
    named: Sequence[tuple[str, int]] = (),
    head: int = 32,
) -> dict[str, Any]:
    """The tree of a message; `named`: property set and identifier of 0x8000, 0x8001 …"""
    inner = {f"__recip_version1.0_#{n:08X}": storage(one, 8) for n, one in enumerate(recipients)}
    inner |= {f"__attach_version1.0_#{n:08X}": one for n, one in enumerate(attachments)}
    groups = sorted({group for group, _ in named})
    guids = b"".join(UUID(group).bytes_le for group in groups)
    entries = b"".join(
        struct.pack("<IHH", key, (groups.index(group) + 3) << 1, n) for n, (group, key) in enumerate(named)
    )
    if head == 32:
        inner["__nameid_version1.0"] = {
            "__substg1.0_00020102": guids, "__substg1.0_00030102": entries, "__substg1.0_00040102": b"",
        }  # fmt: skip
    return storage(properties, head, inner)


def attachment(properties: Properties, held: dict[str, Any] | None = None) -> dict[str, Any]:
    """An attachment; `held` is the storage of a message or an OLE object."""
    return storage(properties, 8, {"__substg1.0_3701000D": held} if held is not None else None)


def file(name: str, data: bytes, **more: Any) -> dict[str, Any]:
    """A file attached by value."""
    tag = {(0x370E, TEXT): more["tag"]} if "tag" in more else {}
    cid = {(0x3712, TEXT): more["cid"]} if "cid" in more else {}
    return attachment({(0x3705, LONG): 1, (0x3707, TEXT): name, (0x3701, BYTES): data} | tag | cid)


def packed(tree: dict[str, Any]) -> bytes:
    """The tree as a file."""
    return compound.written(tree)


def letter(**changes: Any) -> bytes:
    """A mail as it stands in many a mailbox: sent, never received, with two files and a mail attached."""
    inner = msg({(0x001A, TEXT): "IPM.Note", (0x0037, TEXT): "Dedans", (0x1000, TEXT): "plus bas"}, head=24)
    properties = {
        (0x001A, TEXT): "IPM.Note", (0x0037, TEXT): "Budget été", (0x0C1A, TEXT): "Ada Ferrand",
        (0x0C1F, TEXT): "ada@horizon.example", (0x0039, MOMENT): 1_492_673_400, (0x1035, TEXT): "<1@horizon.example>",
        (0x1000, TEXT): "Bonjour,\r\nle budget arrête 400 €.\r\n", (0x3FDE, LONG): 65001,
        (0x1013, BYTES): "<p>Bonjour, le budget arrête 400 €.</p>".encode(),
    } | changes.get("properties", {})  # fmt: skip
    people = [
        {(0x3001, TEXT): "Karim Benali", (0x39FE, TEXT): "karim@campagne.example", (0x0C15, LONG): 1},
        {(0x3001, TEXT): "Étienne", (0x3003, TEXT): "/o=Horizon/cn=etienne", (0x0C15, LONG): 2},
    ]
    attached = [
        file("devis n° 7.pdf", b"%PDF-1.4 rien", tag="application/pdf"),
        file("logo.png", b"\x89PNG" * 3000, tag="image/png", cid="logo@horizon.example"),
        attachment({(0x3705, LONG): 5, (0x3001, TEXT): "Dedans"}, inner),
    ]
    return packed(msg(properties, people, changes.get("attachments", attached)))


def tnef_property(number: int, kind: int, value: Any) -> bytes:
    raw = _raw(kind, value)
    head = struct.pack("<HH", kind, number)
    if kind in (LONG, MOMENT):
        return head + raw
    return head + struct.pack("<II", 1, len(raw)) + raw + bytes(-len(raw) % 4)


def tnef_properties(properties: Properties) -> bytes:
    return struct.pack("<I", len(properties)) + b"".join(
        tnef_property(number, kind, value) for (number, kind), value in properties.items()
    )


def attribute(level: int, number: int, data: bytes) -> bytes:
    return struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def tnef(properties: Properties, attachments: Sequence[tuple[str, bytes, Properties]] = ()) -> bytes:
    """A stream with its message's properties, and per attachment its title, its data and its properties."""
    out = b"\x78\x9f\x3e\x22\x01\x00" + attribute(1, 0x00069007, struct.pack("<Q", 1252))
    out += attribute(1, 0x00069003, tnef_properties(properties))
    for title, data, more in attachments:
        out += attribute(2, 0x00069002, bytes(14)) + attribute(2, 0x00018010, title.encode("cp1252") + b"\0")
        out += attribute(2, 0x0006800F, data) if data else b""
        out += attribute(2, 0x00069005, tnef_properties(more)) if more else b""
    return out


def winmail() -> bytes:
    """A winmail.dat with a text, two files and a message."""
    message = bytes.fromhex("0703020000000000c000000000000046") + tnef(
        {(0x001A, TEXT): "IPM.Note", (0x0037, TEXT): "Dedans", (0x1000, TEXT): "plus bas"}, [("b.bin", b"dedans", {})]
    )
    return tnef(
        {(0x001A, TEXT): "IPM.Note", (0x1013, BYTES): b"<p>Bonjour</p>"},
        [
            ("note.txt", b"Bonjour\n", {(0x3707, TEXT): "note longue.txt"}),
            ("note.txt", b"Rebonjour\n", {(0x3707, TEXT): "note longue.txt"}),
            ("Dedans", b"", {(0x3705, LONG): 5, (0x3701, OBJECT): message}),
        ],
    )
