"""Plain text of any charset: what its bytes say, no library that guesses Chinese in an even number of letters."""

import codecs

from crible.extract.capped import TEXT_CAP, clean
from crible.extract.guard import reading
from crible.extract.language import detect
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.sandbox.window import Window

HEAD = 1 << 20
_CHUNK = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
for _name in (*dict(_BOMS).values(), "utf-8", "utf-16-le", "utf-16-be", "cp1252", "cp1251", "koi8-r", "latin-1"):
    codecs.lookup(_name)  # a sandboxed child cannot open the standard library's files any more
_CONTROLS = bytes([*range(9), 11, *range(14, 27), *range(28, 32), 127])
_HIGH = bytes(range(128, 256))
_CONTINUATION = bytes(range(0x80, 0xC0))


def codec_of(head: bytes) -> str:
    """The codec that reads these first bytes as text; empty where they are not text.

    A byte order mark wins; then UTF-8 if it decodes; UTF-16 only where zero bytes show it; Cyrillic single-byte sets
    where high bytes are the rule; Windows-1252 for the rest.
    """
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    if b"\0" in head:
        return _utf16(head)
    if _ratio(head, _CONTROLS) > 0.01:
        return ""
    if _decodes(head, "utf-8"):
        return "utf-8"
    return _single_byte(head)


def decode(data: bytes, codec: str) -> str:
    """The text; bytes that the codec cannot read become U+FFFD, in Windows-1252 the C1 control they are in Latin-1."""
    if codec == "cp1252":
        return data.decode("cp1252", "crible-latin1")
    return data.decode(codec, "replace")


def read(window: Window) -> Reading:
    """The text as it stands, up to the cap; `charset` in the properties says how its bytes were read."""
    with reading("text"):
        head = window.read(0, HEAD)
        codec = codec_of(head) or "cp1252"
        start = window.read(0, 4 * TEXT_CAP)
        decoded = decode(start, codec)
        text = clean(decoded[:TEXT_CAP])
        left_out = max(0, len(decoded) - TEXT_CAP) + _characters(window, len(start), codec)
        facts = FileFacts(properties={"charset": codec.removesuffix("-sig")})
        return Reading("text/plain", text, detect(text), file=facts, truncated=left_out)


def _characters(window: Window, at: int, codec: str) -> int:
    """Characters from byte `at` on, counted without decoding: the rest of a 9 GB log costs a read, not a decode."""
    count = 0
    while piece := window.read(at, _CHUNK):
        at += len(piece)
        count += len(piece.translate(None, _CONTINUATION)) if codec.startswith("utf-8") else len(piece)
    return count // {"utf-16": 2, "utf-32": 4}.get(codec[:6], 1)


def _ratio(data: bytes, kinds: bytes) -> float:
    return 1 - len(data.translate(None, kinds)) / len(data) if data else 0.0


def _decodes(head: bytes, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        decoder.decode(head)  # not final: the head may end inside a character
    except UnicodeDecodeError:
        return False
    return True


def _utf16(head: bytes) -> str:
    """UTF-16 without a mark: zero bytes on one side only, in a tenth of the units or more (ASCII, blanks, newlines).

    Chinese without a mark fails this and stays binary: a wrong guess would be worse than none.
    """
    head = head[: len(head) & ~1]
    even, odd = head[::2].count(0), head[1::2].count(0)
    codec = "utf-16-le" if odd > even else "utf-16-be"
    if max(even, odd) < len(head) // 20 or min(even, odd) > len(head) // 400 or not _decodes(head, codec):
        return ""
    return codec if _ratio(decode(head, codec).encode("latin-1", "ignore"), _CONTROLS) <= 0.01 else ""


def _single_byte(head: bytes) -> str:
    """Windows-1251 or KOI8-R where two fifths of all letters are high bytes, told apart by where lower case lies."""
    if _ratio(b"".join(head.split()), _HIGH) < 0.4:
        return "cp1252"
    windows, koi8 = _ratio(head, bytes(range(0xE0, 0x100))), _ratio(head, bytes(range(0xC0, 0xE0)))
    return "cp1251" if windows >= koi8 else "koi8-r"


def _latin1(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("crible-latin1", _latin1)
