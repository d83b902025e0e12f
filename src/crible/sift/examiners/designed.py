"""Makes a mail's HTML harmless, in a child like every reader: only what came through the lists leaves it."""

from collections.abc import Callable, Sequence

import msgspec

from crible.extract.designed.clean import cleaned
from crible.extract.designed.read import designed
from crible.model.errors import Unreadable
from crible.sandbox.window import Window
from crible.sift.wire import DesignedAsked, DesignedMade

_ASKED = msgspec.msgpack.Decoder(DesignedAsked)
_ENCODER = msgspec.msgpack.Encoder()


def prepare() -> None:
    """Use the cleaner once before the walls go up."""
    cleaned("<p style='color:red'>x", lambda _: None)


def handle(request: bytes, descriptors: Sequence[int], emit: Callable[[bytes], None]) -> bytes:  # noqa: ARG001
    """One mail's HTML, or the reason why there is none."""
    asked = _ASKED.decode(request)
    try:
        made = DesignedMade(designed(Window(descriptors[0], asked.offset, asked.length), asked.parts, asked.quoted))
    except Unreadable as error:
        made = DesignedMade(reason=error.reason)
    return _ENCODER.encode(made)
