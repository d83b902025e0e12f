"""Whether the top Content-Type and Content-Transfer-Encoding go with the body they stand above (RFC 2045, 2046).

Gmail signs neither. Whoever exchanges them leaves the signed bytes as they are, and shows a reader other words: text
between `<` and `>` goes if it is called HTML, `=31` becomes 1 if it is called quoted-printable, and a boundary that
stands in quoted source makes the rest of the mail a preamble that nobody is shown.
"""

import re
from collections.abc import Iterator

from crible.extract.mail.decoding import BAD_BASE64, base64_defect
from crible.extract.mail.fields import Header
from crible.extract.mail.walker import MESSAGES
from crible.model.facts import Part

MISTYPED = "body-not-of-type"
MISCODED = "body-not-so-encoded"
OUTSIDE = "text-outside-parts"

_HEAD = 1 << 16
_TAG = re.compile(rb"<(?:!doctype|html|head|body|meta|style|table|div|span|font|p|br|a|b|i|img|h[1-6])[\s/>]", re.I)
_PARTED = re.compile(rb"\s*+--[^\r\n]{1,200}\r?\n(?:[^\r\n]++\r?\n){0,5}?content-[a-z-]{1,30}:", re.I)
_REPEATED = re.compile(rb";\s*+(boundary|charset)[\s*0-9]{0,8}=", re.I)
_UNCODED = re.compile(rb"=(?![0-9A-Fa-f]{2}|[ \t]*+\r?\n|[ \t]*+\Z)|=(?:3[0-9]|[46][1-9A-F]|[57][0-9A]|0[1-8BCEF]|1)")
"""No `=` of quoted-printable, or one that stands for a letter, digit or control: no encoder needs these, a quoted
figure such as `lot=31` has them. Of 2,373 quoted-printable mails of lists none."""
_BEGINS_LINE = re.compile(rb"(?m)^=(?:46|66|2[DE])")
"""`From ` and a full stop at the start of a line are coded by careful encoders (RFC 2049 §3)."""


def misfits(data: bytes, header: Header, parts: tuple[Part, ...]) -> Iterator[str]:
    """Message keys (domain `ledger`) for a body that the fields above it do not describe; `parts` as walked."""
    top = parts[0]
    body = data[top.body_start : top.body_end]
    if any(_repeats(field.value) for field in header.all("content-type")) or not _typed(top, parts, body[:_HEAD]):
        yield MISTYPED
    if len(parts) == 2 and not _coded(data, top, body):
        yield MISCODED
    if _outside(data, top, parts):
        yield OUTSIDE


def _repeats(value: bytes) -> bool:
    """A parameter given twice, or once plain and once in pieces (RFC 2231): programs differ in which they take."""
    found = [name.lower() for name in _REPEATED.findall(value[:_HEAD])]
    pieces = re.findall(rb"(?i)\*[1-9]", value[:_HEAD])
    return len(found) - len(pieces) > len(set(found))


def _typed(top: Part, parts: tuple[Part, ...], head: bytes) -> bool:
    if top.mime in MESSAGES:
        return False
    if top.mime == "text/html":
        return not head.strip() or top.encoding in ("base64", "quoted-printable") or _TAG.search(head) is not None
    return not (top.mime.startswith("text/") and len(parts) == 2 and _PARTED.match(head))


def _coded(data: bytes, top: Part, body: bytes) -> bool:
    if top.encoding == "base64":
        return base64_defect(data, top.body_start, top.body_end) != BAD_BASE64
    if top.encoding != "quoted-printable" or b"=" not in body:
        return True
    return _UNCODED.search(_BEGINS_LINE.sub(b"", body)) is None


def _outside(data: bytes, top: Part, parts: tuple[Part, ...]) -> bool:
    """Text before the first part that is no notice about MIME, or any after the last one."""
    inner = [part for part in parts if part.number.isdigit() and part.header_start > top.body_start]
    if not top.mime.startswith("multipart/") or not inner:
        return False
    before = data[top.body_start : inner[0].header_start].rpartition(b"\n--")[0].strip()
    if before and (b"mime" not in before.lower() or b"\n--" in before or before.startswith(b"--")):
        return True
    after = data[inner[-1].body_end : top.body_end].strip()
    return b"\n" in after
