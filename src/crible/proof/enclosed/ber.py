"""BER as CMS uses it, read by offsets: definite and indefinite lengths, nothing copied until it is asked for (X.690).

`cryptography` verifies no CMS and reads DER alone, and real S/MIME of some programs is BER; asn1crypto reads it and
has seen no release since 2022. What is needed of either is these hundred lines.
"""

from collections.abc import Iterator
from dataclasses import dataclass

INTEGER, OCTETS, OID, SEQUENCE, SET = 0x02, 0x04, 0x06, 0x30, 0x31
DEEPEST = 24
"""Levels of nesting; a certificate in a signature takes 12."""
MOST = 10_000
"""Elements of one constructed element."""


class BadEncoding(ValueError):  # noqa: N818
    """Not BER, or BER nested deeper than anything that is signed."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element of `data`: its tag byte, where it starts, its contents' span, and where the next one starts."""

    data: bytes
    tag: int
    start: int
    content: int
    end: int
    after: int
    depth: int = 0

    @property
    def raw(self) -> bytes:
        """As it stands, tag and length included."""
        return self.data[self.start : self.after]

    @property
    def value(self) -> bytes:
        """Its contents."""
        return self.data[self.content : self.end]

    @property
    def oid(self) -> str:
        """An object identifier in dotted form; empty for another element."""
        return _dotted(self.value) if self.tag == OID else ""

    def children(self) -> Iterator["Element"]:
        """The elements inside. Raises BadEncoding."""
        at, count = self.content, 0
        while at < self.end:
            child = _element(self.data, at, self.end, self.depth + 1)
            count += 1
            if count > MOST:
                raise BadEncoding
            yield child
            at = child.after

    def octets(self) -> bytes:
        """The bytes of an octet string, whose pieces are joined where it is made of pieces. Raises BadEncoding."""
        if not self.tag & 0x20:
            return self.value
        return b"".join(child.octets() for child in self.children())


def parse(data: bytes) -> Element:
    """The first element of `data`. Raises BadEncoding."""
    return _element(data, 0, len(data), 0)


def set_of(element: Element) -> bytes:
    """The contents of an implicitly tagged SET under their own tag, as what is signed has them (RFC 5652 §5.4)."""
    size = element.end - element.content
    digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
    length = bytes([size]) if size < 0x80 else bytes([0x80 | len(digits)]) + digits
    return bytes([SET]) + length + element.value


def _element(data: bytes, at: int, end: int, depth: int) -> Element:
    if depth > DEEPEST or at + 2 > end:
        raise BadEncoding
    tag, size, content = data[at], data[at + 1], at + 2
    if tag & 0x1F == 0x1F:
        raise BadEncoding  # no tag of CMS or X.509 needs a second byte
    if size == 0x80:
        return _indefinite(data, at, content, end, depth)
    if size > 0x80:
        width = size & 0x7F
        size = int.from_bytes(data[content : content + width], "big")
        if width > 4 or content + width > end:
            raise BadEncoding
        content += width
    if content + size > end:
        raise BadEncoding
    return Element(data, tag, at, content, content + size, content + size, depth)


def _indefinite(data: bytes, start: int, content: int, end: int, depth: int) -> Element:
    """An element that ends at the end-of-contents mark of its own level (X.690 §8.1.3.6)."""
    if not data[start] & 0x20:
        raise BadEncoding
    at = content
    while data[at : at + 2] != b"\0\0":
        at = _element(data, at, end, depth + 1).after
    return Element(data, data[start], start, content, at, at + 2, depth)


def _dotted(value: bytes) -> str:
    if not value or len(value) > 64:
        return ""
    numbers, number = [], 0
    for byte in value:
        number = number << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(number)
            number = 0
    first = min(numbers[0] // 40, 2) if numbers else 0
    return ".".join(map(str, [first, numbers[0] - 40 * first, *numbers[1:]])) if numbers else ""
