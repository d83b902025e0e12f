"""The texts of an item: plain, HTML and RTF, each only where it says what no other does ([MS-OXCMSG] §2.2.1.58)."""

from dataclasses import dataclass

from crible.intake.outlook.codepages import label
from crible.intake.outlook.compressed import decompress
from crible.intake.outlook.encapsulated import HTML, TEXT, unwrapped
from crible.intake.outlook.properties import UNICODE, Properties
from crible.model.errors import Unreadable

PLAIN, RTF, MARKUP, NATIVE = 0x1000, 0x1009, 0x1013, 0x1016


@dataclass(frozen=True, slots=True)
class Bodies:
    """What an item says."""

    plain: str | None = None
    """Line ends CRLF."""
    html: bytes | None = None
    charset: str = ""
    """Of the HTML; empty where the item does not say."""
    codec: str = ""
    """The same as Python calls it."""
    rtf: bytes | None = None
    """RTF that wraps nothing, so that its own look is only here."""
    plain_native: bool = False
    """The item says that it was written as plain text (PidTagNativeBody 1)."""
    lost: bool = False
    """A body is stored but cannot be read."""


def bodies(said: Properties) -> Bodies:
    """The item's texts; an unreadable one is left out and `lost`."""
    plain = _crlf(said.text(PLAIN)) if PLAIN in said else None
    html, codec = _markup(said)
    rtf: bytes | None = None
    lost = bool(said.unreadable & {PLAIN, MARKUP})
    if html is None and RTF in said:
        try:
            rtf = decompress(said.data(RTF)) or None
        except Unreadable:
            lost = True
        kind, text = unwrapped(rtf or b"")
        if kind == HTML:
            html, codec, rtf = text.encode(), "utf-8", None
        elif kind == TEXT:
            plain, rtf = plain or _crlf(text), None
        lost = lost or RTF in said.unreadable
    charset = label(codec) if codec else ""
    return Bodies(plain or None, html, charset, codec, rtf, said.integer(NATIVE) == 1, lost)


def _markup(said: Properties) -> tuple[bytes | None, str]:
    found = said.value(MARKUP)
    if found is None or not found[1].rstrip(b"\0"):
        return None, ""
    if found[0] == UNICODE:
        return said.text(MARKUP).encode("utf-8", "replace"), "utf-8"
    codec = said.body_codec
    return found[1] if codec.startswith("utf-16") else found[1].rstrip(b"\0"), codec


def _crlf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
