"""What the header of a message says: people, moments, references, counts, all decoded and bounded (RFC 5322 §3.6)."""

import re
from collections.abc import Iterator, Sequence
from typing import TypedDict

from crible.extract.mail.addresses import MAILBOXES, mailboxes
from crible.extract.mail.dates import instant, received
from crible.extract.mail.fields import Header
from crible.extract.mail.words import CAP, text, unfold
from crible.model.facts import Mailbox
from crible.model.instant import Instant

COUNTED = (
    "from", "to", "cc", "subject", "date", "content-type", "content-transfer-encoding", "message-id", "reply-to",
    "sender",
)  # fmt: skip
"""Fields that RFC 5322 §3.6 and RFC 2045 allow once."""
RECEIVED = 50
REFERENCES = 200
"""Message-IDs kept of References: the first, which names the thread, and the last ones."""
DELIVERED = ("delivered-to", "x-original-to", "x-delivered-to", "envelope-to")
"""Fields that delivery writes (RFC 9228 and older habit)."""

_READ = frozenset(
    (
        *COUNTED, *DELIVERED, "references", "in-reply-to", "bcc", "received", "list-id", "list-unsubscribe",
        "precedence", "auto-submitted", "x-mailer", "user-agent",
    )
)  # fmt: skip
"""Fields that are read: no value is cut out of the other half."""

UNSEPARATED = "header-unseparated"
AMBIGUOUS = "header-ambiguous"
BAD_DATE = "date-broken"
NOT_UTF8 = "header-not-utf8"
CUT = "header-cut"
REBUILT = "rebuilt"
"""Put together by us from the properties of an Outlook item (docs/decisions/0006-outlook-items.md)."""
INCOMPLETE = "rebuilt-incomplete"
"""Something that the item holds is not in it: each has an X-Crible-Left-Out field."""

_ID = re.compile(r"<([^<>\s]++)>")
_LIST = re.compile(r"<([^<>]*+)>")
_BLANK_LINE = re.compile(rb"\n[ \t]++\r?(?:\n|\Z)")


class HeaderFacts(TypedDict):
    """The fields of `MailFacts` that the header alone answers."""

    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    subject: str
    senders: tuple[Mailbox, ...]
    sender: tuple[Mailbox, ...]
    reply_to: tuple[Mailbox, ...]
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    bcc: tuple[Mailbox, ...]
    date: Instant | None
    received: tuple[Instant, ...]
    counts: dict[str, int]
    list_id: str
    bulk: bool
    mailer: str
    content_type: str
    delivered: tuple[str, ...]
    header_end: int


def facts(header: Header) -> HeaderFacts:
    """The header's answers. Where a field stands twice the first counts; `counts` tells that it does."""
    fields = {name: [field.value for field in header.named[name]] for name in _READ if name in header.named}
    first = {name: values[0] for name, values in fields.items()}
    references = message_ids(first.get("references", b""))
    return HeaderFacts(
        message_id=_message_id(first.get("message-id", b"")),
        in_reply_to=next(iter(message_ids(first.get("in-reply-to", b""))), ""),
        references=references if len(references) <= REFERENCES else (references[0], *references[1 - REFERENCES :]),
        subject=text(first.get("subject", b"")),
        senders=_people(fields.get("from", ())),
        sender=_people(fields.get("sender", ())),
        reply_to=_people(fields.get("reply-to", ())),
        to=_people(fields.get("to", ())),
        cc=_people(fields.get("cc", ())),
        bcc=_people(fields.get("bcc", ())),
        date=instant(first["date"]) if "date" in first else None,
        received=tuple(filter(None, map(received, fields.get("received", ())[:RECEIVED]))),
        counts={name: len(fields[name]) for name in COUNTED if name in fields},
        list_id=_list_id(first.get("list-id", b"")),
        bulk=_bulk(first),
        mailer=text(first.get("x-mailer") or first.get("user-agent") or b"")[:200],
        content_type=unfold(first.get("content-type", b"")),
        delivered=_delivered(fields),
        header_end=header.body_start,
    )


def message_ids(raw: bytes) -> tuple[str, ...]:
    """The Message-IDs that a References or In-Reply-To field names, in order, each once, in angle brackets.

    In-Reply-To of old programs holds phrases and addresses too ("Your message of … <id>"), hence only what stands in
    brackets counts where brackets stand.
    """
    line = unfold(raw)
    found = _ID.findall(line)
    if not found and "<" not in line:
        found = [word for word in line.split() if "@" in word]
    return tuple(dict.fromkeys(f"<{name}>" for name in found))


def defects(header: Header, found: HeaderFacts) -> Iterator[str]:
    """Message keys (domain `ledger`) of what is odd about the header but did not hinder its reading."""
    if not header.separated and header.fields:
        yield UNSEPARATED
    block = b"".join([field.raw for field in header.fields])
    if ambiguous(block):
        yield AMBIGUOUS
    if found["date"] is None and "date" in found["counts"]:
        yield BAD_DATE
    if not block.isascii() and not all(_utf8(field.raw) for field in header.fields):
        yield NOT_UTF8
    if len(block) > CAP and any(len(field.raw) > CAP for field in header.fields):
        yield CUT
    if is_rebuilt(header):
        yield REBUILT
        if header.all("x-crible-left-out"):
            yield INCOMPLETE


def is_rebuilt(header: Header) -> bool:
    """Whether the message was put together from an Outlook item: our field stands first."""
    return bool(header.fields) and header.fields[0].name == "x-crible-rebuilt"


def ambiguous(block: bytes) -> bool:
    """Whether programs may cut a header block into other fields than we do, or end it elsewhere.

    A CR alone is a line end to some (RFC 5322 §2.2 forbids it), NUL the end of everything, and a line of blanks alone,
    which relaxed canonicalization does not see, the end of the header (§4.2 calls such folds obsolete). Two of 15,119
    list mails have such a line, none the rest.
    """
    bare = b"\r" in block and block.count(b"\r") != block.count(b"\r\n")
    return bare or b"\0" in block or _BLANK_LINE.search(block) is not None


def _message_id(raw: bytes) -> str:
    """The first in brackets, else what stands there: some programs write blanks into it or leave the brackets out."""
    found = _LIST.search(unfold(raw))
    name = found[1] if found else unfold(raw)
    name = "".join(name.split())[:1000]
    return f"<{name}>" if name else ""


def _people(values: Sequence[bytes]) -> tuple[Mailbox, ...]:
    if len(values) == 1:
        return mailboxes(values[0])
    return tuple(dict.fromkeys(box for value in values[:20] for box in mailboxes(value)))[:MAILBOXES]


def _delivered(fields: dict[str, list[bytes]]) -> tuple[str, ...]:
    values = [value for name in DELIVERED if name in fields for value in fields[name]]
    if not values:
        return ()
    met = (text(value).strip(" <>").lower() for value in values[:10])
    return tuple(dict.fromkeys(one[:320] for one in met if "@" in one))


def _list_id(raw: bytes) -> str:
    line = text(raw)
    found = _LIST.search(line)
    return (found[1] if found else line)[:200]


def _bulk(first: dict[str, bytes]) -> bool:
    precedence = first.get("precedence", b"").strip().lower()
    automatic = first.get("auto-submitted", b"no").strip().lower()
    return "list-unsubscribe" in first or precedence in (b"bulk", b"list", b"junk") or not automatic.startswith(b"no")


def _utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
