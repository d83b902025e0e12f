"""Windows' numbers of languages as tags ([MS-LCID] §2.2): those of Europe and the commonest elsewhere."""

_TAGS = {
    0x0401: "ar-SA", 0x0402: "bg-BG", 0x0403: "ca-ES", 0x0404: "zh-TW", 0x0405: "cs-CZ", 0x0406: "da-DK",
    0x0407: "de-DE", 0x0408: "el-GR", 0x0409: "en-US", 0x040A: "es-ES", 0x040B: "fi-FI", 0x040C: "fr-FR",
    0x040D: "he-IL", 0x040E: "hu-HU", 0x0410: "it-IT", 0x0411: "ja-JP", 0x0412: "ko-KR", 0x0413: "nl-NL",
    0x0414: "nb-NO", 0x0415: "pl-PL", 0x0416: "pt-BR", 0x0418: "ro-RO", 0x0419: "ru-RU", 0x041A: "hr-HR",
    0x041B: "sk-SK", 0x041C: "sq-AL", 0x041D: "sv-SE", 0x041E: "th-TH", 0x041F: "tr-TR", 0x0422: "uk-UA",
    0x0423: "be-BY", 0x0424: "sl-SI", 0x0425: "et-EE", 0x0426: "lv-LV", 0x0427: "lt-LT", 0x0429: "fa-IR",
    0x042A: "vi-VN", 0x042D: "eu-ES", 0x042F: "mk-MK", 0x0439: "hi-IN", 0x0804: "zh-CN", 0x0807: "de-CH",
    0x0809: "en-GB", 0x080A: "es-MX", 0x080C: "fr-BE", 0x0810: "it-CH", 0x0813: "nl-BE", 0x0816: "pt-PT",
    0x0C04: "zh-HK", 0x0C07: "de-AT", 0x0C09: "en-AU", 0x0C0A: "es-ES", 0x0C0C: "fr-CA", 0x1004: "zh-SG",
    0x1009: "en-CA", 0x100C: "fr-CH", 0x1409: "en-NZ", 0x140C: "fr-LU", 0x1809: "en-IE", 0x180C: "fr-MC",
    0x1C09: "en-ZA", 0x2C0A: "es-AR",
}  # fmt: skip
_PAGES = {
    1250: (0x05, 0x0E, 0x15, 0x18, 0x1A, 0x1B, 0x1C, 0x24), 1251: (0x02, 0x19, 0x22, 0x23, 0x2F), 1253: (0x08,),
    1254: (0x1F,), 1255: (0x0D,), 1256: (0x01, 0x29), 1257: (0x25, 0x26, 0x27), 1258: (0x2A,), 874: (0x1E,),
    932: (0x11,), 949: (0x12,),
}  # fmt: skip
_BY_PRIMARY = {primary: page for page, primaries in _PAGES.items() for primary in primaries}


def tag(lcid: int) -> str:
    """`fr-FR` for 0x040C; `lcid-XXXX` for a number not listed; empty for none (0, 0x0400: no proofing)."""
    lcid &= 0xFFFF
    return "" if lcid in (0, 0x0400, 0xFFFF) else _TAGS.get(lcid, f"lcid-{lcid:04x}")


def code_page(lcid: int) -> int:
    """The Windows code page that programs of that language wrote 8-bit text in."""
    if lcid & 0x3FF == 0x04:
        return 950 if lcid in (0x0404, 0x0C04, 0x1404) else 936
    return _BY_PRIMARY.get(lcid & 0x3FF, 1252)
