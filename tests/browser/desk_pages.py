"""An example of every page of the desk, by the name of its address. A new page gets a line here."""

import re
from collections.abc import Callable, Iterable, Iterator

from django.urls import URLPattern, URLResolver
from playwright.sync_api import APIRequestContext

EXAMPLES: dict[str, tuple[str, ...]] = {
    "cases": ("",),
    "enter": ("login/",),
    "code": ("login/code/",),
    "invitation": ("invitation/guess/",),
    "reset": ("reset/guess/",),
    "account": ("account/",),
    "shortcuts": ("keyboard/",),
    "words-apart": ("words/",),
    "overview": ("{case}/",),
    "search": ("{case}/search/?q=facture", "{case}/search/?q=(x", "{case}/search/?q=zzzzz"),
    "saved": ("{case}/search/saved/",),
    "searched": ("{case}/search/done/",),
    "terms": ("{case}/search/list/",),
    "term-list": ("{case}/search/list/{list}/",),
    "listing": ("{case}/documents/", "{case}/documents/?sort=invoice"),
    "document": ("{case}/document/{altered}/", "{case}/document/{pdf}/?hit=facture", "{case}/document/{hostile}/"),
    "source": ("{case}/document/{pdf}/source/",),
    "evidence": ("{case}/document/{altered}/evidence/",),
    "compare": ("{case}/compare/{pair}/",),
    "thread": ("{case}/thread/{answer}/",),
    "versions": ("{case}/versions/",),
    "versions-of": ("{case}/versions/{cluster}/",),
    "family": ("{case}/copies/{family}/",),
    "team": ("{case}/team/",),
    "queue": ("{case}/queue/", "{case}/queue/?queue=unread:contradicted"),
    "tags": ("{case}/tags/",),
    "decisions": ("{case}/decisions/",),
    "log": ("{case}/log/",),
    "ledger": ("{case}/ledger/",),
    "reason": ("{case}/ledger/why/empty/",),
    "container": ("{case}/ledger/in/{container}/",),
    "line": ("{case}/ledger/line/{line}/",),
    "items": ("{case}/ledger/unreadable/",),
    "boxes": ("{case}/boxes/",),
    "traces": ("{case}/traces/",),
    "timeline": ("{case}/timeline/", "{case}/timeline/?at=2017-04-01"),
    "people": ("{case}/people/",),
    "person": ("{case}/people/{person}/",),
    "graph": ("{case}/people/graph/",),
    "keys": ("{case}/keys/",),
    "shelf": ("{case}/shelf/",),
    "tokens": ("{case}/tokens/",),
    "words": ("{case}/words/",),
}
"""Addresses below the desk's own. In braces: what `addresses` finds out by asking the desk."""

NOT_PAGES = frozenset(
    {
        "login",  # spent by reading it
        "picture",
        "html",  # what a frame holds: a stranger's page, cleaned
        "safe",
        "progress",  # a fragment of every page
        "graph-data",
        "calendar-csv",
        "search-csv",
        "searched-csv",
        "term-list-csv",
        "stamp-token",
    }
)
"""What is no page of its own: pictures, downloads, fragments."""

FAULTS = ("{case}/nowhere/", "{case}/document/ffffffffffff/", "theme/")
"""Pages of what went wrong: no such page, no such document, a form's address."""

LINKS: dict[str, tuple[str, str]] = {
    "altered": ("search/?q=grade:contradicted%20type:mail", r"/document/([0-9a-f]{64})/"),
    "pdf": ("search/?q=type:pdf", r"/document/([0-9a-f]{64})/"),
    "hostile": ("search/?q=subject:owned", r"/document/([0-9a-f]{64})/"),
    "answer": ("search/?q=subject:re", r"/document/([0-9a-f]{64})/"),
    "family": ("search/?q=devis", r"/copies/([0-9a-f]{6,64})/"),
    "cluster": ("versions/", r"/versions/([0-9a-f]{64})/"),
    "pair": ("versions/", r"/compare/([0-9a-f]{64}/[0-9a-f]{64})/"),
    "container": ("ledger/", r"/ledger/in/([0-9a-f]{64})/"),
    "line": ("ledger/unreadable/", r"/ledger/line/([0-9]+)/"),
    "person": ("people/", r"/people/([^/\"]*(?:@|%40)[^/\"]*)/"),
}
"""What stands in braces: a page of the case, and the first link of it to follow."""


def names(patterns: Iterable[object]) -> Iterator[str]:
    """Names of all addresses that can be opened; those that take forms only, and programs' (`/api/`), are left out."""
    for one in patterns:
        if isinstance(one, URLResolver):
            if one.namespace is None:
                yield from names(one.url_patterns)
        elif isinstance(one, URLPattern) and "GET" in _methods(one.callback):
            yield str(one.name)


def _methods(view: Callable[..., object]) -> tuple[str, ...]:
    """What `@require_safe` and its like let through; they stand outermost on every view."""
    cells = dict(zip(view.__code__.co_freevars, view.__closure__ or (), strict=True))
    return tuple(cells["request_method_list"].cell_contents) if "request_method_list" in cells else ("GET",)


def addresses(ask: APIRequestContext, base: str, case: str = "") -> dict[str, list[str]]:
    """The examples with what stands in this case put into them, by name; pages of faults under `fault`.

    A desk with one case leads to it; of several, one is to be named.
    """
    case = case or ask.get(base).url.removeprefix(base).strip("/")
    known = {"case": case, "list": _list(ask, f"{base}{case}/search/list/")}
    for name, (page, link) in LINKS.items():
        found = re.search(link, ask.get(f"{base}{case}/{page}").text())
        assert found, f"{page} has no link to follow for {name}"
        known[name] = found[1]
    given = {**EXAMPLES, "fault": FAULTS}
    return {name: [base + one.format(**known) for one in examples] for name, examples in given.items()}


def _list(ask: APIRequestContext, address: str) -> str:
    """The number of a list of names, pasted as a person would."""
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', ask.get(address).text())
    assert token
    made = ask.post(address, form={"csrfmiddlewaretoken": token[1], "lines": "facture\nzzzzz"})
    return made.url.rstrip("/").rpartition("/")[2]
