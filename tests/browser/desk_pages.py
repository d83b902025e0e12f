"""An example of every page of the desk, by the name of its address. A new page gets a line here."""

import re
from collections.abc import Callable, Iterator

from django.urls import URLPattern, URLResolver
from playwright.sync_api import APIRequestContext

EXAMPLES: dict[str, tuple[str, ...]] = {
    "cases": ("",),
    "shortcuts": ("keyboard/",),
    "words-apart": ("words/",),
    "overview": ("{case}/",),
    "search": ("{case}/search/?q=facture", "{case}/search/?q=(x", "{case}/search/?q=zzzzz"),
    "listing": ("{case}/documents/", "{case}/documents/?class=invoice"),
    "document": ("{case}/document/{altered}/", "{case}/document/{pdf}/", "{case}/document/{hostile}/"),
    "source": ("{case}/document/{pdf}/source/",),
    "family": ("{case}/copies/{family}/",),
    "ledger": ("{case}/ledger/",),
    "reason": ("{case}/ledger/why/empty/",),
    "items": ("{case}/ledger/unreadable/",),
    "boxes": ("{case}/boxes/",),
    "traces": ("{case}/traces/",),
    "keys": ("{case}/keys/",),
    "shelf": ("{case}/shelf/",),
    "words": ("{case}/words/",),
}
"""Addresses below the desk's own. In braces: what `addresses` finds out by asking the desk."""

NOT_PAGES = frozenset({"login", "picture"})
"""What is no page: a way in that is spent by reading it, pictures, downloads, and what programs read."""

FAULTS = ("{case}/nowhere/", "{case}/document/ffffffffffff/", "theme/")
"""Pages of what went wrong: no such page, no such document, a form's address."""

FIRST = re.compile(r'/document/([0-9a-f]{64})/"')
FAMILY = re.compile(r'/copies/([0-9a-f]{6,64})/"')


def names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """Names of all addresses that can be opened; those that take forms only are left out."""
    for one in patterns:
        if isinstance(one, URLResolver):
            if one.namespace is None:
                yield from names(one.url_patterns)
        elif "GET" in _methods(one.callback):
            yield str(one.name)


def _methods(view: Callable[..., object]) -> tuple[str, ...]:
    """What `@require_safe` and its like let through; they stand outermost on every view."""
    cells = dict(zip(view.__code__.co_freevars, view.__closure__ or (), strict=True))
    return tuple(cells["request_method_list"].cell_contents) if "request_method_list" in cells else ("GET",)


def addresses(ask: APIRequestContext, base: str) -> dict[str, list[str]]:
    """The examples with what stands in this case put into them, by name; pages of faults under `fault`."""
    case = ask.get(base).url.removeprefix(base).strip("/")

    def found(query: str, pattern: re.Pattern[str] = FIRST) -> str:
        match = pattern.search(ask.get(f"{base}{case}/search/", params={"q": query}).text())
        assert match, query
        return match[1]

    known = {
        "case": case,
        "altered": found("grade:contradicted type:mail"),
        "pdf": found("type:pdf"),
        "hostile": found("subject:owned"),
        "family": found("devis", FAMILY),
    }
    given = {**EXAMPLES, "fault": FAULTS}
    return {name: [base + one.format(**known) for one in examples] for name, examples in given.items()}
