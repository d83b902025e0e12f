"""Takes in what the user named: each file is hashed, kept (or recorded in place) and listed."""

import errno
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import FileIO
from itertools import islice
from pathlib import Path
from threading import Event

from django.db import transaction

from crible.intake.folder import FoundFile, walk_folder
from crible.intake.names import clean
from crible.model.errors import InputError
from crible.model.instant import Clock, Instant
from crible.model.ledger import Reason, State
from crible.sift.commit import Committer, Place
from crible.sift.gather import Member
from crible.sift.origins import parsed, written
from crible.store import bulk
from crible.store.blobs import Blobs
from crible.store.case import Case
from crible.store.models import Entry, Source

BATCH = 200
PIECE = 1 << 20
THREADS = 2
"""Files that are copied and hashed at once: while one waits for the disk, or is hashed, the other goes on."""
Kept = tuple[bytes, int]
"""SHA-256 and size of bytes that were taken."""
FULL = (errno.ENOSPC, errno.EDQUOT)
"""The case's own disk has no room: that ends the sift, where a file that cannot be read is a row."""
LABEL = 240
"""Bytes of a source's label, its number not counted."""


def add(case: Case, paths: Sequence[Path], references: Sequence[Path] = ()) -> None:
    """Record sources that are new to the case; raises InputError for one that cannot be a source.

    What the user brought to compare with is a source of its own; none is both, nor does one lie in the other: the dump
    would be said to come from outside itself.
    """
    for path, reference in (*((path, False) for path in paths), *((path, True) for path in references)):
        location = path.resolve()
        if not location.exists():
            raise InputError("source-missing", path=str(path))
        if location == case.folder or location in case.folder.parents:
            raise InputError("source-holds-case", path=str(path))
        known = Source.objects.filter(location=written(location)).first()
        if any(_lap(location, parsed(other)) for other in _others(reference)):
            raise InputError("reference-is-source" if reference else "source-is-reference", path=str(path))
        if known is None:
            kind = "folder" if location.is_dir() else "file"
            label = _label(os.fsencode(location.name))
            Source.objects.create(label=label, location=written(location), kind=kind, reference=reference)


def _others(reference: bool) -> Iterator[str]:
    yield from Source.objects.filter(reference=not reference).values_list("location", flat=True)


def _lap(one: Path, other: Path) -> bool:
    return one == other or one in other.parents or other in one.parents


def take(
    case: Case,
    committer: Committer,
    tick: Callable[[int, int], None],
    met: Callable[[str], None] = lambda _name: None,
    *,
    in_place: bool,
) -> None:
    """Bring in every source not yet taken; goes on where an earlier run stopped.

    `tick(files, bytes)` counts; `met` is told each file's cleaned name before its bytes are read.
    """
    for source in Source.objects.filter(taken=False).order_by("pk"):
        # By name, not by number: between two runs a file may have come or gone.
        before = {bytes(raw) for raw in Entry.objects.filter(source=source).values_list("raw_name", flat=True)}
        found = (_told(met, file) for file in _listing(parsed(source.location), source) if file.raw_name not in before)
        count = len(before)
        for batch in _batches(found):
            kept = _all_kept(case.blobs, batch, in_place=in_place)
            told = enumerate(zip(batch, kept, strict=True), count)
            members = [_member(committer, file, n, one, in_place=in_place) for n, (file, one) in told]
            with transaction.atomic(using=Entry.objects.db):
                bulk.insert(committer.enter([(Place(None, source, source.label, 0), members)]))
            count += len(batch)
            tick(len(batch), sum(member.size for member in members))
        Source.objects.filter(pk=source.pk).update(taken=True, listed=count)


def _told(met: Callable[[str], None], file: FoundFile) -> FoundFile:
    met(file.name)
    return file


def _label(raw: bytes) -> str:
    """Basename of the source, cleaned, `~2` and so on where another source has it."""
    name = clean(raw, limit=LABEL) if raw else "source"
    label, number = name, 1
    while Source.objects.filter(label=label).exists():
        number += 1
        label = f"{name}~{number}"
    return label


def _listing(location: Path, source: Source) -> Iterator[FoundFile]:
    if source.kind == "folder":
        return walk_folder(location)
    status = location.stat()
    return iter(
        [
            FoundFile(
                path=location, name="", raw_name=os.fsencode(location.name), size=status.st_size, mtime=status.st_mtime
            )
        ]
    )


def _batches(found: Iterator[FoundFile]) -> Iterator[list[FoundFile]]:
    while batch := list(islice(found, BATCH)):
        yield batch


def _member(
    committer: Committer, file: FoundFile, ordinal: int, kept: Kept | Reason | None, *, in_place: bool
) -> Member:
    if kept is None:
        return Member(ordinal, file.name, file.raw_name, state=file.state, reason=file.reason)
    if isinstance(kept, Reason):
        return Member(ordinal, file.name, file.raw_name, state=State.UNREADABLE, reason=kept)
    sha256, size = kept
    if in_place:
        committer.blob(sha256, size, written(file.path))
    instants = (Instant(file.mtime, 0, Clock.MTIME),) if file.mtime is not None else ()
    return Member(ordinal, file.name, file.raw_name, sha256, size, mail=file.mail, instants=instants)


def _all_kept(blobs: Blobs, files: Sequence[FoundFile], *, in_place: bool) -> list[Kept | Reason | None]:
    """What `_kept` says of each file, several at once. What ends one, a second Ctrl-C above all, ends the others."""
    stop = Event()
    with ThreadPoolExecutor(THREADS) as several:
        try:
            return list(several.map(partial(_kept, blobs, stop, in_place=in_place), files))
        except BaseException:
            stop.set()
            several.shutdown(wait=False, cancel_futures=True)
            raise


def _kept(blobs: Blobs, stop: Event, file: FoundFile, *, in_place: bool) -> Kept | Reason | None:
    """Hash the bytes of a file, and keep them unless they stay where they are; why not; None for what has none."""
    if file.state is not None:
        return None
    try:
        with file.path.open("rb", buffering=0) as opened:
            pieces = _pieces(opened, stop)
            return _hashed(pieces) if in_place else _copied(blobs, pieces)
    except OSError as error:
        if error.errno in FULL:
            raise
        return Reason("file-unreadable", {"detail": error.strerror or type(error).__name__})


def _pieces(file: FileIO, stop: Event) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        if stop.is_set():
            raise InterruptedError
        yield piece


def _copied(blobs: Blobs, pieces: Iterable[bytes]) -> Kept:
    with blobs.writing() as writing:
        for piece in pieces:
            writing.write(piece)
        return writing.keep()


def _hashed(pieces: Iterable[bytes]) -> Kept:
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
    return digest.digest(), size
