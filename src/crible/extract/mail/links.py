"""Where the links of an HTML mail lead, and which host their own words name; addresses are read, never followed."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice

from crible.model.facts import Link

MOST = 40
"""Different pairs of target and shown host kept of one mail."""
ANCHORS = 1_000
"""Links of one page that are looked at; newsletters have a hundred."""
_GIVEN = 4_000
"""Characters of a tag in which its target is looked for."""
_SHOWN = 400
"""Characters of a link's content in which a host is looked for: an address that is shown comes first."""

_HREF = re.compile(r"""\shref\s*+=\s*+["']?\s*+(https?:/[^"'\s>]++)""", re.IGNORECASE)
_A = re.compile(r"<[aA]\s")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_HOST = re.compile(r"(?:https?://|www\.)([a-z0-9.-]{3,253})|^([a-z0-9-]++(?:\.[a-z0-9-]++){1,4})(?=[/?\s]|$)")
_FILES = ("pdf", "doc", "docx", "xls", "xlsx", "jpg", "png", "zip", "html", "htm", "txt", "php", "py")
"""Endings of names that look like hosts and are files."""


def links(markup: str) -> tuple[Link, ...]:
    """The hosts that the page's links lead to, each once per host that their words name; in order, at most `MOST`."""
    found: dict[Link, None] = {}
    for target, start in islice(_anchors(markup), ANCHORS):
        if host := _host(target):
            shown = _shown(markup, start)
            found.setdefault(Link(host, "" if shown and shown in target[len(host) :].lower() else shown))
            if len(found) == MOST:
                break
    return tuple(found)


def _anchors(markup: str) -> Iterator[tuple[str, int]]:
    """Each link's target, and where its content begins. Steps over a tag without end, so work stays linear."""
    at = 0
    while met := _A.search(markup, at):
        end = markup.find(">", met.end(), met.end() + _GIVEN)
        at = end + 1 if end >= 0 else met.end() + _GIVEN
        if end >= 0 and (href := _HREF.search(markup, met.start(), end)):
            yield unescape(href[1]), at


def _host(address: str) -> str:
    """The host of an address; user names before `@` and ports are no part of it (RFC 3986 §3.2)."""
    authority = re.split(r"[/?#\\]", address.partition(":")[2].lstrip("/\\"), maxsplit=1)[0]
    host = authority.rpartition("@")[2].partition(":")[0].rstrip(".").lower()
    return host[:253] if "." in host else ""


def _shown(markup: str, start: int) -> str:
    """The host that a link's words name; empty where they name none."""
    end = markup.find("</", start, start + _SHOWN)
    words = markup[start : end if end >= 0 else start + _SHOWN]
    text = unescape(_TAG.sub("", words)).strip().lower()
    met = _HOST.search(text)
    host = (met[1] or met[2] or "").strip(".-") if met else ""
    last = host.rpartition(".")[2]
    return host if "." in host and last.isalpha() and last not in _FILES else ""
