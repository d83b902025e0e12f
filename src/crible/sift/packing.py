"""Facts in and out of the store's binary columns: MessagePack of the model's own dataclasses, text deflated."""

import zlib
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import msgspec

from crible.model.evidence import Weighed
from crible.model.facts import Reading

T = TypeVar("T")
PLAIN, DEFLATED = b"\0", b"\1"
WORTH = 16 << 10
"""Bytes from which a text is deflated."""
_ENCODER = msgspec.msgpack.Encoder()
_DECODERS: dict[object, msgspec.msgpack.Decoder[object]] = {}


def pack(value: object) -> bytes:
    """Any dataclass of the model."""
    return _ENCODER.encode(value)


def unpack(data: bytes, kind: type[T]) -> T:
    """What `pack` packed, checked against its type."""
    decoder = _DECODERS.get(kind)
    if decoder is None:
        decoder = _DECODERS[kind] = msgspec.msgpack.Decoder(kind)
    return decoder.decode(data)  # type: ignore[return-value]


def pack_reading(reading: Reading) -> tuple[bytes, bytes]:
    """Facts without the text, and the text for its column: deflated where that is worth its time."""
    text = reading.text.encode("utf-8", "replace")
    return pack(replace(reading, text="")), deflate(text) if text else b""


def deflate(text: bytes) -> bytes:
    """A text's column: a mark, then the text. Deflating every mail cost a tenth of its reading for 100 MB saved."""
    return PLAIN + text if len(text) < WORTH else DEFLATED + zlib.compress(text, 1)


def unpack_reading(facts: bytes, text: bytes = b"") -> Reading:
    """A reading again; without its text unless that is given too."""
    reading = unpack(facts, Reading)
    return replace(reading, text=inflate(text)) if text else reading


def inflate(text: bytes) -> str:
    """Text from its column. It was written by us, so its size is already capped."""
    if text[:1] == DEFLATED:
        return zlib.decompress(memoryview(text)[1:]).decode()
    return text[1:].decode()


def pack_local(weighed: Sequence[Weighed], silent: Sequence[str]) -> bytes:
    """The local checks' answers as one value."""
    return pack((weighed, silent))


def unpack_local(data: bytes) -> tuple[tuple[Weighed, ...], tuple[str, ...]]:
    """The local checks' answers."""
    return unpack(data, tuple[tuple[Weighed, ...], tuple[str, ...]]) if data else ((), ())
