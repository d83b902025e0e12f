"""Writes a mail byte by byte (RFC 5322, RFC 2045 to 2047, RFC 2231), the way different mail programs do."""

import base64
import hashlib
import quopri
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from email.header import Header
from html import escape
from urllib.parse import quote

from crible.demo.cast import Person

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SUMMER = datetime(2017, 3, 26, 2)
AUTUMN = datetime(2016, 10, 30, 3)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that hangs on a mail."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail as its author sees it."""

    tag: str
    """Its name in the story, `salle.0`."""
    sender: Person
    to: tuple[Person, ...]
    subject: str
    at: datetime
    """With offset."""
    text: str
    """What is written, quotes included, lines as they will stand."""
    cc: tuple[Person, ...] = ()
    html: str = ""
    """The HTML version, where it says it in other words than `text`."""
    attachments: tuple[Attachment, ...] = ()
    answers: str = ""
    """Message-ID of the mail it answers."""
    references: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    """Further header fields."""
    encoding: str = ""
    """Overrides the sender's own."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail on the wire: whole header fields with CRLF, top first, and the body."""

    fields: tuple[bytes, ...]
    body: bytes

    @property
    def raw(self) -> bytes:
        """The bytes, CRLF line ends."""
        return b"".join(self.fields) + b"\r\n" + self.body

    def on_top(self, *fields: bytes) -> "Mail":
        """The mail with further fields above its own."""
        return replace(self, fields=(*fields, *self.fields))

    def swap(self, name: str, value: bytes) -> "Mail":
        """The mail with every field of that name replaced by one value."""
        prefix = name.lower().encode() + b":"
        fields = tuple(
            f"{name}: ".encode() + value + b"\r\n" if old.lower().startswith(prefix) else old for old in self.fields
        )
        return replace(self, fields=fields)

    def get(self, name: str) -> bytes:
        """The value of the first field of that name, still folded; empty if none."""
        prefix = name.lower().encode() + b":"
        return next((old[len(prefix) :].strip() for old in self.fields if old.lower().startswith(prefix)), b"")


def paris(year: int, month: int, day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A moment by the clocks of the campaign; between the 2016 and 2017 changes only, no zone database needed."""
    moment = datetime(year, month, day, hour, minute, second)
    hours = 1 if AUTUMN <= moment < SUMMER else 2
    return moment.replace(tzinfo=timezone(timedelta(hours=hours)))


def compose(draft: Draft) -> Mail:
    """The mail as it leaves the author's program: no trace fields, no signature."""
    kind, body = _content(draft)
    who = draft.sender
    fields = [
        ("From", address_list([who])),
        ("To", address_list(draft.to)),
        *([("Cc", address_list(draft.cc))] if draft.cc else []),
        ("Subject", words(draft.subject, "Subject")),
        ("Date", date_text(draft.at)),
        ("Message-ID", message_id(draft)),
        *([("In-Reply-To", draft.answers)] if draft.answers else []),
        *([("References", "\r\n ".join(draft.references))] if draft.references else []),
        ("MIME-Version", "1.0"),
        *kind,
        *(
            [("X-Mailer" if " Mail" in who.mailer or "Outlook" in who.mailer else "User-Agent", who.mailer)]
            if who.mailer
            else []
        ),
        *draft.extra,
    ]
    return Mail(tuple(f"{name}: {value}\r\n".encode() for name, value in fields), body)


def message_id(draft: Draft) -> str:
    """The Message-ID, in the manner of the sender's house; the same for the same tag."""
    digest = hashlib.sha256(draft.tag.encode()).hexdigest()
    house = draft.sender.house
    match house.identifier:
        case "long":
            return f"<CA+{base64.b64encode(digest[:40].encode(), b'_-').decode()[:48]}@mail.{house.domain}>"
        case "host":
            return f"<{draft.at:%Y%m%d%H%M%S}.{digest[:5].upper()}@srv{int(digest[5], 16)}.{house.domain}>"
        case _:
            return f"<{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}@{house.domain}>"


def date_text(at: datetime) -> str:
    """A date as RFC 5322 §3.3 has it, in English whatever the machine's language."""
    return f"{DAYS[at.weekday()]}, {at.day} {MONTHS[at.month - 1]} {at:%Y %H:%M:%S %z}"


def words(text: str, field_name: str) -> str:
    """Unstructured text, as encoded words where it is not ASCII (RFC 2047), folded."""
    if text.isascii():
        return text
    return Header(text, "utf-8", header_name=field_name, maxlinelen=75).encode(linesep="\r\n")


def address_list(people: Sequence[Person]) -> str:
    """Names and addresses, one a line."""
    return ",\r\n ".join(f"{_display(person.name)} <{person.address}>" for person in people)


def render(paragraphs: str, person: Person, *, block: bool = True) -> str:
    """What somebody types: paragraphs wrapped in that person's manner, the closing words, the signature block."""
    lines = [_wrap(line, person.wrap) for line in paragraphs.strip().split("\n")]
    text = ("\n" if person.wrap else "\n\n").join(lines)
    text += f"\n\n{person.closing}\n" if person.closing else "\n"
    return text + (f"\n-- \n{person.block}\n" if person.block and block else "")


def _wrap(line: str, width: int) -> str:
    if not width or len(line) <= width:
        return line
    return textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)


def _display(name: str) -> str:
    if not name.isascii():
        return Header(name, "utf-8", maxlinelen=75).encode()
    return f'"{name}"' if any(char in name for char in ',.@-"') else name


def _content(draft: Draft) -> tuple[list[tuple[str, str]], bytes]:
    kind, body = _text_part(draft)
    if not draft.attachments:
        return kind, body
    edge = boundary(draft.tag, "mixed")
    parts = [_entity(kind, body), *(_file_part(attachment) for attachment in draft.attachments)]
    return [("Content-Type", f'multipart/mixed;\r\n boundary="{edge}"')], join_parts(edge, parts)


def _text_part(draft: Draft) -> tuple[list[tuple[str, str]], bytes]:
    who = draft.sender
    plain = encode_text(draft.text, "plain", who.charset, draft.encoding or who.encoding)
    html = draft.html or (_as_html(draft.text) if who.html else "")
    if not html:
        return plain
    edge = boundary(draft.tag, "alternative")
    other = encode_text(html, "html", who.charset, "quoted-printable")
    body = join_parts(edge, [_entity(*plain), _entity(*other)])
    return [("Content-Type", f'multipart/alternative;\r\n boundary="{edge}"')], body


def encode_text(text: str, subtype: str, charset: str, encoding: str) -> tuple[list[tuple[str, str]], bytes]:
    """A text entity's header fields and encoded body."""
    data = text.replace("\n", "\r\n").encode(charset, "replace")
    if text.isascii() and max(map(len, text.split("\n"))) < 900:
        charset, encoding = "us-ascii", "7bit"
    if encoding == "base64":
        data = base64.encodebytes(data).replace(b"\n", b"\r\n")
    elif encoding == "quoted-printable":
        data = quopri.encodestring(data.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    kind = [("Content-Type", f"text/{subtype}; charset={charset}"), ("Content-Transfer-Encoding", encoding)]
    return kind, data


def _file_part(attachment: Attachment) -> bytes:
    if attachment.mime == "message/rfc822":
        kind = [("Content-Type", "message/rfc822"), ("Content-Disposition", "attachment")]
        return _entity(kind, attachment.data)
    if attachment.name.isascii():
        name, shown = f'filename="{attachment.name}"', f'name="{attachment.name}"'
    else:
        name = f"filename*=utf-8''{quote(attachment.name)}"
        shown = f'name="{Header(attachment.name, "utf-8").encode()}"'
    kind = [
        ("Content-Type", f"{attachment.mime};\r\n {shown}"),
        ("Content-Transfer-Encoding", "base64"),
        ("Content-Disposition", f"attachment;\r\n {name}"),
    ]
    return _entity(kind, base64.encodebytes(attachment.data).replace(b"\n", b"\r\n"))


def _entity(kind: Sequence[tuple[str, str]], body: bytes) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in kind).encode() + b"\r\n" + body


def file_entity(attachment: Attachment) -> bytes:
    """An attachment as a MIME entity."""
    return _file_part(attachment)


def join_parts(edge: str, parts: Sequence[bytes]) -> bytes:
    """A multipart body (RFC 2046 §5.1)."""
    mark = f"--{edge}".encode()
    return b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"


def boundary(tag: str, role: str) -> str:
    """A boundary, the same for the same tag and role."""
    return f"----=_Part_{hashlib.sha256(f'{tag}|{role}'.encode()).hexdigest()[:20]}"


def _as_html(text: str) -> str:
    rows = "\n".join(f"<div>{escape(line, quote=False) or '<br>'}</div>" for line in text.rstrip("\n").split("\n"))
    head = '<html><head><meta charset="utf-8"></head><body style="font-family:Calibri,sans-serif">'
    return f"{head}\n{rows}\n</body></html>\n"
