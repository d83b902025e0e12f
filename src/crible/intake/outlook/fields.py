"""The header of a rebuilt message: the fields that travelled, as stored, else fields made from properties."""

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from crible.intake.outlook.item import MESSAGE_CLASS, RECIPIENTS, SUBJECT, Item
from crible.intake.outlook.properties import Properties

STORED = 0x007D
SUBMITTED, DELIVERED, CREATED, MODIFIED = 0x0039, 0x0E06, 0x3007, 0x3008
_LONGEST = 1 << 20
"""Bytes of a stored header that are looked at."""
_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_TRAVELLED = {b"from", b"date", b"received"}
_RESAVED = {b"x-mailer", b"user-agent", b"mime-version", b"content-class"}
_SMTP = re.compile(r"[^\s<>,;:\"]{1,250}@[^\s<>,;:\"]{1,250}")
_SPECIAL = re.compile(r"[^A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WORD = 45
"""Bytes of UTF-8 in one encoded word: 60 characters of base64, 72 with its frame (RFC 2047 §2 allows 75)."""

Field = tuple[bytes, bytes]
"""Name in lower case, and the field as it stands, line ends included."""


def stored(item: Item) -> list[Field]:
    """The fields of PidTagTransportMessageHeaders, top first; lines that are none are dropped.

    Such are "Microsoft Mail Internet Headers Version 2.0" on top, and what is left of a damaged header. What came
    behind the empty line Outlook keeps too, the headers of a multipart's parts: they are not the message's. A block
    without From, Date and Received did not travel with the message, and one without Received was written by whatever
    program saved the item last: its name and its boundary, fifteen years younger than the mail, would question an
    honest one, so they are dropped.
    """
    text = item.properties.text(STORED)[:_LONGEST].lstrip("\ufeff\r\n")
    found = cut(text.encode("utf-8", "replace").replace(b"\0", b""))
    names = {name for name, _ in found}
    if b"received" in names or not names & _TRAVELLED:
        return found if names & _TRAVELLED else []
    return [field for field in found if field[0] not in _RESAVED and not field[0].startswith(b"content-")]


def cut(block: bytes) -> list[Field]:
    """The fields of a header up to its empty line, line ends made CRLF; lines that are no field are dropped."""
    fields: list[list[bytes]] = []
    for line in re.split(rb"\r\n|\r|\n", block):
        if not line:
            break
        if line[:1] in b" \t" and fields and line.strip():
            fields[-1].append(line)
        elif _FIELD.match(line):
            fields.append([line])
    return [(line[0].split(b":")[0].rstrip().lower(), b"\r\n".join(line) + b"\r\n") for line in fields]


def made(item: Item) -> Iterator[Field]:
    """Fields from properties ([MS-OXCMAIL] §2.1): those that the item has."""
    said = item.properties
    yield from _people("From", [_sender(said, sent=True)])
    if _sender(said, sent=False) != _sender(said, sent=True):
        yield from _people("Sender", [_sender(said, sent=False)])
    for name, kind, shown in (("To", 1, 0x0E04), ("Cc", 2, 0x0E03), ("Bcc", 3, 0x0E02)):
        yield from _people(name, _recipients(item, kind) or _display(said.text(shown)))
    if subject := _subject(said):
        yield _field("Subject", _encoded(subject))
    seconds = said.seconds(SUBMITTED)
    if (moment := seconds if seconds is not None else said.seconds(DELIVERED)) is not None:
        yield _field("Date", date(moment))
    for name, number in (("Message-ID", 0x1035), ("In-Reply-To", 0x1042), ("References", 0x1039)):
        if value := " ".join(said.text(number).split()):
            yield _field(name, "\r\n ".join(_ascii(value).split(" ")))
    if topic := said.text(0x0070).strip():
        yield _field("Thread-Topic", _encoded(topic))
    if index := said.data(0x0071)[:2000]:
        yield _field("Thread-Index", _folded(b64encode(index).decode()))
    if said.integer(0x0017) in (0, 2):
        yield _field("Importance", "high" if said.integer(0x0017) == 2 else "low")


def about(item: Item) -> Iterator[Field]:
    """What the item says of itself and no message field says: its class, when it was made, when last changed."""
    said = item.properties
    if item.state:
        yield _field("X-Crible-Recovered", item.state)
    if kind := _ascii(said.text(MESSAGE_CLASS).strip()):
        yield _field("X-Crible-Class", kind[:200])
    for name, number in (("X-Crible-Created", CREATED), ("X-Crible-Modified", MODIFIED)):
        if (seconds := said.seconds(number)) is not None:
            yield _field(name, date(seconds))


def date(seconds: float) -> str:
    """RFC 5322 §3.3; `-0000` says that the writer's zone is not known, since MAPI keeps UTC only."""
    moment = _EPOCH + timedelta(seconds=int(seconds))
    day, month = _DAYS[moment.weekday()], _MONTHS[moment.month - 1]
    return f"{day}, {moment.day:02d} {month} {moment.year:04d} {moment:%H:%M:%S} -0000"


def parameter(name: str, value: str) -> str:
    """A parameter of a Content- field, folded before; RFC 2231 where it is not plain ASCII."""
    value = "".join(letter for letter in value if letter.isprintable())[:250]
    if value.isascii():
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f';\r\n {name}="{escaped}"'
    percent = "".join(
        chr(byte) if (chr(byte).isalnum() and byte < 128) or byte in b".-_" else f"%{byte:02X}"
        for byte in value.encode("utf-8", "replace")
    )
    return f";\r\n {name}*=utf-8''{percent}"


def field(name: str, value: str) -> bytes:
    """One field of ours; `value` is text."""
    return _field(name, _encoded(value))[1]


def _field(name: str, value: str) -> Field:
    return name.lower().encode(), f"{name}: {value}\r\n".encode("ascii", "replace")


def _subject(said: Properties) -> str:
    """[MS-PST] §2.5.3.1.1.1: in a PST, two characters in front tell how long the "Re: " is."""
    text = said.text(SUBJECT)
    if text.startswith("\x01"):
        text = text[2:]
    return text if text.strip() else (said.text(0x003D) + said.text(0x0E1D)).strip()


def _sender(said: Properties, *, sent: bool) -> tuple[str, str]:
    """Whom the mail is from (PidTagSentRepresenting…), or who sent it in that one's name (PidTagSender…)."""
    numbers = (0x0042, 0x0065, 0x5D02, 0x0C1A, 0x0C1F, 0x5D01)
    name, address, smtp = numbers[:3] if sent else numbers[3:]
    found = _person(said, (name,), (smtp, address))
    return found if any(found) or not sent else _sender(said, sent=False)


def _recipients(item: Item, kind: int) -> list[tuple[str, str]]:
    people = [
        _person(one, (0x3001, 0x5FF6), (0x39FE, 0x3003))
        for one in item.recipients[:RECIPIENTS]
        if ((one.integer(0x0C15) or 0) & 0xF or 1) == kind
    ]
    return [person for person in people if any(person)]


def _person(said: Properties, names: Sequence[int], addresses: Sequence[int]) -> tuple[str, str]:
    """Name, and the address: one of the Internet if there is any, else what Exchange calls the mailbox."""
    name = next(filter(None, (" ".join(said.text(number).split()) for number in names)), "")
    texts = [" ".join(said.text(number).split()) for number in addresses]
    return name, next((text for text in texts if _SMTP.fullmatch(text)), next(filter(None, texts), ""))


def _display(names: str) -> list[tuple[str, str]]:
    """PidTagDisplayTo and its like: names only, where an item has no recipients' table."""
    shown = [name.strip(" '\0") for name in names[:100_000].split(";")]
    return [("", name) if _SMTP.fullmatch(name) else (name, "") for name in shown if name]


def _people(name: str, people: Sequence[tuple[str, str]]) -> Iterator[Field]:
    written = [_mailbox(shown, address) for shown, address in people if shown or address]
    if written:
        yield _field(name, ",\r\n ".join(written))


def _mailbox(name: str, address: str) -> str:
    address = re.sub(r"[<>\s,;]+", "_", _ascii(address))[:1000]
    if name == address:
        name = ""
    if not name.isascii():
        phrase = _encoded(name)
    elif _SPECIAL.search(name):
        escaped = re.sub(r"[^ -~]", "", name).replace("\\", "\\\\").replace('"', '\\"')
        phrase = f'"{escaped[:900]}"'
    else:
        phrase = name[:900]
    if not address:
        return phrase
    return f"{phrase} <{address}>".lstrip() if name or not _SMTP.fullmatch(address) else address


def _encoded(text: str) -> str:
    """Unstructured text as it may stand in a header: ASCII as it is, else encoded words (RFC 2047)."""
    text = " ".join(re.sub(r"[\x00-\x1f\x7f]+", " ", text[:4000]).split(" ")).strip()
    if text.isascii() and "=?" not in text and len(text) < 900:
        return text
    words, piece = [], b""
    for letter in text:
        data = letter.encode("utf-8", "replace")
        if len(piece) + len(data) > _WORD:
            words.append(piece)
            piece = b""
        piece += data
    return "\r\n ".join(f"=?utf-8?B?{b64encode(word).decode()}?=" for word in (*words, piece))


def _ascii(text: str) -> str:
    return "".join(letter for letter in text if " " <= letter <= "~")[:100_000]


def _folded(text: str) -> str:
    return "\r\n ".join(text[at : at + 70] for at in range(0, len(text), 70))
