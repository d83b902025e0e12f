"""A mail's own text: which inline parts are shown, decoded and joined, and how its two versions differ."""

from dataclasses import dataclass, field, replace
from hashlib import blake2b

from crible.extract import charset, html
from crible.extract.capped import TEXT_CAP, Collector
from crible.extract.mail.alternatives import compare
from crible.extract.mail.decoding import payload
from crible.extract.mail.links import MOST, links
from crible.extract.mail.walker import leaves
from crible.model.facts import Alternatives, Link, Part

READ = 16_000_000
"""Bytes of one text part that are decoded: beyond, each byte counts as one character left out."""


@dataclass(slots=True)
class MailText:
    """The text, and what was met on the way to it."""

    text: str = ""
    truncated: int = 0
    """Characters left out over the cap."""
    alternatives: Alternatives = field(default_factory=Alternatives)
    remote: int = 0
    links: tuple[Link, ...] = ()
    defects: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Group:
    """The inline texts of one multipart/alternative, or a single text outside of any."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)

    def shown(self) -> str:
        plain = "\n".join(self.plain)
        return plain if plain.strip() else "\n".join(self.html) or plain


def read(data: bytes, parts: tuple[Part, ...], how: str = "") -> MailText:
    """The mail's text: of alternatives the plain one, unless it is blank; other inline parts follow in order."""
    found = MailText()
    groups: dict[str, _Group] = {}
    alternatives = frozenset(part.number for part in parts if part.mime == "multipart/alternative")
    for part in leaves(parts):
        if part.inline_text:
            group = groups.setdefault(_outermost(part.number, alternatives), _Group())
            _add(group, part, _decoded(data, part, how, found), found)
    collector = Collector(TEXT_CAP)
    for number, group in enumerate(groups.values()):
        if number:
            collector.add("\n")
        collector.add(group.shown())
    found.text = collector.text()
    found.truncated += collector.left_out
    both = [group for group in groups.values() if group.plain and group.html]
    if both:
        found.alternatives = compare(
            "\n".join("\n".join(group.plain) for group in both), "\n".join("\n".join(group.html) for group in both)
        )
    words = (" ".join(text.split()) for group in groups.values() for text in group.markup)
    if markup := " ".join(filter(None, words)):
        digest = blake2b(markup.encode("utf-8", "replace"), digest_size=16).digest()
        found.alternatives = replace(found.alternatives, markup=digest)
    found.defects = list(dict.fromkeys(found.defects))
    return found


def _add(group: _Group, part: Part, text: str, found: MailText) -> None:
    if part.mime == "text/html":
        page = html.read(text)
        found.remote += page.remote
        found.links = tuple(dict.fromkeys((*found.links, *links(text))))[:MOST]
        group.html.append(page.text)
        group.markup.append(text)
    else:
        group.plain.append(text.replace("\r\n", "\n"))


def _decoded(data: bytes, part: Part, how: str, found: MailText) -> str:
    body, defect = payload(data, part, how)
    label = part.charset or (charset.sniff(body) if part.mime == "text/html" else "")
    found.truncated += max(0, len(body) - READ)
    text, odd = charset.decode(body[:READ], label)
    # Eight-bit text without a charset is one defect, of its encoding, not two.
    found.defects += filter(None, (defect, odd if part.charset or not defect else ""))
    return text


def _outermost(number: str, alternatives: frozenset[str]) -> str:
    """The outermost multipart/alternative that this part lies in, else the part itself."""
    if not alternatives or "" in alternatives:
        return "" if alternatives else number
    steps = number.split(".")
    outer = (".".join(steps[:depth]) for depth in range(1, len(steps)))
    return next((above for above in outer if above in alternatives), number)
