"""Habits of the program that wrote a mail: short values that its owner seldom sees and seldom changes."""

import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from crible.extract.mail.fields import Header
from crible.model.facts import Part

_ORDERED = frozenset(
    {
        "from", "to", "cc", "bcc", "subject", "date", "message-id", "in-reply-to", "references", "reply-to",
        "mime-version", "content-type", "content-transfer-encoding", "x-mailer", "user-agent", "thread-topic",
        "thread-index", "content-language", "importance", "x-priority",
    }
)  # fmt: skip
"""Fields that the sender's program writes; servers and lists add theirs anywhere."""
FIRST = 8
_BOUNDARIES = (
    ("gmail", re.compile(r"[0-9a-f]{28}")),
    ("apple", re.compile(r"Apple-Mail[=-].*")),
    ("outlook", re.compile(r"----=_NextPart_[0-9A-F]{3}_[0-9A-F]{4}_[0-9A-F]{8}\.[0-9A-F]{8}")),
    ("exchange", re.compile(r"_\d{3}_[0-9A-Za-z]+_")),
    ("java", re.compile(r"----=_Part_-?\d+_-?\d+\.\d+")),
    ("mozilla", re.compile(r"-{12}(?:\d{24}|[0-9A-Za-z]{24})")),
    ("python", re.compile(r"={15}.*==")),
    ("php", re.compile(r"=_[0-9a-f]{32}")),
    ("perl", re.compile(r"_-{10}=_.*")),
)
_IDS = (
    ("gmail", re.compile(r"<C[A-Z][A-Za-z0-9+=_-]{30,}@mail\.gmail\.com>")),
    ("exchange", re.compile(r"<[0-9A-Z]{20,}@[A-Z0-9.]*\.?prod\.outlook\.com>", re.IGNORECASE)),
    ("outlook", re.compile(r"<[0-9a-f]{12}\$[0-9a-f]{8}\$[0-9a-f]{8}\$@.*")),
    ("apple", re.compile(r"<[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}@.*")),
    ("uuid", re.compile(r"<[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@.*")),
    ("mozilla", re.compile(r"<[0-9A-F]{8}\.\d{5,9}@.*")),
    ("java", re.compile(r"<.*\.JavaMail\..*")),
    ("dated", re.compile(r"<20\d{10}(?:\d\d)?[.-].*")),
    ("exim", re.compile(r"<E[0-9A-Za-z]{6}-[0-9A-Za-z-]+@.*")),
)
_MAILERS = (
    ("iPhone Mail", "apple-ios"), ("iPad Mail", "apple-ios"), ("iPod Mail", "apple-ios"), ("Apple Mail", "apple"),
    ("Microsoft Office Outlook", "outlook"), ("Microsoft Outlook Express", "outlook-express"),
    ("Microsoft Windows Live Mail", "windows-live"), ("Microsoft-MacOutlook", "outlook-mac"),
    ("Microsoft Outlook", "outlook"), ("Thunderbird", "thunderbird"), ("SeaMonkey", "seamonkey"),
    ("Icedove", "thunderbird"), ("git-send-email", "git"), ("Roundcube", "roundcube"), ("Zimbra", "zimbra"),
    ("Evolution", "evolution"), ("K-9", "k9"), ("KMail", "kmail"), ("Mutt", "mutt"), ("NeoMutt", "mutt"),
    ("Claws Mail", "claws"), ("Sylpheed", "sylpheed"), ("SquirrelMail", "squirrelmail"), ("Horde", "horde"),
    ("YahooMail", "yahoo"), ("YMail", "yahoo"), ("Lotus Notes", "notes"), ("PHPMailer", "phpmailer"),
    ("Airmail", "airmail"), ("Gnus", "gnus"), ("Alpine", "alpine"), ("Open-Xchange", "open-xchange"),
)  # fmt: skip
_WORD = re.compile(r"[A-Za-z][A-Za-z-]*")
_KEPT = 24
LONGEST = 78
"""76 characters, and a CR or blank that a gateway left."""
TEXTS = 2
_LOOKED_AT = 1 << 14


def traits(
    header: Header, parts: Sequence[Part], message_id: str, mailer: str, boundary: str, offset: int | None
) -> dict[str, str]:
    """Short values by name, those that the mail has.

    They are `boundary`, `message-id`, `mailer`, `order`, `charset`, `encoding` and `offset`. `order` is a digest of the
    order of the first eight fields that the sender's program wrote; `charset` and `encoding` are those of the first
    text; `offset` is in minutes east of UTC.
    """
    text = next((part for part in parts if part.inline_text and part.number), None)
    found = {
        "boundary": family(boundary, _BOUNDARIES),
        "message-id": family(message_id, _IDS),
        "mailer": mailer_family(mailer),
        "order": _order(header),
        "charset": text.charset.lower()[:_KEPT] if text else "",
        "encoding": text.encoding[:_KEPT] if text else "",
        "offset": "" if offset is None else str(offset),
    }
    return {name: value for name, value in found.items() if value}


def lines(data: bytes, parts: Sequence[Part]) -> str:
    """How the encoded texts are cut into lines: `uneven` base64, `long` quoted-printable, empty where as usual.

    Programs cut base64 at one length (0 of 969 real texts otherwise), quoted-printable at 76 (RFC 2045 §6.7; 28 of
    4,691 longer). Only the first texts and the first 16 kB of each are looked at.
    """
    texts = [part for part in parts if part.inline_text and part.number][:TEXTS]
    for part in texts:
        body = data[part.body_start : min(part.body_end, part.body_start + _LOOKED_AT)]
        if part.encoding == "base64":
            if len(set(map(len, body.strip().split(b"\n")[:-1]))) > 1:
                return "uneven"
        elif part.encoding == "quoted-printable" and max(map(len, body.split(b"\n"))) > LONGEST:
            return "long"
    return ""


def family(identifier: str, forms: Iterable[tuple[str, re.Pattern[str]]]) -> str:
    """The first form that fits, `other` where none does, empty for no identifier."""
    if not identifier:
        return ""
    return next((name for name, form in forms if form.fullmatch(identifier)), "other")


def mailer_family(mailer: str) -> str:
    """The program without its version: a name of the table, else the first word of what stands there."""
    if not mailer:
        return ""
    known = next((name for mark, name in _MAILERS if mark in mailer), "")
    if known:
        return known
    word = _WORD.search(mailer[:200])
    return word[0].lower()[:_KEPT] if word else ""


def _order(header: Header) -> str:
    names: list[str] = []
    for field in header.fields:
        if field.name in _ORDERED:
            names.append(field.name)
            if len(names) == FIRST:
                break
    return blake2b(" ".join(names).encode(), digest_size=6).hexdigest() if names else ""
