"""How a rebuilt message's body is laid out, and whether the Content- fields that travelled may stay.

They stay where what can be rebuilt is what they announce: a signature that covers Content-Type then still says what
it says of the header, and a plain mail of one part may even come out as it was sent.
"""

import re
from binascii import b2a_base64, b2a_qp
from typing import NamedTuple

from crible.intake.outlook.bodies import Bodies
from crible.intake.outlook.fields import Field

_TYPE = re.compile(rb"\s*([\w.+-]{1,60}/[\w.+-]{1,60})")
_BOUNDARY = re.compile(rb"""boundary\s{0,9}=\s{0,9}(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))""", re.I)
_CHARSET = re.compile(rb"""charset\s{0,9}=\s{0,9}(?:"([^"\r\n]{1,60})"|([^\s;"]{1,60}))""", re.I)
_USUAL = re.compile(rb"[0-9A-Za-z'()+_,./:=?-][0-9A-Za-z'()+_,./:=? -]{0,68}[0-9A-Za-z'()+_,./:=?-]")
_IDENTITY = (b"", b"7bit", b"8bit", b"binary")
_SIGNED = ("multipart/signed", "multipart/encrypted")
"""What these cover is not what can be rebuilt: kept, they would make an honest signature look broken."""
_CHARSETS = {"us-ascii": "ascii", "iso-8859-1": "cp1252", "windows-1252": "cp1252", "utf-8": "utf-8"} | {
    f"windows-{n}": f"cp{n}" for n in (1250, 1251, 1253, 1254, 1255, 1256, 1257)
}
"""Closed, since most of Python's codecs are not loaded in the sandbox."""


class Kept(NamedTuple):
    """The announced structure, where it fits."""

    boundary: bytes = b""
    """Of a multipart; empty for a message of one part."""
    alternative: bool = False
    """The multipart's own parts are the versions of one text."""
    body: bytes = b""
    """The one part's bytes, encoded."""


def announced(fields: list[Field], bodies: Bodies, *, extra: bool, enclosed: bool) -> Kept | None:
    """The stored Content- fields' structure, if it can be kept, else None.

    `extra`: there is more than texts (attachments, properties); `enclosed`: messages among it, whose bytes stand
    unencoded, so that a boundary that somebody chose could stand in them.
    """
    types = [raw.split(b":", 1)[1] for name, raw in fields if name == b"content-type"]
    encodings = [raw.split(b":", 1)[1] for name, raw in fields if name == b"content-transfer-encoding"]
    if len(types) != 1 or len(encodings) > 1 or not (found := _TYPE.match(types[0])):
        return None
    mime = found[1].decode().lower()
    encoding = encodings[0].strip().lower() if encodings else b""
    if mime.startswith("multipart/"):
        return _multipart(mime, types[0], encoding, extra=extra, enclosed=enclosed)
    if extra or bodies.rtf is not None:
        return None
    body = _single(mime, types[0], bodies)
    encoded = _encoded(body, encoding) if body is not None else None
    return Kept(body=encoded) if encoded is not None else None


def _multipart(mime: str, value: bytes, encoding: bytes, *, extra: bool, enclosed: bool) -> Kept | None:
    if mime in _SIGNED or enclosed or encoding not in _IDENTITY or (extra and mime == "multipart/alternative"):
        return None
    found = _BOUNDARY.search(value)
    boundary = (found[1] or found[2]) if found else b""
    return Kept(boundary, mime == "multipart/alternative") if _USUAL.fullmatch(boundary) else None


def _single(mime: str, value: bytes, bodies: Bodies) -> bytes | None:
    found = _CHARSET.search(value)
    charset = (found[1] or found[2]).decode("ascii", "replace").lower() if found else "us-ascii"
    codec = _CHARSETS.get(charset, "")
    try:
        if mime == "text/plain" and bodies.plain is not None and (bodies.html is None or bodies.plain_native):
            return bodies.plain.encode(codec) if codec else None
        if mime == "text/html" and bodies.html is not None:
            if charset == bodies.charset or not bodies.codec:
                return bodies.html
            return bodies.html.decode(bodies.codec).encode(codec) if codec else None
    except UnicodeError:
        pass
    return None


def _encoded(body: bytes, encoding: bytes) -> bytes | None:
    if encoding == b"quoted-printable":
        return b2a_qp(body, istext=True)
    if encoding == b"base64":
        return base64(body)
    if encoding == b"7bit" and not body.isascii():
        return None
    return body if encoding in _IDENTITY else None


def base64(data: bytes) -> bytes:
    """Lines of 76 characters and CRLF (RFC 2045 §6.8)."""
    step = 57
    return b"".join(b2a_base64(data[at : at + step], newline=False) + b"\r\n" for at in range(0, len(data), step))


def text_part(mime: str, data: bytes, charset: str, *, opaque: bool) -> tuple[bytes, bytes]:
    """Content- fields and encoded bytes of a text; `opaque`: base64 even where plain lines would do."""
    head = f"Content-Type: {mime}" + (f"; charset={charset}" if charset else "") + "\r\n"
    if not opaque and data.isascii() and b"\0" not in data and max(map(len, data.split(b"\n")), default=0) < 990:
        return f"{head}Content-Transfer-Encoding: 7bit\r\n".encode(), re.sub(rb"\r\n|\r|\n", b"\r\n", data)
    return f"{head}Content-Transfer-Encoding: base64\r\n".encode(), base64(data)
