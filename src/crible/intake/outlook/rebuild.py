"""An item of Outlook as a message of the Internet (RFC 5322, RFC 2045), so that all that is asked of mails is asked.

The bytes are ours, not the sender's: a first field says so (docs/decisions/0006-outlook-items.md). They depend on the
item and on `FORM` alone: no clock, no chance, boundaries from the parts' own digest.
"""

import re
from collections.abc import Iterable
from hashlib import sha256

from crible.intake.outlook import fields
from crible.intake.outlook.bodies import Bodies, bodies
from crible.intake.outlook.details import details
from crible.intake.outlook.item import ATTACHMENTS, BY_VALUE, DEPTH, EMBEDDED, MESSAGE_CLASS, OLE, Attachment, Item
from crible.intake.outlook.layout import Kept, announced, base64, text_part
from crible.intake.outlook.properties import Properties

MARK = "X-Crible-Rebuilt"
FORM = 1
"""Raised when the same item would come out as other bytes: an item's identity changes with it."""
LARGEST = 448 << 20
"""Bytes of a rebuilt message; what is attached beyond is left out. Parsing stops at 512 MiB a mail."""

METHOD, LONG_NAME, SHORT_NAME, PATH = 0x3705, 0x3707, 0x3704, 0x3708
_TAG, _ID, _LOCATION = 0x370E, 0x3712, 0x3713
_MIME = re.compile(r"(?!multipart/|message/)[a-z]{1,40}/[\w.+-]{1,100}", re.I)
_SIGNED_CLASS = "ipm.note.smime.multipartsigned"
_ENTITY = re.compile(rb"content-type:[ \t]{0,9}multipart/signed", re.I)
_BLANK = re.compile(rb"\r?\n\r?\n")
_TOKEN = re.compile(r"[!-;=?-~]{1,200}")

CORRUPT, REFERENCE, BUDGET, DEEP, MISSING = "corrupt", "reference", "budget", "depth", "missing"
"""Why an attachment is left out."""


class Parts:
    """The parts of one message as they are gathered, and what had to be left out."""

    def __init__(self, room: int) -> None:
        self.room = room
        """Bytes still free in the whole message."""
        self.pieces: list[list[bytes]] = []
        self.left_out: list[tuple[str, str]] = []
        """Name of an attachment, and why it is not here."""
        self.enclosed = False

    def add(self, head: bytes, body: Iterable[bytes]) -> None:
        """One part: its fields without the empty line, and its encoded body."""
        self.pieces.append([head + b"\r\n", *body])
        self.room -= sum(map(len, self.pieces[-1]))


def rebuilt(item: Item) -> list[bytes]:
    """The message in pieces, at most `LARGEST` bytes. Raises nothing but MemoryError, whatever the item holds."""
    return _message(item, LARGEST, 0)


def _message(item: Item, room: int, depth: int) -> list[bytes]:
    stored = fields.stored(item)
    if entity := _signed_entity(item, room):
        return [*_head(item, _without_content(stored), []), *entity]
    said = bodies(item.properties)
    extra = Parts(room - _size(said))
    if lines := details(item):
        extra.pieces.append(_part("text/plain", lines.encode("utf-8", "replace"), "utf-8", opaque=True))
    attached = Parts(extra.room)
    for attachment in item.attachments[:ATTACHMENTS]:
        _attach(attached, attachment, depth)
    attached.left_out += [("", CORRUPT)] * len(item.lost)
    attached.left_out += [("", BUDGET)] * (len(item.attachments) - ATTACHMENTS)
    if said.lost:
        attached.left_out.append(("", CORRUPT))
    more = bool(extra.pieces or attached.pieces)
    kept = announced(stored, said, extra=more, enclosed=attached.enclosed)
    if kept and not kept.boundary:
        return [*_head(item, stored, attached.left_out), b"\r\n", kept.body]
    texts = _texts(said, opaque=kept is not None)
    if not texts and not extra.pieces:
        texts = [_part("text/plain", b"", "us-ascii", opaque=False)]
    return _multipart(item, stored, kept, texts, extra.pieces, attached)


def _multipart(
    item: Item,
    stored: list[fields.Field],
    kept: Kept | None,
    texts: list[list[bytes]],
    extra: list[list[bytes]],
    attached: Parts,
) -> list[bytes]:
    seed = _seed([*texts, *extra, *attached.pieces])
    if kept:
        parts = texts if kept.alternative else [*extra, *_alternative(texts, seed), *attached.pieces]
        return [*_head(item, stored, attached.left_out), b"\r\n", *_joined(parts, kept.boundary)]
    head = _head(item, _without_content(stored), attached.left_out)
    whole = [*extra, *_alternative(texts, seed), *attached.pieces]
    if len(whole) == 1 and not attached.pieces:
        return [*head, *whole[0]]
    boundary = f"=_crible-{seed}".encode()
    kind = b'Content-Type: multipart/mixed;\r\n boundary="' + boundary + b'"\r\n\r\n'
    return [*head, kind, *_joined(whole, boundary)]


def _head(item: Item, stored: list[fields.Field], left_out: list[tuple[str, str]]) -> list[bytes]:
    """The header without the empty line: our fields, where a signature looks last, the stored ones, the made ones."""
    have = {name for name, _ in stored}
    made = [raw for name, raw in fields.made(item) if name not in have]
    ours = [fields.field(MARK, f"{item.source}/{FORM}"), *(raw for _, raw in fields.about(item))]
    ours += [fields.field("X-Crible-Left-Out", f"{why} {name}".strip()) for name, why in left_out[:100]]
    mime = [] if b"mime-version" in have else [b"MIME-Version: 1.0\r\n"]
    return [*ours, *(raw for _, raw in stored), *made, *mime]


def _texts(said: Bodies, *, opaque: bool) -> list[list[bytes]]:
    """The versions of the text, plainest first (RFC 2046 §5.1.4)."""
    found = []
    if said.plain is not None:
        charset = "us-ascii" if said.plain.isascii() else "utf-8"
        found.append(_part("text/plain", said.plain.encode("utf-8", "replace"), charset, opaque=opaque))
    if said.html is not None:
        found.append(_part("text/html", said.html, said.charset, opaque=opaque))
    if said.rtf is not None:
        head = b'Content-Type: application/rtf; name="body.rtf"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        found.append([head, base64(said.rtf)])
    return found


def _part(mime: str, data: bytes, charset: str, *, opaque: bool) -> list[bytes]:
    head, body = text_part(mime, data, charset, opaque=opaque)
    return [head + b"\r\n", body]


def _without_content(stored: list[fields.Field]) -> list[fields.Field]:
    return [field for field in stored if not field[0].startswith(b"content-")]


def _alternative(texts: list[list[bytes]], seed: str) -> list[list[bytes]]:
    if len(texts) < 2:
        return texts
    boundary = f"=_crible-{seed}-a".encode()
    kind = b'Content-Type: multipart/alternative;\r\n boundary="' + boundary + b'"\r\n\r\n'
    return [[kind, *_joined(texts, boundary)]]


def _joined(parts: list[list[bytes]], boundary: bytes) -> list[bytes]:
    pieces: list[bytes] = []
    for part in parts:
        pieces += [b"--" + boundary + b"\r\n", *part, b"\r\n"]
    return [*pieces, b"--" + boundary + b"--\r\n"]


def _attach(parts: Parts, attachment: Attachment, depth: int) -> None:
    said = attachment.properties
    name = file_name(said)
    method = said.integer(METHOD)
    try:
        if method == EMBEDDED and (inner := attachment.embedded()) is not None:
            _enclose(parts, inner, name, depth)
        elif method in (None, 0, BY_VALUE, EMBEDDED, OLE):
            _enclose_file(parts, attachment, name)
        else:
            parts.left_out.append((name or said.text(PATH), REFERENCE))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 one attachment that a library cannot read is no reason to lose the message
        parts.left_out.append((name, CORRUPT))


def _enclose(parts: Parts, item: Item, name: str, depth: int) -> None:
    if depth >= DEPTH:
        parts.left_out.append((name, DEEP))
        return
    body = _message(item, parts.room, depth + 1)
    head = "Content-Type: message/rfc822" + (fields.parameter("name", name) if name else "") + "\r\n"
    parts.enclosed = True
    parts.add(head.encode(), body)


def _enclose_file(parts: Parts, attachment: Attachment, name: str) -> None:
    if attachment.data is None:
        parts.left_out.append((name, MISSING))
        return
    data = attachment.data() if attachment.size * 78 // 57 < parts.room else None
    if data is None or len(data) * 78 // 57 + 2000 > parts.room:
        parts.left_out.append((name, BUDGET))
        return
    parts.add(_file_head(attachment, name), (base64(data),))


def _file_head(attachment: Attachment, name: str) -> bytes:
    said = attachment.properties
    tag = said.text(_TAG).strip().lower()
    mime = tag if _MIME.fullmatch(tag) else "application/octet-stream"
    identity, location = said.text(_ID).strip(" <>"), said.text(_LOCATION).strip()
    disposition = "inline" if identity and not mime.startswith("text/") else "attachment"
    head = f"Content-Type: {mime}{fields.parameter('name', name) if name else ''}\r\n"
    head += "Content-Transfer-Encoding: base64\r\n"
    head += f"Content-Disposition: {disposition}{fields.parameter('filename', name) if name else ''}\r\n"
    head += f"Content-ID: <{identity}>\r\n" if _TOKEN.fullmatch(identity) else ""
    head += f"Content-Location: {location}\r\n" if _TOKEN.fullmatch(location) else ""
    return head.encode()


def file_name(said: Properties) -> str:
    """An attachment's name as given; empty if it has none."""
    for number in (LONG_NAME, SHORT_NAME, 0x3001):
        if name := said.text(number).strip():
            return name
    return ""


def _signed_entity(item: Item, room: int) -> list[bytes]:
    """The signed message as it was sent, which Outlook keeps whole in the one attachment ([MS-OXOSMIME] §2.1.3.1).

    Its Content- fields, the empty line, its body; empty where there is none such.
    """
    read = item.attachments[0].data if len(item.attachments) == 1 else None
    if read is None or not item.properties.text(MESSAGE_CLASS).lower().startswith(_SIGNED_CLASS):
        return []
    try:
        data = read()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 it is then met again among the attachments, and left out there
        return []
    blank = _BLANK.search(data, 0, 1 << 16)
    if blank is None or len(data) > room:
        return []
    kept = [raw for name, raw in fields.cut(data[: blank.start() + 2]) if name.startswith(b"content-")]
    signed = any(_ENTITY.match(raw) for raw in kept)
    return [*kept, b"\r\n", data[blank.end() :]] if signed else []


def _size(said: Bodies) -> int:
    """Encoded bytes of the texts, with something to spare for the header."""
    texts = (len(said.plain or "") * 3, len(said.html or b""), len(said.rtf or b""))
    return sum(texts) * 3 // 2 + (4 << 20)


def _seed(parts: list[list[bytes]]) -> str:
    hashed = sha256()
    for part in parts:
        for piece in part:
            hashed.update(piece)
    return hashed.hexdigest()[:24]
