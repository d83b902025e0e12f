"""Every walker against damaged and hostile input: no exception, one account, a row for whatever is listed."""

import binascii
import bz2
import gzip
import io
import lzma
import os
import tarfile
import tracemalloc
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import archive_samples
import outlook_samples
import pst_samples
import py7zr
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crible.intake.budget import Budget
from crible.intake.detect import detect
from crible.intake.kinds import CONTAINER_KINDS
from crible.intake.walk import CONTAINERS, walk
from crible.model.errors import Unreadable
from crible.model.ledger import Reason
from crible.sandbox.window import Window
from crible.words import LANGUAGES, render

SMALL = replace(Budget(), member=1 << 22, produced=1 << 23, memory=1 << 24)
STAMP = b"From ada@campagne.example Thu Apr 20 09:30:00 2017\n"


def _zip(method: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name in ("a.txt", "d/", "b/c.txt"):
            archive.writestr(name, b"Bonjour\n" * 20 * (not name.endswith("/")))
    return file.getvalue()


def _tar(format_: int) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=format_) as archive:
        for name in ("a.txt", "é" * 120, "c"):
            member = tarfile.TarInfo(name)
            member.size, member.linkname = 700, "a.txt"
            if format_ == tarfile.PAX_FORMAT and name == "c":
                member.pax_headers = {"GNU.sparse.size": "900", "GNU.sparse.map": "0,100,200,600"}
            archive.addfile(member, io.BytesIO(b"x" * 700))
    return file.getvalue()


def _sevenzip() -> bytes:
    file = io.BytesIO()
    with py7zr.SevenZipFile(file, "w") as archive:
        archive.writestr(b"Bonjour\n" * 40, "a.txt")
        archive.writestr(b"", "b.txt")
    return file.getvalue()


TEXT = b"Subject: a\n\nBonjour\n" * 30
SOUND = [
    ("mbox", (STAMP + TEXT + b"\n") * 3),
    *(("zip", _zip(method)) for method in (0, 8, 12, 14)),
    *(("tar", _tar(format_)) for format_ in (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT) if format_),
    ("gzip", gzip.compress(TEXT, mtime=0) * 2),
    ("bzip2", bz2.compress(TEXT) * 2),
    ("xz", lzma.compress(TEXT) * 2),
    ("msg", outlook_samples.letter()),
    ("pst", pst_samples.pst({"a": [pst_samples.letter("b", "c")] * 3, "d": []}, (pst_samples.letter("e", "f"),))),
    ("tnef", outlook_samples.winmail()),
    ("7z", _sevenzip()),
]
LIBARCHIVE = [
    ("rar", archive_samples.rar(archive_samples.rar_member(b"a.txt", TEXT))),
    ("cab", archive_samples.cab(a=TEXT, b=b"x")),
    ("lha", archive_samples.lha(a=TEXT, b=b"x")),
    ("iso9660", bytes(32768) + b"\1CD001\1" + bytes(2048)),
]
"""Not damaged here: a fault of the library in C would end the tests, where in a sandbox it ends one child."""


def test_every_kind_that_is_detected_has_a_walker(window):
    assert {kind for kind, _ in SOUND + LIBARCHIVE} == set(CONTAINERS) == CONTAINER_KINDS
    for kind, data in SOUND + LIBARCHIVE:
        assert detect(data[:4096], data[-1024:], "", window(data)) == kind


@given(st.sampled_from(sorted(kind for kind, _ in SOUND)), st.binary(max_size=3000))
def test_random_bytes_end_as_an_account(take, kind, data):
    _taken(take, kind, data)


@given(st.sampled_from(SOUND), st.data())
@settings(max_examples=600)
def test_damaged_containers_end_as_an_account(take, sound, data):
    kind, blob = sound
    damaged = bytearray(blob)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        match data.draw(st.integers(0, 4)):
            case 0:
                damaged[at] = data.draw(st.integers(0, 255))
            case 1:
                del damaged[at : at + data.draw(st.integers(1, 600))]
            case 2:
                damaged[at:at] = data.draw(st.binary(max_size=40))
            case 3:
                damaged[at : at + 8] = b"\xff" * 8
            case 4:
                damaged[at:at] = damaged[at : at + 600]
        if not damaged:
            return
    account = _taken(take, kind, bytes(damaged))
    if kind == "mbox":
        assert account.sliced + account.closed.framing + account.closed.remainder_bytes == len(damaged)


def _taken(take, kind, data):
    """The account; None where nothing could be listed and the whole has a reason instead."""
    try:
        account = take(kind, data, budget=SMALL)
    except Unreadable as fault:
        _worded(fault.reason)
        return None
    _explained(account)
    return account


def _explained(account) -> None:
    """Every reason has its sentence, in both languages."""
    reasons = [member.entry.reason for member in account.members if member.reason]
    for reason in filter(None, [*reasons, account.closed.remainder]):
        _worded(reason)


def _worded(reason: Reason) -> None:
    for language in LANGUAGES:
        assert render("ledger", reason.code, dict(reason.params), language)


def test_a_long_container_is_never_in_memory_whole(tmp_path, account):
    path = tmp_path / "long"
    mail = STAMP + b"Subject: a\n\n" + b"x" * 99 + b"\n"
    tracemalloc.start()
    try:
        for kind in ("mbox", "gzip"):
            with path.open("wb") as raw, gzip.open(raw, "wb", 1) if kind == "gzip" else raw as file:
                for _ in range(30):
                    file.write(mail + b"y" * (1 << 20) + b"\n\n")
            with path.open("rb") as file:
                opened = Window.whole(file.fileno())
                tracemalloc.reset_peak()
                before = tracemalloc.get_traced_memory()[0]
                for _ in walk(kind, opened, "long", Budget()):
                    pass
                assert tracemalloc.get_traced_memory()[1] - before < 8 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.corpora
def test_hostile_archives_end_as_rows_and_write_nothing(unpack, tmp_path, account, monkeypatch):
    unpack("hostile", tmp_path)
    files = [path for path in sorted(tmp_path.rglob("*")) if path.is_file()]
    monkeypatch.chdir(tmp_path)
    before = _listing(tmp_path)
    opened_files: set[str] = set()
    kinds: dict[str, int] = {}
    began = _memory("VmRSS")
    for path in files:
        for window in _windows(path):
            size = min(window.length, 4096)
            kind = detect(window.read(0, size), window.read(window.length - min(size, 1024)), path.name, window)
            kinds[str(kind)] = kinds.get(str(kind), 0) + 1
            if kind:
                opened_files.add(path.name)
                try:
                    _explained(account(walk(kind, window, path.name, Budget()), window, keep=False))
                except Unreadable as fault:
                    _worded(fault.reason)
    assert _listing(tmp_path) == before
    assert {"recursion.tar", "testtar.tar"} <= opened_files
    assert all(kinds[kind] >= 3 for kind in ("zip", "tar", "gzip", "bzip2", "xz"))
    if began is not None:
        assert (_memory("VmHWM") or 0) - began < 256 << 20


def _memory(name: str) -> int | None:
    """Bytes of a line of /proc/self/status; asking the present size makes the peak start from it. None elsewhere."""
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    if name == "VmRSS":
        Path("/proc/self/clear_refs").write_text("5")
    line = next(line for line in status.read_text().splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) << 10


def _listing(root: Path) -> list[tuple[str, int, int]]:
    return [(str(path), path.lstat().st_size, path.lstat().st_mtime_ns) for path in sorted(root.rglob("*"))]


def _windows(path: Path) -> Iterator[Window]:
    """The file, and what it holds uuencoded."""
    with path.open("rb") as file:
        yield Window.whole(file.fileno())
    if path.suffix == ".uu":
        descriptor = os.memfd_create("decoded") if hasattr(os, "memfd_create") else os.open(path, os.O_RDONLY)
        try:
            for line in path.read_bytes().splitlines()[1:]:
                try:
                    os.write(descriptor, binascii.a2b_uu(line))
                except binascii.Error:
                    break
            yield Window.whole(descriptor)
        finally:
            os.close(descriptor)
