"""The HTML parts of one mail as one harmless fragment, with the parts that its pictures come from."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from crible.extract import charset
from crible.extract.designed.clean import MARKUP, cleaned, targets
from crible.extract.designed.scan import HOSTS, scan
from crible.extract.mail.decoding import payload
from crible.extract.mail.fields import split_header
from crible.extract.mail.walker import leaves
from crible.extract.mail.words import unfold
from crible.model.designed import Designed
from crible.model.facts import Part
from crible.sandbox.window import Window

ENCODED = 8_000_000
"""Bytes of one part, as it is transferred, that are decoded."""
PICTURES = 20
"""Pictures of one mail that are drawn; the others show their alternative text."""
TARGETS = 100
_IMAGES = 200
_HEADER = 16_384


def designed(window: Window, parts: tuple[Part, ...], how: str) -> Designed:
    """All inline HTML parts, in order, a rule between two. `how` is the mail's reading of From-quoting.

    Raises Unreadable where nh3 gives up.
    """
    shown = [_decoded(window, part, how) for part in htmls(parts)]
    length = sum(map(len, shown))
    if length > MARKUP:
        return Designed(too_long=length)
    pictures: dict[str, int] = {}
    known = _content_ids(window, parts)

    def picture(address: str) -> str | None:
        number = known.get(address.strip().removeprefix("cid:"), "")
        if not number or (number not in pictures and len(pictures) >= PICTURES):
            return None
        return f"cid:{pictures.setdefault(number, len(pictures))}"

    pieces, hidden, kinds, hosts = [], 0, Counter[str](), dict[str, None]()
    for markup in shown:
        met = scan(markup)
        kinds.update(met.kinds)
        hosts |= met.hosts
        piece, passages = cleaned(markup, picture)
        pieces.append(piece)
        hidden += passages
    whole = "<hr>".join(pieces)
    found, more = targets(whole, TARGETS)
    return Designed(
        markup=whole,
        left_out={f"left-{kind}": count for kind, count in sorted(kinds.items()) if count > 0},
        hosts=tuple(hosts)[:HOSTS],
        more_hosts=max(0, len(hosts) - HOSTS),
        targets=found,
        more_targets=more,
        hidden=hidden,
        pictures=tuple(pictures),
    )


def htmls(parts: Iterable[Part]) -> list[Part]:
    """The parts that are the mail's own HTML."""
    return [part for part in leaves(tuple(parts)) if part.mime == "text/html" and part.inline_text]


def _decoded(window: Window, part: Part, how: str) -> str:
    data = window.read(part.body_start, min(part.body_end - part.body_start, ENCODED))
    body, _ = payload(data, replace(part, header_start=0, body_start=0, body_end=len(data)), how)
    label = part.charset or charset.sniff(body)
    return charset.decode(body, label)[0]


def _content_ids(window: Window, parts: tuple[Part, ...]) -> Mapping[str, str]:
    """Part numbers of pictures by what HTML calls them: Content-ID (RFC 2392), or Content-Location (RFC 2557)."""
    found: dict[str, str] = {}
    pictures = [part for part in leaves(parts) if part.mime.startswith("image/")]
    for part in pictures[:_IMAGES]:
        header = split_header(window.read(part.header_start, min(part.body_start - part.header_start, _HEADER)))
        for field in (*header.all("content-id"), *header.all("content-location")):
            found.setdefault(unfold(field.value).strip(" <>"), part.number)
    found.pop("", None)
    return found
