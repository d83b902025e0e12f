"""What a search found, a line a document, for people who count in spreadsheets."""

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from itertools import islice

from crible.index.query import compiled
from crible.index.record import Record
from crible.index.search import Place, Searcher
from crible.index.tree import Term
from crible.sift.sorted import bare_path
from crible.web.queries import shelf
from crible.web.queries.asked import Asked
from crible.web.queries.names import file_name
from crible.web.queries.passages import safe
from crible.web.queries.trees import parts
from crible.web.served import Served

MOST = 50_000
CLOSED = "on the closed shelf"
COLUMNS = ("id", "date", "from", "to", "subject_or_name", "grade", "class", "path", "family", "copies")
_AT_ONCE = 500


def lines(served: Served, asked: Asked) -> tuple[int, Iterator[tuple[object, ...]]]:
    """How many documents match, and the first MOST of them in the order of their ids.

    What lies on the closed shelf keeps its line, so that counts hold, and loses its words. The lines need the index
    only, and are made as they are asked for. Raises InputError for a bad query.
    """
    searcher = served.searcher()
    total, places = searcher.places(compiled(parts(asked, served.zone).whole), MOST)
    return total, _lines(searcher, places, shelf.taken(), served.zone)


def _lines(
    searcher: Searcher, places: list[Place], taken: frozenset[str], zone: tzinfo
) -> Iterator[tuple[object, ...]]:
    copies: dict[str, int] = {}
    left = iter(places)
    while batch := list(islice(left, _AT_ONCE)):
        for record in searcher.records(batch):
            family = record.family or record.id
            if family not in copies:
                copies[family] = searcher.count(Term(family, "word", 1, "family"))
            closed = record.private and record.id not in taken
            yield _line(record, copies[family], zone, closed=closed)


def _line(record: Record, copies: int, zone: tzinfo, *, closed: bool) -> tuple[object, ...]:
    family = record.family or record.id
    if closed:
        return (record.id, "", "", "", CLOSED, record.grade, "", bare_path(record.path), family, copies)
    title = (record.subject if record.kind == "mail" else "") or record.name or file_name(record.path)
    return (
        record.id,
        _date(record.date, zone),
        _plain("; ".join(record.senders)),
        _plain("; ".join(record.recipients)),
        _plain(title),
        record.grade,
        record.sort,
        _plain(record.path),
        family,
        copies,
    )


def _plain(text: str) -> str:
    return safe(text).replace("\n", " ")


def _date(seconds: int | None, zone: tzinfo) -> str:
    if seconds is None:
        return ""
    try:
        return datetime.fromtimestamp(seconds, UTC).astimezone(zone).isoformat()
    except (OverflowError, OSError, ValueError):
        return ""
