"""Tables that leave the desk as CSV: as attachments, and inert in whatever opens them."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeVar

from django.http import HttpResponse, StreamingHttpResponse

R = TypeVar("R", HttpResponse, StreamingHttpResponse)
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r")
"""What a spreadsheet computes from (OWASP, CSV injection), full width too: words of a dump must run nowhere."""
_STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_MARK = b"\xef\xbb\xbf"
"""Without a byte order mark spreadsheets misread accents."""


class _Echo:
    def write(self, value: str) -> str:
        return value


def cell(value: object) -> str:
    """As text; an apostrophe before what would be a formula."""
    text = _STEERING.sub("\ufffd", "" if value is None else str(value))
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip("\ufffd \n").startswith(_FORMULA) else text


def spreadsheet(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A CSV file made whole before it is sent, for rows that need the facts of the case; the first is its header."""
    return _attached(HttpResponse(b"".join(_lines(rows)), content_type="text/csv; charset=utf-8"), name)


def attachment(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """A CSV file made while it is sent: its rows must not need the facts of the case, which are closed by then."""
    return _attached(StreamingHttpResponse(_lines(chain([header], rows)), content_type="text/csv; charset=utf-8"), name)


def _attached(response: R, name: str) -> R:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _lines(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    writer = csv.writer(_Echo())
    yield _MARK
    for row in rows:
        yield writer.writerow([cell(value) for value in row]).encode("utf-8", "replace")
