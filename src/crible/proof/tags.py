"""Tag=value lists, as in a DKIM-Signature field or a key record (RFC 6376 §3.2)."""

import re

WHITESPACE = b" \t\r\n"
_NAME = re.compile(rb"[A-Za-z][A-Za-z0-9_]*")
_USUAL = frozenset(b"v a b bh c cv d h i k l n p q s t x z darn".split())
"""Names that nearly all tags have, and that need no look at their letters."""


class Malformed(ValueError):  # noqa: N818
    """A signature or record that cannot be evaluated; `key` is its message key of domain `evidence`."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def parse_tags(text: bytes) -> dict[bytes, bytes]:
    """The tags of a list, names as written, values without the white space around them.

    Folded text is read as it stands. One empty piece after the last semicolon is allowed; any other, a piece without
    `=` and a name that is none make the whole list malformed, and so does a tag given twice: which of the two a
    signer meant cannot be known. Raises Malformed. Work is linear in the length of the text.
    """
    pieces = text.strip(WHITESPACE).split(b";")
    if not pieces[-1].strip(WHITESPACE):
        pieces.pop()
    tags: dict[bytes, bytes] = {}
    for piece in pieces:
        name, equals, value = piece.partition(b"=")
        name = name.strip(WHITESPACE)
        if not equals or not (name in _USUAL or _NAME.fullmatch(name)):
            raise Malformed("dkim-malformed-tags")
        if name in tags:
            raise Malformed("dkim-malformed-duplicate-tag")
        tags[name] = value.strip(WHITESPACE)
    return tags


def without_signature(text: bytes) -> bytes:
    """The list with the value of b= removed, and the white space around that value (RFC 6376 §3.7).

    dkimpy leaves white space between the value and its semicolon in place; the RFC, OpenDKIM and Mail::DKIM do not.
    """
    pieces = text.split(b";")
    for at, piece in enumerate(pieces):
        name, equals, _ = piece.partition(b"=")
        if name.strip(WHITESPACE) == b"b":
            pieces[at] = name + equals
    return b";".join(pieces)


def unspaced(value: bytes) -> bytes:
    """A value without any of its (folding) white space, as base64 and name lists are read."""
    return b"".join(value.split())
