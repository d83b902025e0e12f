"""What else the dump has of a mail's text: copies under the same Message-ID, and passages quoted by answers to it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from crible.sift.packing import inflate, unpack_reading
from crible.store.models import Reading

MOST = 20
LONGEST = 20_000
"""Characters of one passage."""


@dataclass(frozen=True, slots=True)
class Passages:
    """Texts to be tried in place of a mail's own."""

    texts: tuple[str, ...]
    digest: str
    """16 hex digits that change with them."""

    def __bool__(self) -> bool:
        return bool(self.texts)


def passages(document: int) -> Passages:
    """Of a mail that was read; the copies first, both in the order of their ids."""
    mail = Reading.objects.defer("local").get(pk=document)
    if not mail.message_id:
        return Passages((), "")
    own = inflate(bytes(mail.text))
    texts = tuple(dict.fromkeys(text[:LONGEST] for text in _texts(mail) if text.strip() and text != own))[:MOST]
    return Passages(texts, hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()[:16])


def _texts(mail: Reading) -> Iterator[str]:
    rows = Reading.objects.filter(kind="mail").exclude(pk=mail.pk).order_by("document__sha256").defer("local")
    for copy in rows.filter(message_id=mail.message_id)[:MOST]:
        yield inflate(bytes(copy.text))
    for answer in rows.filter(in_reply_to=mail.message_id)[:MOST]:
        found = unpack_reading(bytes(answer.facts)).mail
        yield from (quote.text for quote in found.quotes if quote.depth == 1) if found else ()
