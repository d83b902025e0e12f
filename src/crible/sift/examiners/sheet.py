"""A piece of a workbook's sheet as a table, in a child like every reader."""

from collections.abc import Callable, Sequence

import msgspec

from crible.extract.table import piece, warm_up
from crible.model.errors import Unreadable
from crible.sandbox.window import Window
from crible.sift.wire import SheetAsked, SheetMade

_ASKED = msgspec.msgpack.Decoder(SheetAsked)
_ENCODER = msgspec.msgpack.Encoder()


def prepare() -> None:
    """Use the library once before the walls go up."""
    warm_up()


def handle(request: bytes, descriptors: Sequence[int], emit: Callable[[bytes], None]) -> bytes:  # noqa: ARG001
    """One piece, or the reason why there is none."""
    asked = _ASKED.decode(request)
    window = Window(descriptors[0], asked.offset, asked.length)
    try:
        made = SheetMade(piece(window, asked.mime, asked.sheet, asked.row, asked.column))
    except Unreadable as error:
        made = SheetMade(reason=error.reason)
    return _ENCODER.encode(made)
