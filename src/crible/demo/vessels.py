"""Puts mails and files into containers, byte for byte the same each time, and says where each one lies."""

import gzip
import io
import lzma
import re
import tarfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from crible.demo.compose import DAYS, MONTHS
from crible.demo.post import Letter

# RFC 4155 does not quote; "mboxrd" adds one > before every line of the form >*From .
FROM_LINE = re.compile(rb"^(>*From )", re.MULTILINE)
STILL = 1_494_000_000
"""The moment the packers' clock stood at, 5 May 2017, in Unix seconds."""
ZIP_STILL = (2017, 5, 5, 18, 0, 0)


@dataclass(frozen=True, slots=True)
class Stored:
    """A mail as it lies in its container."""

    letter: Letter
    path: str
    """Below the container's own path."""
    data: bytes
    """Without From_ line and separator."""


def mbox(letters: Sequence[Letter]) -> tuple[bytes, list[Stored]]:
    """An mboxrd file with LF line ends, and its mails by ordinal."""
    out, stored = bytearray(), []
    for number, letter in enumerate(letters):
        data = FROM_LINE.sub(rb">\1", _unix(letter.mail.raw))
        if not data.endswith(b"\n"):
            data += b"\n"
        at = letter.at
        sender = letter.draft.sender.address
        day = f"{DAYS[at.weekday()]} {MONTHS[at.month - 1]} {at.day:2} {at:%H:%M:%S %Y}"
        out += f"From {sender} {day}\n".encode() + data + b"\n"
        stored.append(Stored(letter, f"{number:06}", data))
    return bytes(out), stored


def mbox_xz(letters: Sequence[Letter], name: str) -> tuple[bytes, list[Stored]]:
    """The same, compressed; the stream adds a level `name`."""
    data, stored = mbox(letters)
    return lzma.compress(data, preset=6), _below(stored, name)


def maildir(letters: Sequence[Letter]) -> tuple[dict[str, bytes], list[Stored]]:
    """Files by relative path (Maildir++, Sent as `.Envoyes`); LF line ends."""
    files: dict[str, bytes] = {}
    stored = []
    for number, letter in enumerate(letters):
        data = _unix(letter.mail.raw)
        name = f"{int(letter.at.timestamp())}.M{number:06}P{4100 + number % 7}.poste7,S={len(data)}:2,S"
        path = f"{'.Envoyes/' if letter.own else ''}cur/{name}"
        files[path] = data
        stored.append(Stored(letter, path, data))
    return files, stored


def zip_of_mails(letters: Sequence[Letter], folder: str) -> tuple[bytes, list[Stored]]:
    """A zip of .eml files with CRLF line ends."""
    files, stored = {}, []
    counts = {"Reception": 0, "Envoyes": 0}
    for letter in letters:
        kind = "Envoyes" if letter.own else "Reception"
        counts[kind] += 1
        path = f"{folder}/{kind}/{counts[kind]:04}.eml"
        files[path] = letter.mail.raw
        stored.append(Stored(letter, path, letter.mail.raw))
    return zip_of(files), stored


def tar_gz(
    letters: Sequence[Letter], tar_name: str, member: str, others: dict[str, bytes]
) -> tuple[bytes, list[Stored]]:
    """A tar.gz with an mbox and other files inside; the stream adds a level `tar_name`."""
    data, stored = mbox(letters)
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in {**others, member: data}.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime, info.mode = len(content), STILL, 0o644
            archive.addfile(info, io.BytesIO(content))
    return gzip.compress(buffer.getvalue(), 6, mtime=STILL), _below(stored, f"{tar_name}/{member}")


def zip_of(files: dict[str, bytes], stamp: tuple[int, int, int, int, int, int] = ZIP_STILL) -> bytes:
    """A plain zip; `stamp`: year to second of all its entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return buffer.getvalue()


def _below(stored: Sequence[Stored], prefix: str) -> list[Stored]:
    return [Stored(one.letter, f"{prefix}/{one.path}", one.data) for one in stored]


def _unix(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")
