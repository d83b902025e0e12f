"""AVI: size, duration, codecs, and the strings of its INFO list (Microsoft, "AVI RIFF File Reference")."""

import struct
from collections.abc import Iterator

from crible.extract.guard import reading
from crible.extract.media import said, seconds, stated, told
from crible.model.errors import Unreadable
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.sandbox.window import Window

MIME = "video/x-msvideo"
_INFO = {b"INAM": "title", b"IART": "artist", b"ISFT": "software", b"ICRD": "date", b"ICMT": "comment",
         b"ICOP": "copyright", b"IDIT": "digitized", b"ISRF": "source"}  # fmt: skip
_MOST = 5000


def read(window: Window) -> Reading:
    """Facts of a film; raises Unreadable `corrupt` where its header list is missing."""
    words: dict[str, str] = {}
    codecs: list[str] = []
    size, duration = "", None
    with reading("avi"):
        for kind, at, length in _chunks(window):
            if kind == b"avih" and length >= 40:
                data = window.read(at, 40)
                frame, frames, width, height = (struct.unpack_from("<I", data, where)[0] for where in (0, 16, 32, 36))
                size, duration = f"{width}x{height}", frame * frames / 1e6
            elif kind == b"strh":
                entry = window.read(at + 4, 4)
                codecs.append("".join(chr(byte) for byte in entry if 32 < byte < 127))
            elif kind in _INFO:
                raw = window.read(at, min(length, 4000))
                words.setdefault(_INFO[kind], raw.decode("utf-8", "replace").strip("\0 \r\n"))
        if not size:
            raise Unreadable("corrupt", reader="avi", detail="no header list")
    created = stated(words.get("date", ""))
    facts = FileFacts(
        title=words.get("title", "")[:500],
        author=words.get("artist", "")[:500],
        application=words.get("software", "")[:200],
        created=created,
        instants=(created,) if created else (),
        properties=said(
            codecs=", ".join(dict.fromkeys(filter(None, codecs[:50]))),
            duration=seconds(duration),
            size=size,
            digitized=words.get("digitized", ""),
        ),
    )
    return told(MIME, facts, *(words.get(name, "") for name in ("title", "artist", "comment", "copyright", "source")))


def _chunks(window: Window) -> Iterator[tuple[bytes, int, int]]:
    """Kind, place and length of each chunk; lists are gone into but for the frames themselves (`movi`)."""
    at = 12
    for _ in range(_MOST):
        head = window.read(at, 12)
        if len(head) < 8:
            return
        kind, length = struct.unpack_from("<4sI", head)
        if kind in (b"LIST", b"RIFF") and head[8:12] != b"movi":
            at += 12
            continue
        yield kind, at + 8, length
        at += 8 + length + length % 2
