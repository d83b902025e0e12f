"""Dictionaries and arrays of a PDF (ISO 32000-2 §7.3), read by tokens.

pyHanko reads them byte by byte, each byte by a call and each token by a step back: a sixth of an examination. What is
written as programs write it is read here by one expression a token, six times as fast; everything else is left to it.
"""

import binascii
import re
from typing import Any, BinaryIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PDF_WHITESPACE

PIECES = (1 << 11, 1 << 14, 1 << 17)
"""Bytes that are read at once, in turn until the object ends in them; a larger one is pyHanko's."""
DEPTH = 20
"""Dictionaries and arrays in one another; pyHanko's own limit is the interpreter's stack."""

_TOKEN = re.compile(
    rb"""[ \n\r\t\f\0]*(?:
    /(?P<name>[!"$&'*-.0-;=?-Z\\^-z|~]*)(?=[ \n\r\t\f\0()<>\[\]{}/%])  # regular characters but for the escape
    |(?P<id>[1-9]\d{0,8})[ ](?P<generation>\d{1,5})[ ]R(?=[^a-zA-Z])
    |(?P<number>[-+]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15}))(?=[ \n\r\t\f\0()<>\[\]{}/%])
    |(?P<mark><<|>>|\[|\])
    |\((?P<string>[^()\\]*)\)
    |<(?P<hex>[0-9A-Fa-f \n\r\t\f\0]*)>
    |(?P<word>true|false|null)(?=[ \n\r\t\f\0()<>\[\]{}/%])
    )""",
    re.VERBOSE,
)
_made: Any = generic
"""Its classes, most of which have no types."""
_by_byte = generic.read_object
_NO = generic.ContentOpReading.NO


class _OddError(Exception):
    """Not as programs write it, or not whole."""


class _Reader:
    """One object."""

    def __init__(self, piece: bytes, container: Any) -> None:
        self._piece, self._container, self._handler = piece, container, container.get_pdf_handler()
        self.at = 0

    def _next(self) -> re.Match[bytes]:
        found = _TOKEN.match(self._piece, self.at)
        if found is None:
            raise _OddError
        self.at = found.end()
        return found

    def whole(self) -> Any:
        """The entries of a dictionary as a `dict`, or an array. Raises _OddError."""
        mark = self._next()["mark"]
        if mark == b"<<":
            return self._dictionary(1)
        if mark == b"[":
            return self._value_array(1)
        raise _OddError

    def _dictionary(self, depth: int) -> dict[generic.NameObject, Any]:
        data: dict[generic.NameObject, Any] = {}
        while (found := self._next()).lastgroup == "name":
            key = generic.NameObject("/" + found["name"].decode())
            if key in data:
                raise _OddError
            data[key] = self._value(self._next(), depth)
        if found["mark"] != b">>":
            raise _OddError
        return data

    def _value_array(self, depth: int) -> Any:
        array = _made.ArrayObject()
        while (found := self._next())["mark"] != b"]":
            list.append(array, self._value(found, depth))
        array.container_ref = self._container
        return array

    def _value(self, found: re.Match[bytes], depth: int) -> Any:
        kind = found.lastgroup
        made: Any
        if kind == "name":
            made = generic.NameObject("/" + found["name"].decode())
        elif kind == "generation":
            made = _made.IndirectObject(int(found["id"]), int(found["generation"]), self._handler)
        elif kind == "number":
            digits = found["number"].decode()
            made = _made.FloatObject(digits) if "." in digits else _made.NumberObject(digits)
        elif kind == "mark":
            return self._nested(found["mark"], depth + 1)
        else:
            made = _scalar(found)
        made.container_ref = self._container
        return made

    def _nested(self, mark: bytes, depth: int) -> Any:
        if depth > DEPTH or mark not in (b"<<", b"["):
            raise _OddError
        if mark == b"[":
            return self._value_array(depth)
        made = dictionary(self._dictionary(depth))
        made.container_ref = self._container
        return made


def _scalar(found: re.Match[bytes]) -> Any:
    if found.lastgroup == "string":
        return generic.pdf_string(found["string"])
    if found.lastgroup == "hex":
        digits = found["hex"].translate(None, PDF_WHITESPACE)
        return generic.pdf_string(binascii.unhexlify(digits + b"0" * (len(digits) % 2)))
    return _made.NullObject() if found["word"] == b"null" else _made.BooleanObject(found["word"] == b"true")


def dictionary(data: dict[generic.NameObject, Any]) -> generic.DictionaryObject:
    """A dictionary of entries whose keys are names already: pyHanko's constructor asks that of each again."""
    made: generic.DictionaryObject = _made.DictionaryObject()
    dict.update(made, data)
    return made


class Tokens:
    """In place of `pyhanko.pdf_utils.generic.read_object`."""

    def __init__(self) -> None:
        self._leaving = False
        """While pyHanko reads an object: what lies in it would be tried, and found odd, once for each level."""

    def read(
        self, stream: BinaryIO, container_ref: Any, as_metadata_stream: bool = False, in_content_stream: Any = _NO
    ) -> Any:
        """What pyHanko's own function answers, and raises."""
        if not (self._leaving or as_metadata_stream or in_content_stream is not _NO):
            start = stream.tell()
            if found := _read(stream, container_ref):
                stream.seek(start + found[1])
                return _finished(found[0], stream, container_ref)
            stream.seek(start)
        leaving, self._leaving = self._leaving, True
        try:
            return _by_byte(stream, container_ref, as_metadata_stream, in_content_stream)
        finally:
            self._leaving = leaving


def _read(stream: BinaryIO, container: Any) -> tuple[Any, int] | None:
    """The object at the stream's place and its length; None where it is left to pyHanko."""
    start = stream.tell()
    for size in PIECES:
        stream.seek(start)
        piece = stream.read(size)
        if piece[:1] not in (b"<", b"["):
            return None
        reader = _Reader(piece, container)
        try:
            return reader.whole(), reader.at
        except _OddError:
            if len(piece) < size:
                return None
    return None


def _finished(found: Any, stream: BinaryIO, container: Any) -> Any:
    """With the stream that may follow a dictionary, by pyHanko's own function."""
    if isinstance(found, generic.ArrayObject):
        return found
    payload = _made._maybe_read_stream_payload(stream, found, container.get_pdf_handler())
    made = dictionary(found) if payload is None else _made.StreamObject(found, encoded_data=payload)
    made.container_ref = container
    return made


def install() -> None:
    """Have pyHanko use it."""
    generic.read_object = Tokens().read
