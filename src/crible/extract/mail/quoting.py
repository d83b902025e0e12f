"""From-quoting of mbox files, and a mail's wire form (RFC 4155 appendix A; qmail's mbox(5) names mboxo and mboxrd).

mboxo puts `>` before lines that begin with `From `, mboxrd before those that begin with any number of `>` and then
`From `. Which was done is not written anywhere: a line `>>From ` shows that it was mboxrd, one `>From ` shows nothing,
the writer may have typed it. So the readings are tried in order and the body's hash decides.
"""

import re
from hashlib import sha256

KEPT, MBOXRD, MBOXO = "kept", "mboxrd", "mboxo"

_QUOTED = re.compile(rb"^(>+)From ", re.MULTILINE)
_ONE = re.compile(rb"^>From ", re.MULTILINE)


def unquotings(body: bytes, quoted: bool) -> tuple[str, ...]:
    """The readings worth trying, the preferred one first; `("",)` where none of them would change a byte.

    `quoted` says that the mail lay in an mbox at all.
    """
    if not quoted or b">From " not in body:
        return ("",)
    depths = [len(found[1]) for found in _QUOTED.finditer(body)]
    if not depths:
        return ("",)
    return (MBOXRD if max(depths) > 1 else MBOXO, KEPT)


def unquote(data: bytes, how: str) -> bytes:
    """`data` with one `>` taken off each quoted line, as `how` reads them; unchanged for `` and `kept`."""
    if how == MBOXRD:
        return _QUOTED.sub(lambda found: found[0][1:], data)
    if how == MBOXO:
        return _ONE.sub(b"From ", data)
    return data


def wire(data: bytes, how: str) -> bytes:
    """SHA-256 of the message as it travelled: quoting undone, every line end CRLF. A bare CR stays as it is."""
    data = unquote(data, how)
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
    return sha256(data.replace(b"\n", b"\r\n")).digest()
