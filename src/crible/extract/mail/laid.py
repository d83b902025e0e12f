"""How a mail's text lies in its bytes, where it lies there as it is read: what an exact span needs."""

from crible.extract.mail.walker import leaves
from crible.model.facts import Part

_AS_THEY_ARE = frozenset({"", "7bit", "8bit", "binary"})


def laid(data: bytes, parts: tuple[Part, ...], text: str) -> str:
    """`lf` or `crlf` if `text` is, in UTF-8 and but for these line ends, the first inline text part of `data`; else ``.

    Decoding, unquoting, HTML and texts of several parts all answer ``: no byte then stands for a character.
    """
    first = next((part for part in leaves(parts) if part.inline_text), None)
    if first is None or first.mime != "text/plain" or first.encoding.lower() not in _AS_THEY_ARE or not text:
        return ""
    size = first.body_end - first.body_start
    encoded = text.encode("utf-8", "replace")
    if size == len(encoded):
        return "lf" if data[first.body_start : first.body_end] == encoded else ""
    if size == len(encoded) + encoded.count(b"\n"):
        return "crlf" if data[first.body_start : first.body_end] == encoded.replace(b"\n", b"\r\n") else ""
    return ""
