"""Whether bytes begin like a mail: for loose .eml and maildir files, whose names say nothing reliable."""

import codecs
import re

from crible.extract.mail.fields import split_header

_ONLY_MAIL = frozenset(
    {
        "received", "message-id", "return-path", "delivered-to", "dkim-signature", "mime-version", "received-spf",
        "authentication-results", "arc-seal", "arc-message-signature", "arc-authentication-results", "x-received",
    }
)  # fmt: skip
"""Fields that nothing but mail has. Outlook.com puts more than 4 kB of these before the first From."""
_KNOWN = _ONLY_MAIL | frozenset(
    {
        "from", "to", "cc", "bcc", "subject", "date", "sender", "reply-to", "in-reply-to", "references", "x-mailer",
        "user-agent", "list-id", "envelope-to", "x-original-to",
    }
)  # fmt: skip
_HTTP = re.compile(rb"HTTP/\d|(?:GET|POST|HEAD|PUT|DELETE|OPTIONS) \S+ HTTP/")
_BLANK_LINES = re.compile(rb"(?>(?:[ \t]*+\r?\n)+)")
_ADDRESS = re.compile(rb"[^\s@<>]@[^\s@<>]|<>|:\s*+\S+\s*+;")
_PEOPLE = frozenset({"to", "from", "cc", "bcc", "sender", "reply-to", "return-path", "delivered-to", "envelope-to"})


def looks_like_mail(head: bytes) -> bool:
    """Whether the first bytes of a file (some 4 kB) are a message's header block (RFC 5322 §2.2).

    Two known fields are asked for, one of which only mail has or holds an address; the first line must be a field.
    A leading byte order mark, blank lines and a `From ` line are stepped over. YAML front matter and logs have
    `date:` and `subject:` too, but no address; HTTP has `Date` and `From`, after a request or status line.
    """
    head = head.removeprefix(codecs.BOM_UTF8)
    blank = _BLANK_LINES.match(head)
    head = head[blank.end() :] if blank else head
    if _HTTP.match(head):
        return False
    header = split_header(head)
    known = {field.name for field in header.fields} & _KNOWN
    if len(known) < 2 or b"\0" in head[: header.body_start]:
        return False
    if len(known & _ONLY_MAIL) >= 2:
        return True
    broken_off = not header.separated and header.body_start < len(head)
    if broken_off and len(known) < 4:
        return False
    return any(field.name in _PEOPLE and _ADDRESS.search(field.value) for field in header.fields)
