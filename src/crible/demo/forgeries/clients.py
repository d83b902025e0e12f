"""Mail programs: each writes a draft with its own order of fields, identifiers, boundaries and encodings."""

import base64
import hashlib
import quopri
from collections.abc import Sequence
from dataclasses import replace

from crible.demo.compose import Mail, date_text, file_entity, join_parts
from crible.demo.forgeries import identifiers as ids
from crible.demo.forgeries import quoting
from crible.demo.forgeries.draft import Draft, Sent
from crible.demo.forgeries.encodedwords import encoded_words
from crible.demo.forgeries.people import Person

Field = tuple[str, str]
ORDER: dict[str, tuple[str, ...]] = {
    "gmail": ("MIME-Version", "In-Reply-To", "References", "From", "Date", "Message-ID", "Subject", "To", "Cc",
              "Content-Type", "Content-Transfer-Encoding"),
    "exchange": ("From", "To", "CC", "Subject", "Thread-Topic", "Thread-Index", "Date", "Message-ID", "References",
                 "In-Reply-To", "Accept-Language", "Content-Language", "X-MS-Has-Attach", "X-MS-TNEF-Correlator",
                 "x-originating-ip", "Content-Type", "MIME-Version"),
    "outlook": ("From", "To", "Cc", "References", "In-Reply-To", "Subject", "Date", "Message-ID", "MIME-Version",
                "Content-Type", "Content-Transfer-Encoding", "X-Mailer", "Thread-Index", "Content-Language"),
    "apple": ("From", "Content-Type", "Content-Transfer-Encoding", "Message-Id", "Mime-Version", "Subject", "Date",
              "References", "Cc", "To", "In-Reply-To", "X-Mailer"),
    "iphone": ("Content-Type", "Content-Transfer-Encoding", "Mime-Version", "Subject", "From", "X-Mailer",
               "In-Reply-To", "Date", "Cc", "Message-Id", "References", "To"),
    "thunderbird": ("Subject", "To", "References", "Cc", "From", "Message-ID", "Date", "User-Agent", "MIME-Version",
                    "In-Reply-To", "Content-Type", "Content-Transfer-Encoding"),
    "javamail": ("Date", "From", "To", "Cc", "Message-ID", "In-Reply-To", "References", "Subject", "MIME-Version",
                 "Content-Type", "Content-Transfer-Encoding"),
    "roundcube": ("MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Date", "From", "To", "Cc", "Subject",
                  "In-Reply-To", "References", "Message-ID", "X-Sender", "User-Agent"),
    "mailing": ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "X-Mailer",
                "List-Unsubscribe", "Precedence"),
}  # fmt: skip
OLD_BIRD = "Mozilla/5.0 (Windows NT 6.1; WOW64; rv:38.0) Gecko/20100101 Thunderbird/38.8.0"
BIRD = "Mozilla/5.0 (Windows NT 10.0; WOW64; rv:45.0) Gecko/20100101 Thunderbird/45.3.0"
MAILERS = {
    "outlook": ("X-Mailer", "Microsoft Outlook 16.0"),
    "apple": ("X-Mailer", "Apple Mail (2.3124)"),
    "iphone": ("X-Mailer", "iPhone Mail (13G36)"),
    "roundcube": ("User-Agent", "Roundcube Webmail/1.2.1"),
    "mailing": ("X-Mailer", "Tournesol Routage 4.2"),
}
HTML = frozenset({"gmail", "exchange", "outlook", "javamail", "mailing"})
"""Programs that send an HTML version too."""
TITLES = {"Message-Id": "Message-ID", "Mime-Version": "MIME-Version", "CC": "Cc"}


def write(draft: Draft) -> Sent:
    """The mail as its program writes it; no trace fields, no signature."""
    identifier = message_id(draft)
    parent = draft.answers
    references = (*parent.references, parent.message_id)[-12:] if parent else ()
    index = _index(draft)
    kind, body = content(draft)
    subject = draft.subject
    given = dict[str, str](
        From=people([draft.sender], draft.program),
        To=people(draft.to, draft.program),
        Subject=encoded_words(subject, draft.program),
        Date=date_text(draft.local),
        **{"Message-ID": identifier, "MIME-Version": _mime_version(draft)},
        **dict(kind),
    )
    if draft.cc:
        given["Cc"] = people(draft.cc, draft.program)
    if parent and draft.quoting != "forward":
        given |= {"In-Reply-To": parent.message_id, "References": "\r\n ".join(references)}
    given |= _extras(draft, index)
    fields = tuple(
        f"{name}: {given[TITLES.get(name, name)]}\r\n".encode()
        for name in ORDER[draft.program]
        if TITLES.get(name, name) in given
    )
    return Sent(draft, Mail(fields, body), identifier, references, index, quoting.plain(draft))


def rewritten(sent: Sent, draft: Draft) -> Sent:
    """The mail with its text and attachments replaced by another draft's, every header field as it stood."""
    _, body = content(draft)
    return replace(sent, draft=draft, mail=Mail(sent.mail.fields, body), shown=quoting.plain(draft))


def message_id(draft: Draft) -> str:
    """In the form of the program."""
    noise, at, domain = draft.noise("id"), draft.stamped, draft.sender.host.domain
    match draft.program:
        case "gmail":
            return ids.gmail_message_id(noise)
        case "exchange":
            return ids.exchange_message_id(ids.exchange_site(_own(draft.sender)), noise)
        case "outlook":
            return ids.outlook_message_id(at, noise, domain)
        case "apple" | "iphone":
            return f"<{ids.apple_uuid(noise)}@{domain}>"
        case "thunderbird":
            return ids.thunderbird_message_id(at, noise, domain, old=_old(draft.sender))
        case "javamail":
            return ids.java_message_id(at, noise, f"wwinf1d{_own(draft.sender)[0] % 30:02}")
        case "roundcube":
            return f"<{noise.hex()[:32]}@{domain}>"
        case "mailing":
            return f"<{at:%Y%m%d%H%M%S}.{noise.hex()[:12]}@routage.{domain}>"


def content(draft: Draft) -> tuple[list[Field], bytes]:
    """Content fields and body."""
    kind, body = _text(draft)
    if not draft.attachments:
        return kind, body
    edge = boundary(draft, 0)
    inner = "".join(f"{name}: {value}\r\n" for name, value in kind).encode() + b"\r\n" + body
    parts = [inner, *(file_entity(attachment) for attachment in draft.attachments)]
    return [("Content-Type", f'multipart/mixed;\r\n boundary="{edge}"')], join_parts(edge, parts)


def boundary(draft: Draft, level: int) -> str:
    """Of the outer (0) or inner (1) multipart."""
    noise, at = draft.noise(f"boundary{level}"), ids.later(draft.stamped, draft.noise("boundary"))
    match draft.program:
        case "gmail":
            return ids.gmail_boundary(ids.later(at, noise), noise)
        case "exchange":
            return ids.exchange_boundary(ids.exchange_site(_own(draft.sender)), draft.noise("id"), 4 - 4 * level)
        case "outlook":
            return ids.next_part(at, draft.noise("boundary"), level)
        case "apple":
            return f"Apple-Mail={ids.apple_uuid(noise)}".replace("=", "=_")
        case "iphone":
            return f"Apple-Mail-{ids.apple_uuid(noise)}"
        case "thunderbird":
            return ids.thunderbird_boundary(noise, old=_old(draft.sender))
        case "javamail":
            return ids.java_boundary(at, noise, level)
        case _:
            return f"=_{noise.hex()[:32]}"


def people(group: Sequence[Person], program: str) -> str:
    """Names and addresses, one a line."""
    return ",\r\n ".join(f"{encoded_words(person.name, program)} <{person.address}>" for person in group)


def _text(draft: Draft) -> tuple[list[Field], bytes]:
    flowed = "; format=flowed" if draft.program == "thunderbird" else ""
    plain = encoded(quoting.plain(draft), "plain", _encoding(draft), flowed)
    if draft.program not in HTML:
        return plain
    other = encoded(quoting.html(draft), "html", "quoted-printable")
    edge = boundary(draft, 1)
    parts = [
        "".join(f"{name}: {value}\r\n" for name, value in kind).encode() + b"\r\n" + body
        for kind, body in (plain, other)
    ]
    return [("Content-Type", f'multipart/alternative;\r\n boundary="{edge}"')], join_parts(edge, parts)


def encoded(text: str, subtype: str, encoding: str, more: str = "") -> tuple[list[Field], bytes]:
    """A text entity: its fields and its encoded body, CRLF."""
    charset = "UTF-8"
    if text.isascii() and max(map(len, text.split("\n"))) < 900:
        charset, encoding = "us-ascii", "7bit"
    data = text.encode()
    if encoding == "base64":
        data = base64.encodebytes(data.replace(b"\n", b"\r\n"))
    elif encoding == "quoted-printable":
        data = quopri.encodestring(data)
    kind = [("Content-Type", f"text/{subtype}; charset={charset}{more}"), ("Content-Transfer-Encoding", encoding)]
    return kind, data.replace(b"\n", b"\r\n")


def _encoding(draft: Draft) -> str:
    match draft.program:
        case "thunderbird" | "roundcube":
            return "8bit"
        case "gmail" if draft.noise("encoding")[0] < 90:
            return "base64"
        case _:
            return "quoted-printable"


def _extras(draft: Draft, index: bytes) -> dict[str, str]:
    given: dict[str, str] = {}
    if draft.program in MAILERS:
        name, value = MAILERS[draft.program]
        given[name] = value
    if draft.program == "thunderbird":
        given["User-Agent"] = OLD_BIRD if _old(draft.sender) else BIRD
    if index:
        topic = draft.subject.removeprefix("RE: ").removeprefix("TR: ").removeprefix("FW: ")
        given |= {"Thread-Topic": encoded_words(topic, draft.program), "Thread-Index": base64.b64encode(index).decode()}
    if draft.program in ("exchange", "outlook"):
        given["Content-Language"] = "fr" if draft.sender.language == "fr" else "en-GB"
    if draft.program == "exchange":
        given |= {
            "Accept-Language": "en-GB, en-US" if draft.sender.language == "en" else "fr-FR, en-US",
            "X-MS-Has-Attach": "yes" if draft.attachments else "",
            "X-MS-TNEF-Correlator": "",
            "x-originating-ip": f"[198.51.100.{_own(draft.sender)[1]}]",
        }
    if draft.program == "roundcube":
        given["X-Sender"] = draft.sender.address
    if draft.program == "mailing":
        given |= {"List-Unsubscribe": f"<https://{draft.sender.host.domain}/fin>", "Precedence": "bulk"}
    return given


def _index(draft: Draft) -> bytes:
    if draft.program not in ("exchange", "outlook"):
        return b""
    parent = draft.answers
    if parent is None:
        return ids.thread_index(draft.stamped, draft.noise("thread"))
    root = parent.index or ids.thread_index(parent.draft.at, parent.draft.noise("thread"))
    return ids.thread_child(root, draft.stamped, draft.noise("child"))


def _mime_version(draft: Draft) -> str:
    return "1.0 (Mac OS X Mail 9.3 \\(3124\\))" if draft.program == "apple" else "1.0"


def _own(person: Person) -> bytes:
    """Random numbers that stay a person's own: the mailbox server, the version in use."""
    return hashlib.sha256(person.address.encode()).digest()


def _old(person: Person) -> bool:
    return _own(person)[2] < 70
