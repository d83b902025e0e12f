"""A mailing list as Mailman 2 runs it: prefix, footer, sender rewritten, and so every signature broken."""

import base64
import quopri
import re

from crible.demo.compose import Mail, words
from crible.demo.forgeries.draft import Sent
from crible.demo.forgeries.hosts import LISTE

NAME = "rivage"
ADDRESS = f"{NAME}@{LISTE.domain}"
FOOTER = (
    "_______________________________________________\n"
    f"Rivage mailing list\n{ADDRESS}\nhttps://{LISTE.domain}/listinfo/{NAME}\n"
)
_BOUNDARY = re.compile(rb'boundary="([^"]+)"')


def passed_on(sent: Sent, mail: Mail, *, rewrites: bool, footer: str = FOOTER) -> Mail:
    """The mail as subscribers get it; `rewrites`: From names the list, the author moved to Reply-To."""
    subject = sent.draft.subject
    changed = mail.swap("Subject", words(f"[{NAME.title()}] {subject}", "Subject").encode())
    added = []
    if rewrites:
        author = mail.get("From")
        shown = f"{sent.draft.sender.name} via {NAME.title()}"
        changed = changed.swap("From", f"{words(shown, 'From')} <{ADDRESS}>".encode())
        added.append(b"Reply-To: " + author + b"\r\n")
    added += [
        f"X-BeenThere: {ADDRESS}\r\n".encode(),
        b"X-Mailman-Version: 2.1.20\r\n",
        b"Precedence: list\r\n",
        f"List-Id: <{NAME}.{LISTE.domain}>\r\n".encode(),
        f"List-Post: <mailto:{ADDRESS}>\r\n".encode(),
    ]
    noted = Mail((*changed.fields, *added), changed.body)
    return with_footer(noted, footer)


def with_footer(mail: Mail, footer: str) -> Mail:
    """The mail with a footer: behind a plain text, as a further part of a mixed one, else around the whole."""
    kind, encoding = mail.get("Content-Type").lower(), mail.get("Content-Transfer-Encoding").lower()
    crlf = footer.replace("\n", "\r\n").encode()
    if kind.startswith(b"text/plain"):
        if encoding == b"base64":
            text = base64.b64decode(mail.body).rstrip(b"\r\n") + b"\r\n" + crlf
            return Mail(mail.fields, base64.encodebytes(text).replace(b"\n", b"\r\n"))
        if encoding == b"quoted-printable":
            crlf = quopri.encodestring(footer.encode()).replace(b"\n", b"\r\n")
        return Mail(mail.fields, mail.body.rstrip(b"\r\n") + b"\r\n" + crlf)
    charset, way = (b"us-ascii", b"7bit") if footer.isascii() else (b"utf-8", b"8bit")
    part = b'Content-Type: text/plain; charset="' + charset + b'"\r\nMIME-Version: 1.0\r\n'
    part += b"Content-Transfer-Encoding: " + way + b"\r\nContent-Disposition: inline\r\n\r\n" + crlf
    found = _BOUNDARY.search(mail.get("Content-Type"))
    edge = b"--" + found[1] if found else b"--"
    if kind.startswith(b"multipart/mixed"):
        end = mail.body.rindex(edge + b"--")
        return Mail(mail.fields, mail.body[:end] + edge + b"\r\n" + part + b"\r\n" + mail.body[end:])
    outer = b"===============" + edge[2:18] + b"=="
    inner = b"Content-Type: " + mail.get("Content-Type") + b"\r\n\r\n" + mail.body
    body = b"".join(b"--" + outer + b"\r\n" + one + b"\r\n" for one in (inner, part)) + b"--" + outer + b"--\r\n"
    return Mail(mail.swap("Content-Type", b'multipart/mixed; boundary="' + outer + b'"').fields, body)
