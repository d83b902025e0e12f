"""What runs inside the children of one kind of examination each: a module per kind, with `prepare` and `handle`.

They are apart from the readers' children because their libraries take long to load or much memory (pyHanko 0.4 s,
Tesseract 0.27 s and 53 MB), and most documents need none of them.
"""

from collections.abc import Callable, Sequence

import msgspec

import crible.extract.charset  # noqa: F401 every codec that some library may name: none can be loaded behind the walls
from crible.model.errors import Unreadable
from crible.model.ledger import Reason
from crible.sandbox.window import Window
from crible.sift.wire import Look, Looked

Examine = Callable[[Window, Look], tuple[object, str]]
"""Given the document's bytes and what is asked of them (its media type, its pages), the kind's dataclass of
`crible.model.examined`, and its text if any. Raises Unreadable."""
Handle = Callable[[bytes, Sequence[int], Callable[[bytes], None]], bytes]

_LOOKS = msgspec.msgpack.Decoder(tuple[Look, ...])
_ENCODER = msgspec.msgpack.Encoder()


def answering(examine: Examine) -> Handle:
    """The entry point of a child that examines: each answer goes out as it comes, the last is the reply."""

    def handle(request: bytes, descriptors: Sequence[int], emit: Callable[[bytes], None]) -> bytes:
        looks = _LOOKS.decode(request)
        for look in looks[:-1]:
            emit(_looked(examine, look, descriptors[0]))
        return _looked(examine, looks[-1], descriptors[0])

    return handle


def _looked(examine: Examine, look: Look, descriptor: int) -> bytes:
    try:
        facts, text = examine(Window(descriptor, look.offset, look.length), look)
    except Unreadable as error:
        return _ENCODER.encode(Looked(look.document, reason=Reason(error.code, dict(error.params))))
    return _ENCODER.encode(Looked(look.document, _ENCODER.encode(facts), text))
