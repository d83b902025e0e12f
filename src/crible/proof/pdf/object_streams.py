"""Objects inside object streams (ISO 32000-2 §7.5.7), found by a stream's header read once.

pyHanko reads the header anew for each object, number by number: of a stream of 270 objects that was nine tenths of an
examination.
"""

import io
from typing import Any

from pyhanko.pdf_utils import generic, misc
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.reader import PdfFileReader

_PLAIN = b"0123456789 \n\r\t\f"
_IN_NUMBERS = b"0123456789+,-."
"""What pyHanko reads on as part of a number."""
_DIGITS = 20
"""Of the longest number; Python refuses some of 4,300, which pyHanko takes for a null object and not for an error."""
_MOST = 1 << 18
"""Objects of a stream, of which programs write a few hundred; kept of more, the places alone would fill the memory."""


class Reader(PdfFileReader):
    """pyHanko's reader, lenient; whatever is odd about a stream, or an object in it, is left to it."""

    def __init__(self, stream: Any) -> None:
        self._headers: dict[int, dict[int, int]] = {}
        super().__init__(stream, strict=False)

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:
        stream: Any = generic.Reference(stmnum, 0, self).get_object()
        if _is_plain(stream) and 0 <= idx < stream["/N"]:
            if stmnum not in self._headers:
                data = stream.read_data(DecodePurpose.OBJECT_STREAM)
                self._headers[stmnum] = header(data, stream["/N"], stream["/First"])
            place = self._headers[stmnum].get(idnum)
            if place is not None and (found := self._object(idnum, stream, place)) is not None:
                return found
        return super()._get_object_from_stream(idnum, stmnum, idx)  # type: ignore[no-untyped-call]

    def _object(self, idnum: int, stream: generic.StreamObject, place: int) -> Any:
        """The object at a place of the stream's data; None where it is broken."""
        data = io.BytesIO(stream.read_data(DecodePurpose.OBJECT_STREAM))
        data.seek(place)
        try:
            found = generic.read_object(data, generic.Reference(idnum, 0, self))
            if not isinstance(found, (generic.StreamObject, generic.IndirectObject)):
                misc.read_non_whitespace(data, seek_back=True, allow_eof=True)  # type: ignore[no-untyped-call]
        except misc.PdfError:
            return None
        return found


def _is_plain(stream: Any) -> bool:
    if not isinstance(stream, generic.StreamObject) or stream.get("/Type") != "/ObjStm":
        return False
    return all(type(dict.get(stream, key)) is generic.NumberObject for key in ("/N", "/First"))


def header(data: bytes, count: int, first: int) -> dict[int, int]:
    """Where each of `count` objects starts in the data, by its number; empty where that is not plain to see."""
    if not 0 < first < len(data) or data[:first].translate(None, _PLAIN):
        return {}
    if not data[first - 1 : first].isspace() and data[first : first + 1] in _IN_NUMBERS:
        return {}
    if count > _MOST:
        return {}
    digits = data[:first].split(None, 2 * count)[: 2 * count]
    if max(map(len, digits), default=0) > _DIGITS:
        return {}
    numbers = [int(number) for number in digits]
    places = {name: first + offset for name, offset in zip(numbers[::2], numbers[1::2], strict=False)}
    return places if len(places) == count and len(numbers) == 2 * count else {}
