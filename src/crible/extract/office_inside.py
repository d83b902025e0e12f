"""Files inside Office documents, each as a member: embedded parts, objects, packages unwrapped to the file within."""

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import count

from crible.extract import ole_package, rtf, rtf_reader
from crible.extract.compound import Compound
from crible.extract.guard import detail
from crible.extract.ole_package import CAP, File
from crible.extract.ooxml import inflate, is_embedded, natural, open_zip
from crible.extract.ppt import OBJECT, STREAM, STREAM_CAP, walk
from crible.intake import names
from crible.intake.budget import RATIO_FREE, Budget, Meter
from crible.intake.decode import produced
from crible.model.entry import Begin, Closed, Entry
from crible.model.errors import Unreadable
from crible.model.facts import Reading
from crible.model.ledger import Reason
from crible.sandbox.window import Window

MOST = 2_000
"""Members of one document that are listed."""
_KINDS = frozenset({"file", "object"})
_FAULTS = (ValueError, KeyError, IndexError, struct.error, OSError, zipfile.BadZipFile, zlib.error, NotImplementedError)

Files = Callable[[Window], Iterator[tuple[str, bytes | Unreadable]]]
"""Each file's name and bytes, or why it has none."""


def listing(files: Files) -> Callable[[Window, Reading, Budget], Iterator[Entry]]:
    """A walker over what `files` gives, for documents that were found to hold something."""

    def members(window: Window, reading: Reading, budget: Budget) -> Iterator[Entry]:
        if reading.file is None or not any(each.kind in _KINDS for each in reading.file.embedded):
            yield Closed(0)
            return
        # Members may claim the same bytes over and over: all together make no more of the file than one could.
        most = min(budget.produced, max(RATIO_FREE, budget.ratio * window.length))
        meter, unique = Meter(replace(budget, produced=most)), names.Unique()
        listed = 0
        try:
            for given, data in files(window):
                if listed >= min(MOST, budget.entries):
                    yield Closed(listed, remainder=Reason("budget", {"which": "entries", "limit": MOST}))
                    return
                raw = given.encode("utf-8", "replace")[:1024] or b"unnamed"
                name = unique(names.clean(raw, backslash=True, limit=budget.name))
                begin = Begin(listed, name, raw, len(data) if isinstance(data, bytes) else None)
                yield from produced(begin, meter.over(_chunks(data, budget.chunk), window.length))
                listed += 1
        except (*_FAULTS, Unreadable) as error:
            reason = error.reason if isinstance(error, Unreadable) else Reason("corrupt", _params(error))
            yield Closed(listed, remainder=reason)
            return
        yield Closed(listed)

    return members


def _params(error: Exception) -> dict[str, str | int]:
    return {"reader": "embedded", "detail": detail(error)}


def _chunks(data: bytes | Unreadable, size: int) -> Iterator[bytes]:
    if isinstance(data, Unreadable):
        raise data
    for at in range(0, len(data), size):
        yield data[at : at + size]


def of_ooxml(window: Window) -> Iterator[tuple[str, bytes | Unreadable]]:
    """Parts in `embeddings/`; OLE packages (`oleObject1.bin`) as the file they wrap."""
    with open_zip(window) as archive:
        for part in sorted(filter(is_embedded, archive.namelist()), key=natural):
            yield from _taken(posixpath.basename(part), partial(inflate, archive, part, CAP))


def of_odf(window: Window) -> Iterator[tuple[str, bytes | Unreadable]]:
    """`Object N` where it is one file: an OLE storage or another program's. One with a folder is part of the text."""
    with open_zip(window) as archive:
        for name in sorted((each for each in archive.namelist() if each.startswith("Object ")), key=natural):
            if "/" not in name:
                yield from _taken(name, partial(inflate, archive, name, CAP))


def of_ole(window: Window) -> Iterator[tuple[str, bytes | Unreadable]]:
    """Storages of the object pool, or at the root of a workbook, that wrap a file."""
    compound = Compound(window)
    for item in list(compound.items.values()):
        folder, _, name = item.path.rpartition("/")
        if item.storage and (folder == "objectpool" or (not folder and name.startswith("mbd"))):
            yield from _guarded(item.name, partial(ole_package.of_storage, compound, item.path, item.name))


def of_ppt(window: Window) -> Iterator[tuple[str, bytes | Unreadable]]:
    """Objects of a presentation, inflated and unwrapped."""
    data = Compound(window).read(STREAM, STREAM_CAP)
    number = count(1)
    for kind, instance, _, at, stop in walk(data, 0, len(data)):
        if kind == OBJECT:
            yield from _taken(f"object-{next(number)}", partial(_storage, data[at:stop], instance))


def _storage(raw: bytes, instance: int) -> bytes:
    if not instance:
        return raw
    engine = zlib.decompressobj()
    storage = engine.decompress(raw[4:], CAP)
    if engine.unconsumed_tail:
        raise Unreadable("budget", which="part", limit=CAP)
    return storage


def of_rtf(window: Window) -> Iterator[tuple[str, bytes | Unreadable]]:
    """Objects of a Rich Text document."""
    for number, data in enumerate(rtf_reader.objects(window.read(0, rtf.CAP)), 1):
        yield from _guarded(f"object-{number}", partial(ole_package.of_rtf, data, f"object-{number}"))


def _taken(name: str, bytes_of: Callable[[], bytes]) -> Iterator[tuple[str, bytes | Unreadable]]:
    return _guarded(name, lambda: ole_package.of_bytes(bytes_of(), name))


def _guarded(name: str, make: Callable[[], File | None]) -> Iterator[tuple[str, bytes | Unreadable]]:
    """The file if there is one; a broken one costs only itself."""
    try:
        found = make()
    except Unreadable as error:
        yield name, error
    except _FAULTS as error:
        yield name, Unreadable("corrupt", reader="embedded", detail=detail(error))
    else:
        if found is not None:
            yield found
