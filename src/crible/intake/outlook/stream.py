"""A rebuilt item as the entries of a walk, alike for every container that holds items."""

import re
from collections.abc import Iterator

from crible.intake.budget import Budget, Meter
from crible.intake.decode import produced
from crible.intake.names import clean
from crible.intake.outlook.item import Item
from crible.intake.outlook.rebuild import rebuilt
from crible.model.entry import Begin, Entry
from crible.model.errors import Unreadable

_UNPRINTABLE = re.compile(r"[^ -~]+")
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")


def begun(begin: Begin, item: Item, meter: Meter, budget: Budget) -> Iterator[Entry]:
    """Begin, the message's bytes, End; or Refused where the container's budget is spent."""
    pieces = rebuilt(item)
    size = sum(map(len, pieces))
    yield from produced(begin, meter.over(_chunks(pieces, budget.chunk), max(begin.length, size)))


def broken(reader: str, error: BaseException) -> Unreadable:
    """Whatever a library raised, as the reason in a row: without addresses, so that exports do not vary."""
    text = _ADDRESS.sub("0x", f"{type(error).__name__}: {error}")
    return Unreadable("corrupt", reader=reader, detail=_UNPRINTABLE.sub(" ", text).strip()[:120])


def child_name(name: str) -> str:
    """`a.msg` holds `a.eml`."""
    last = name.rpartition("/")[2]
    stem, dot, ending = last.rpartition(".")
    return clean(((stem if dot and stem and ending.lower() in ("msg", "oft") else last) or "unnamed").encode()) + ".eml"


def _chunks(pieces: list[bytes], chunk: int) -> Iterator[bytes]:
    """The pieces in chunks of about `chunk` bytes: each is a frame to the coordinator."""
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        for at in range(0, len(piece), chunk):
            part = piece[at : at + chunk]
            if size + len(part) > chunk:
                yield b"".join(held)
                held, size = [], 0
            held.append(part)
            size += len(part)
    if held:
        yield b"".join(held)
