"""Windows code pages and locales as Python codecs ([MS-UCODEREF] §2.2.1, [MS-LCID] §2.2).

All are looked up on import: a sandboxed child can no longer open the standard library's codecs.
"""

import codecs

WESTERN = "cp1252"

_NUMBERED = {
    1200: "utf-16-le", 1201: "utf-16-be", 10000: "mac-roman", 10007: "mac-cyrillic", 20127: "cp1252", 20866: "koi8-r",
    21866: "koi8-u", 20932: "euc_jp", 50220: "iso2022_jp", 50221: "iso2022_jp_ext", 50222: "iso2022_jp_ext",
    50225: "iso2022_kr", 51932: "euc_jp", 51936: "gb18030", 51949: "cp949", 52936: "hz", 54936: "gb18030",
    65000: "utf-7", 65001: "utf-8", 936: "gb18030", 950: "big5hkscs", 28591: "cp1252", 28599: "cp1254",
}  # fmt: skip
_ISO = {28590 + n: f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 13, 15)} | {38598: "iso8859-8"}
_OWN = {n: f"cp{n}" for n in (437, 850, 852, 855, 857, 858, 862, 866, 874, 932, 949, *range(1250, 1259))}
_CODECS = {number: codecs.lookup(name).name for number, name in (_NUMBERED | _ISO | _OWN).items()}

_LABELS = {"cp932": "shift_jis", "cp949": "euc-kr", "big5hkscs": "big5", "iso2022_jp_ext": "iso-2022-jp"}
"""MIME names of codecs that Python calls otherwise (IANA character sets)."""

_LANGUAGES = {
    0x01: 1256, 0x02: 1251, 0x05: 1250, 0x08: 1253, 0x0D: 1255, 0x0E: 1250, 0x11: 932, 0x12: 949, 0x15: 1250,
    0x18: 1250, 0x19: 1251, 0x1A: 1250, 0x1B: 1250, 0x1C: 1250, 0x1E: 874, 0x1F: 1254, 0x20: 1256, 0x22: 1251,
    0x23: 1251, 0x24: 1250, 0x25: 1257, 0x26: 1257, 0x27: 1257, 0x29: 1256, 0x2A: 1258, 0x2F: 1251,
}  # fmt: skip
"""Code page by primary language (the low ten bits of a locale); 1252 for all others."""
_TRADITIONAL = (0x0404, 0x0C04, 0x1404)


def codec(codepage: int | None) -> str:
    """The Python codec of a Windows code page; empty where it is none that is known here."""
    return _CODECS.get(codepage, "") if codepage is not None else ""


def locale_codec(locale: int | None) -> str:
    """The codec of the ANSI code page that Windows uses in a locale (LCID)."""
    if locale is None:
        return WESTERN
    if locale & 0x3FF == 0x04:
        return _CODECS[950 if locale in _TRADITIONAL else 936]
    return _CODECS[_LANGUAGES.get(locale & 0x3FF, 1252)]


def label(name: str) -> str:
    """What a Content-Type field calls the codec."""
    if name in _LABELS:
        return _LABELS[name]
    if name.startswith("iso8859-"):
        return "iso-8859-" + name[8:]
    return "windows-" + name[2:] if name.startswith("cp") and len(name) == 6 else name.replace("_", "-")
