"""Links that a mail filter rewrote to pass through its own servers, as they were."""

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

from crible.proof.repair.draft import Draft, Made
from crible.proof.repair.recipe import BodyRecipe
from crible.proof.repair.texts import Change, texts, written

_SAFE = re.compile(
    r"https?://[\w.-]{1,60}\.safelinks\.protection\.outlook\.com/\?url=([^\s&\"<>]{1,4000})[^\s\"<>)]{0,1000}"
)
_DEFENSE2 = re.compile(r"https?://urldefense\.proofpoint\.com/v2/url\?u=([\w%-]{1,4000})[^\s\"<>)]{0,1000}")
_DEFENSE3 = re.compile(
    r"https?://urldefense\.(?:com|us)/v3/__((?>(?:[^\s\"<>_]|_(?!_;)){1,4000}))__;[^\s\"<>$]{0,400}+\$ ?"
)


def _undone(draft: Draft) -> Iterator[tuple[Draft, Made]]:
    edits, stored, signed = [], "", ""
    for text in texts(draft):
        shown = text.text
        changes = [
            Change(found.start(), found.end(), html.escape(link, quote=False) if text.mime == "text/html" else link)
            for found, link in _links(shown)
        ]
        edits += list(written(draft, text, changes)) if changes else []
        if changes and not stored:
            stored, signed = shown[changes[0].start : changes[0].end], changes[0].by
    if edits:
        yield draft.edited(edits), Made("links-restored", stored=stored, signed=signed)


def _links(shown: str) -> list[tuple[re.Match[str], str]]:
    found = [(one, unquote(one[1])) for one in _SAFE.finditer(shown)]
    found += [(one, unquote(one[1].replace("-", "%").replace("_", "/"))) for one in _DEFENSE2.finditer(shown)]
    found += [(one, one[1]) for one in _DEFENSE3.finditer(shown)]
    return sorted(found, key=lambda pair: pair[0].start())


LINKS = BodyRecipe("links-restored", _undone, cost=4, changing=True)
