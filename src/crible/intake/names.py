"""Member names as paths that can neither escape, nor deceive, nor clash, and that a person still recognises.

The bytes as stored always travel beside the cleaned name, so nothing is lost by what is replaced here.
"""

import re
import unicodedata
from collections.abc import Sequence
from hashlib import sha256

UTF8 = ("utf-8", "cp1252", "latin-1")
"""Unix: UTF-8 today, Western European before."""
ZIP = ("utf-8", "cp437")
"""APPNOTE D.1 says cp437 where the UTF-8 flag is not set, but most Unix tools write UTF-8 without the flag."""

_PLAIN = re.compile(r"[A-Za-z0-9_ ()+,=@~-][A-Za-z0-9_ ()+,=@~.-]*(/[A-Za-z0-9_ ()+,=@~-][A-Za-z0-9_ ()+,=@~.-]*)*")
"""Names that need no look at each character: nearly all."""
_JOINERS = frozenset("\u200c\u200d")
"""Invisible, but Persian and family emoji are written with them."""
_ESCAPED = re.compile(r"%(?=[0-9A-Fa-f]{2})")
_DRIVE = re.compile(r"[A-Za-z]:")
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,15}\Z")


def clean(raw: bytes, *, encodings: Sequence[str] = UTF8, backslash: bool = False, limit: int = 1024) -> str:
    """A relative path with `/` between its components, at most `limit` bytes of UTF-8.

    Empty, `.` and `..` components, drive letters, controls, line ends, invisible and bidirectional marks, and
    backslashes are percent-escaped; one leading `./`, which tar and find write for "here", and the `/` that ends a
    folder's name are dropped. `encodings` are tried in order; `backslash` reads backslashes as separators.
    """
    text = _decoded(raw, encodings)
    if not _PLAIN.fullmatch(text):
        if backslash:
            text = text.replace("\\", "/")
        text = text.removesuffix("/")
        text = text.removeprefix("./")
        text = "/".join(_component(part) for part in text.split("/")) if raw else "unnamed"
        text = _DRIVE.sub(lambda drive: drive[0][0] + "%3A", text, count=1) if _DRIVE.match(text) else text
    return text if len(text) * 4 <= limit else _shortened(text, raw, limit)


class Unique:
    """Makes names unique within one container: a second `a.txt` becomes `a.txt~2`."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def __call__(self, name: str) -> str:
        """The name, numbered if it was given before. The last number of each name is kept: no search restarts."""
        last = self._last
        if name not in last:
            last[name] = 1
            return name
        number = last[name] + 1
        while f"{name}~{number}" in last:
            number += 1
        last[name] = number
        numbered = f"{name}~{number}"
        last[numbered] = 1
        return numbered


def _decoded(raw: bytes, encodings: Sequence[str]) -> str:
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _component(part: str) -> str:
    if part == "":
        return "%2F"
    if part in (".", ".."):
        return "%2E" * len(part)
    part = _ESCAPED.sub("%25", part)
    return "".join(_escaped(c) if _hidden(c) else c for c in part)


def _hidden(character: str) -> bool:
    if character == "\\":
        return True
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") and character not in _JOINERS


def _escaped(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))


def _shortened(text: str, raw: bytes, limit: int) -> str:
    data = text.encode()
    if len(data) <= limit:
        return text
    extension = found[0] if (found := _EXTENSION.search(text)) else ""
    tail = "~" + sha256(raw).hexdigest()[:16] + extension
    return data[: limit - len(tail)].decode(errors="ignore") + tail
