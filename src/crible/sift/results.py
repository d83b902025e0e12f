"""Search results as plain values, with snippets from the store's texts: for the command line and the desk."""

from datetime import UTC, datetime
from typing import Any

from crible.index.search import Hit, Results, Searcher
from crible.sift.texts import pages_unread, texts_by_id


def results_json(searcher: Searcher, results: Results, query: str) -> dict[str, Any]:
    """One page of a search as `crible find --json` prints it."""
    coverage = searcher.coverage
    return {
        "format": 1,
        "query": query,
        "families": results.total_families,
        "documents": results.total_documents,
        "exact": results.exact,
        "searched": coverage.documents,
        "without_text": coverage.unsearchable,
        "pages_unread": pages_unread(),
        "hits": [hit_json(searcher, hit, query) for hit in results.hits],
    }


def hit_json(searcher: Searcher, hit: Hit, query: str) -> dict[str, Any]:
    """One hit: what a list shows of it."""
    record = hit.record
    shown = searcher.snippet(query, hit, text_by_id)
    return {
        "id": record.id,
        "family": record.family,
        "kind": record.kind,
        "type": record.type,
        "grade": record.grade,
        "badges": list(record.badges),
        "subject": record.subject,
        "name": record.name,
        "from": record.senders[0] if record.senders else "",
        "date": iso(record.date),
        "path": record.path,
        "copies": hit.copies,
        "matching": hit.matching,
        "snippet": shown.text,
        "highlights": [list(span) for span in shown.highlights],
    }


def facets_json(searcher: Searcher, query: str) -> dict[str, Any]:
    """The facets of a search."""
    facets = searcher.facets(query)
    return {"facets": {field: [{"value": v, "count": n} for v, n in values] for field, values in facets.items()}}


def text_by_id(identity: str) -> str:
    """A document's text, for snippets and matching."""
    return texts_by_id([identity]).get(identity, "")


def iso(seconds: int | None) -> str:
    """The moment in UTC; empty where there is none, or none that a calendar holds."""
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat() if seconds is not None else ""
    except (OverflowError, ValueError, OSError):
        return ""
