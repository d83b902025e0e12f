"""A small DKIM signer of the demo's own (RFC 6376 §3.4, §3.7, §5), so that it shares no code with what it tests."""

import base64
import hashlib
import re
from collections.abc import Sequence

from crible.demo.cast import House
from crible.demo.keys import Key

BLANKS = re.compile(rb"[ \t]+")


def dkim_field(
    fields: Sequence[bytes],
    body: bytes,
    house: House,
    key: Key,
    stamp: int,
    domain: str = "",
    length: int | None = None,
) -> bytes:
    """A `DKIM-Signature` field for a mail.

    `fields` are whole header fields with CRLF, top first; `stamp` is t= in Unix seconds, 0 for none; `domain` replaces
    the house's own as d=; `length` is l= in bytes of the canonical body, by default all of it where the house limits.
    """
    header_way, body_way = house.canonical.split("/")
    canonical = canonical_body(body, body_way)
    if house.limits_length and length is None:
        length = len(canonical)
    names = _names(fields, house)
    tags = [
        ("v", "1"),
        ("a", house.algorithm),
        ("c", house.canonical),
        ("d", domain or house.domain),
        ("s", house.selector),
        *([("t", str(stamp))] if stamp else []),
        *([("l", str(length))] if length is not None else []),
        ("h", ":".join(names)),
        ("bh", _base64(hashlib.sha256(canonical[:length]).digest())),
    ]
    empty = b"DKIM-Signature: " + b";\r\n ".join(f"{tag}={value}".encode() for tag, value in tags) + b";\r\n b="
    signed = b"".join(canonical_field(field, header_way) for field in _select(fields, names))
    signature = key.sign(signed + canonical_field(empty + b"\r\n", header_way).removesuffix(b"\r\n"))
    text = _base64(signature)
    return empty + "\r\n  ".join(text[at : at + 70] for at in range(0, len(text), 70)).encode() + b"\r\n"


def canonical_body(body: bytes, way: str) -> bytes:
    """The body as `simple` (§3.4.3) or `relaxed` (§3.4.4) has it."""
    lines = body.split(b"\r\n")
    if way == "relaxed":
        lines = [BLANKS.sub(b" ", line).rstrip(b" ") for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    if not lines and way == "relaxed":
        return b""
    return b"\r\n".join(lines) + b"\r\n"


def canonical_field(field: bytes, way: str) -> bytes:
    """One header field as `simple` (§3.4.1) or `relaxed` (§3.4.2) has it."""
    if way == "simple":
        return field
    name, _, value = field.partition(b":")
    unfolded = BLANKS.sub(b" ", value.replace(b"\r\n", b"")).strip(b" ")
    return name.strip().lower() + b":" + unfolded + b"\r\n"


def field_name(field: bytes) -> str:
    """A header field's name, lower case."""
    return field.partition(b":")[0].strip().lower().decode("ascii")


def _names(fields: Sequence[bytes], house: House) -> list[str]:
    present = [field_name(field) for field in fields]
    names = [name for name in house.signs for _ in range(present.count(name))]
    return [*names, *house.oversigns]


def _select(fields: Sequence[bytes], names: Sequence[str]) -> list[bytes]:
    # §5.4.2: the lowest field of a name first, then upwards; a name without field left adds nothing.
    left: dict[str, list[bytes]] = {}
    for field in fields:
        left.setdefault(field_name(field), []).append(field)
    return [left[name].pop() for name in names if left.get(name)]


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
