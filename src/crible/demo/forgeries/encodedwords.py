"""Encoded words (RFC 2047) as each program writes them; Python's own library, and so Mailman, writes them otherwise."""

import base64

STYLES: dict[str, tuple[str, str]] = {
    "gmail": ("UTF-8", "Q"),
    "exchange": ("iso-8859-1", "Q"),
    "outlook": ("utf-8", "Q"),
    "apple": ("utf-8", "Q"),
    "iphone": ("utf-8", "Q"),
    "thunderbird": ("UTF-8", "Q"),
    "javamail": ("UTF-8", "Q"),
    "roundcube": ("UTF-8", "Q"),
    "mailing": ("UTF-8", "B"),
}
"""Charset and encoding, with the capitals of the program."""
LONGEST = 75
_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!*+-/.'")


def encoded_words(text: str, program: str) -> str:
    """Unstructured text or a display name; as it is where it is ASCII, else whole words of at most 75 characters."""
    if text.isascii():
        return text
    charset, way = STYLES[program]
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        charset = "utf-8"
    room = LONGEST - len(f"=?{charset}?{way}??=") - len("Subject: ")
    chunks = [""]
    for char in text:
        if len(_word(chunks[-1] + char, charset, way)) > room:
            chunks.append("")
        chunks[-1] += char
    return "\r\n ".join(f"=?{charset}?{way}?{_word(chunk, charset, way)}?=" for chunk in chunks)


def _word(text: str, charset: str, way: str) -> str:
    data = text.encode(charset)
    if way == "B":
        return base64.b64encode(data).decode()
    return "".join("_" if byte == 32 else chr(byte) if byte in _PLAIN else f"={byte:02X}" for byte in data)
