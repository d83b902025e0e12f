"""A leak of a hundred thousand documents for the desk's bench: real mail and files, joined and repeated.

Each repetition has Message-IDs, and the references to them, of its own, so that nothing folds into one family with the
repetition before; bytes differ by that alone. Files come once: the same bytes would be one document.
"""

import lzma
import re
from collections.abc import Iterator
from pathlib import Path

from bench.material import CORPORA, unpack

BOXES = (
    "mail-linux-serial-2020", "mail-linux-serial-2021", "mail-linux-serial-2022", "mail-linux-serial-2023",
    "mail-linux-serial-2024", "mail-usrp-users-2019", "mail-crossposted-alsa-devel",
)  # fmt: skip
FILES = ("office", "pdf", "images", "invoices")
TIMES = 3
IDS = re.compile(rb"(?im)^(message-id|in-reply-to|references)\s*:(.*(?:\r?\n[ \t].*)*)")
_INNER = re.compile(rb"<([^<>\s]{1,900})@")


def make(folder: Path) -> Path:
    """Write it below `folder`; the leak's own folder."""
    leak = folder / "leak"
    for name in FILES:
        unpack(name, leak / name)
    for name in BOXES:
        for number in range(TIMES):
            target = leak / f"boxes-{number}" / f"{name}.mbox"
            target.parent.mkdir(parents=True, exist_ok=True)
            with lzma.open(CORPORA / f"{name}.mbox.xz") as source, target.open("wb") as out:
                for piece in repeated(source, number):
                    out.write(piece)
    return leak


def repeated(source: Iterator[bytes] | lzma.LZMAFile, number: int) -> Iterator[bytes]:
    """The mailbox with the ids of a repetition; the first is the mailbox as it is."""
    header: list[bytes] = []
    heading = False
    for line in source:
        if line.startswith(b"From ") and not heading:
            heading, header = True, []
        if not heading:
            yield line
            continue
        header.append(line)
        if line in (b"\n", b"\r\n"):
            heading = False
            yield renamed(b"".join(header), number)
    yield renamed(b"".join(header), number) if heading else b""


def renamed(header: bytes, number: int) -> bytes:
    """A header whose ids carry the number of the repetition."""
    if not number:
        return header
    mark = b"<\\1.r%d@" % number
    return IDS.sub(lambda found: found[1] + b":" + _INNER.sub(mark, found[2]), header)
