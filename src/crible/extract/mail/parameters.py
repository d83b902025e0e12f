"""Content-Type and Content-Disposition: a value and its parameters (RFC 2045 §5.1, RFC 2183, RFC 2231)."""

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from crible.extract.charset import decode

_CAP = 1 << 14
_SECTIONS = 100
_VALUE = re.compile(rb"[^;]*+")
_PARAMETER = re.compile(rb""";\s*+([^\s=;"]++)\s*+(?:=\s*+("(?>(?:[^"\\]++|\\.)*)"|[^;]*+))?""", re.DOTALL)
_ESCAPE = re.compile(rb"\\(.)", re.DOTALL)
_COMMENT = re.compile(rb"\([^()]*+\)")
_EXTENDED = re.compile(rb"([^*]++)(?:\*(\d{1,3}))?(\*)?")


def parameters(raw: bytes) -> tuple[str, dict[str, bytes]]:
    """The value in lower case and its parameters, names in lower case.

    `raw` is the field's value, folded or not; beyond 16 kB it is not read. RFC 2231 continuations are joined and
    percent-encoded values turned into UTF-8; everything else is left as it stands, so that a boundary compares by
    its bytes. Where a parameter stands twice the first counts.
    """
    value, found = _read(raw[:_CAP])
    return value, dict(found)


@lru_cache(maxsize=64)
def _read(raw: bytes) -> tuple[str, dict[str, bytes]]:
    """Kept, since a repair asks a thousand times for the same field, and 6,000 parameters take 11 ms."""
    raw = raw.replace(b"\r", b"").replace(b"\n", b"")
    head = _VALUE.match(raw)
    value = head[0] if head else b""
    if b"(" in value:
        value = _COMMENT.sub(b"", value)
    plain: dict[str, bytes] = {}
    pieces: dict[str, dict[int, tuple[bytes, bool]]] = {}
    for found in _PARAMETER.finditer(raw, len(head[0]) if head else 0):
        name = found[1].lower()
        if b"*" in name:
            _continue(pieces, name, _bare(found[2] or b""))
        else:
            plain.setdefault(name.decode("latin-1"), _bare(found[2] or b""))
    return value.strip().lower().decode("latin-1"), plain | _joined(pieces)


def media_type(value: str) -> str:
    """`type/subtype`, or text/plain where the value is none (RFC 2045 §5.2)."""
    kind, slash, sub = value.partition("/")
    return value if slash and kind and sub and "/" not in sub and " " not in value else "text/plain"


def _bare(value: bytes) -> bytes:
    if value[:1] == b'"':
        value = value[1:-1] if value[-1:] == b'"' and len(value) > 1 else value[1:]
        return _ESCAPE.sub(rb"\1", value) if b"\\" in value else value
    if b"(" in value and value.rstrip().endswith(b")"):
        value = _COMMENT.sub(b"", value)
    return value.strip()


def _continue(pieces: dict[str, dict[int, tuple[bytes, bool]]], name: bytes, value: bytes) -> None:
    found = _EXTENDED.fullmatch(name)
    if found:
        sections = pieces.setdefault(found[1].decode("latin-1"), {})
        if len(sections) < _SECTIONS:
            sections.setdefault(int(found[2] or 0), (value, bool(found[3])))


def _joined(pieces: Mapping[str, Mapping[int, tuple[bytes, bool]]]) -> dict[str, bytes]:
    joined = {}
    for name, sections in pieces.items():
        charset = b""
        value = bytearray()
        for index, (piece, extended) in sorted(sections.items()):
            if extended and index == 0 and piece.count(b"'") >= 2:
                charset, _, piece = piece.split(b"'", 2)
            value += unquote_to_bytes(piece) if extended else piece
        joined[name] = decode(bytes(value), charset.decode("latin-1"))[0].encode() if charset else bytes(value)
    return joined
