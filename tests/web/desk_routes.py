"""Every address of the desk, taken from its own table, with values that fit; and the forms of a page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

VALUES = {
    "view": "page",
    "page": 1,
    "state": "read",
    "code": "empty",
    "token": "guess",
    "number": 999_999,
    "pk": 999_999,
}
"""What stands in an address where nothing else is given; anything not named here is `x`."""


@dataclass(frozen=True)
class Route:
    """One line of the table."""

    name: str
    view: Callable[..., Any]
    groups: frozenset[str]

    @property
    def right(self) -> str:
        """What it asks of whoever comes: a right in a case, `entered` or `outside`; empty where nobody said."""
        return str(getattr(self.view, "right", ""))

    def path(self, **values: Any) -> str:
        """Its address."""
        return reverse(self.name, kwargs={name: values.get(name, VALUES.get(name, "x")) for name in self.groups})


def _walk(patterns: list[URLPattern | URLResolver], within: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in patterns:
        if isinstance(one, URLPattern):
            yield within + str(one.pattern), one
        else:
            yield from _walk(one.url_patterns, within + str(one.pattern))


def routes() -> list[Route]:
    """Of the desk's pages and forms; what programs ask (`api/`) has rules and tests of its own."""
    found = []
    for address, one in _walk(get_resolver().url_patterns):
        if not address.startswith("api/"):
            groups = {*one.pattern.regex.groupindex}
            found.append(Route(one.name or address, one.callback, frozenset(groups)))
    return found


@dataclass
class Form:
    """A form as a browser would send it untouched, text fields filled."""

    action: str
    post: bool
    fields: dict[str, list[str]] = field(default_factory=dict)


class Forms(HTMLParser):
    """The forms and links of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._open: Form | None = None
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href", "").startswith("/"):
            self.links.append(given["href"])
        if tag == "form":
            self._open = Form(given.get("action", ""), given.get("method", "").lower() == "post")
            self.forms.append(self._open)
        elif self._open is not None:
            self._fill(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None

    def _fill(self, tag: str, given: dict[str, str]) -> None:
        assert self._open is not None
        if tag == "select":
            self._select = given.get("name", "")
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "option" and self._select:
            self._open.fields.setdefault(self._select, [value])
        elif tag == "textarea" and name:
            self._open.fields[name] = ["words"]
        elif tag in ("input", "button") and name and given.get("type") not in ("checkbox", "radio"):
            typed = given.get("type", "text") in ("text", "search") and tag == "input"
            self._open.fields[name] = [value or ("words" if typed else "")]
        elif name and "checked" in given:
            self._open.fields.setdefault(name, []).append(value)
