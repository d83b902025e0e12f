"""Bytes to text in the character set that a mail or page names, or the likeliest other one (RFC 2046 §4.1.2).

Labels are read as browsers and mail programs read them (WHATWG Encoding: iso-8859-1 means windows-1252, gb2312
means gb18030), since that is what the writers' programs did. Codecs are loaded on import: a sandboxed child cannot
open the standard library's files any more. A closed list, because some of Python's text codecs are no character
sets and one (punycode) is quadratic.
"""

import codecs
import re

from crible.extract.capped import clean

UNKNOWN = "charset-unknown"
"""Defect: no such character set; read as UTF-8, else windows-1252."""
WRONG = "charset-wrong"
"""Defect: the bytes are not in the character set named."""

_WHATWG = {
    "": "ascii", "us-ascii": "ascii", "ascii": "ascii", "ansi-x3-4-1968": "ascii", "iso-646-us": "ascii",
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "ansi": "cp1252",
    "iso-8859-9": "cp1254", "iso-8859-8-i": "iso8859-8", "iso-8859-11": "cp874", "tis-620": "cp874",
    "utf8": "utf-8", "utf-8": "utf-8", "unicode-1-1-utf-8": "utf-8", "utf8mb4": "utf-8", "unicode": "utf-16",
    "utf-16": "utf-16", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be", "utf-32": "utf-32", "utf-7": "utf-7",
    "unicode-1-1-utf-7": "utf-7", "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "hz-gb-2312": "hz",
    "euc-cn": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "cn-big5": "big5hkscs",
    "shift-jis": "cp932", "x-sjis": "cp932", "sjis": "cp932", "windows-31j": "cp932", "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp_ext", "iso-2022-jp-2": "iso2022_jp_2", "iso-2022-kr": "iso2022_kr",
    "ks-c-5601-1987": "cp949", "ks-c-5601": "cp949", "euc-kr": "cp949", "koi8-r": "koi8-r", "koi8-u": "koi8-u",
    "macintosh": "mac-roman", "x-mac-roman": "mac-roman", "x-mac-cyrillic": "mac-cyrillic", "windows-874": "cp874",
}  # fmt: skip
_NUMBERED = {f"iso-8859-{n}": f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)}
_CODE_PAGES = {f"{label}{n}": f"cp{n}" for n in range(1250, 1259) for label in ("windows-", "cp", "cp-", "x-cp")} | {
    f"{label}{n}": f"cp{n}" for n in (437, 850, 852, 855, 858, 862, 866, 932, 949) for label in ("ibm", "cp", "cp-")
}
_CODECS = {label: codecs.lookup(name).name for label, name in (_WHATWG | _NUMBERED | _CODE_PAGES).items()}
_NOT_ASCII = frozenset(
    codecs.lookup(name).name for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "hz")
)
_MULTIBYTE = frozenset({"utf-8", "gb18030", "big5hkscs", "cp932", "euc_jp", "cp949"})
_WESTERN = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256))
_META = re.compile(
    rb"""<meta[^<>]{0,200}?charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})|encoding=["']([\w-]{1,40})""", re.I
)


def decode(data: bytes, charset: str = "") -> tuple[str, str]:
    """The text of `data`, without byte order mark and NUL, and the defect met (`UNKNOWN`, `WRONG` or empty).

    Where the named character set does not fit: the same with replacement characters if under 1 in 50 is wrong (a cut
    or damaged text), else UTF-8, else windows-1252, which never fails.
    """
    codec = _CODECS.get(charset.strip().lower().replace("_", "-"))
    if data.isascii() and codec not in _NOT_ASCII and b"\x1b" not in data:
        return _kept(data.decode("ascii")), "" if codec else UNKNOWN
    if codec == "cp1252":
        return _kept(_western(data)), ""
    if codec:
        try:
            return _kept(data.decode(codec)), ""
        except (UnicodeError, ValueError):
            pass
    if codec in _MULTIBYTE:
        text = data.decode(codec, "replace")
        if text.count("\ufffd") * 50 < len(text):
            return _kept(text), WRONG
    return _kept(_guess(data)), WRONG if codec else UNKNOWN


def sniff(markup: bytes, within: int = 2048) -> str:
    """The character set that HTML or XML names for itself in its first bytes; empty if none."""
    if markup.startswith(codecs.BOM_UTF8):
        return "utf-8"
    if markup.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    found = _META.search(markup, 0, within)
    return (found[1] or found[2]).decode("ascii", "replace") if found else ""


def _kept(text: str) -> str:
    return clean(text.removeprefix("\ufeff"))


def _guess(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _western(data)


def _western(data: bytes) -> str:
    """windows-1252 with its five holes read as C1 controls, as browsers do."""
    return codecs.charmap_decode(data, "strict", _WESTERN)[0]
