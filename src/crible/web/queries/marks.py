"""What is vouched for within a text, as ranges of its characters: only where bytes and characters map exactly."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from crible.assess.relations import Change, QuotedBy, Quoting
from crible.model.evidence import Span
from crible.model.facts import MailFacts
from crible.sift.dossier import Dossier
from crible.sift.packing import inflate, unpack
from crible.store.models import Reading, Relation
from crible.web.queries.names import Named, named
from crible.web.queries.passages import Mark

MOST = 20
"""Ranges of one kind that are marked; relations and evidence hold no more."""
VOUCHED, QUOTED = "vouched-for", "quoted"


@dataclass(frozen=True, slots=True)
class Note:
    """Who quotes a passage."""

    number: int
    quoter: Named
    words: int
    of: int
    forward: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """All that is marked in a text."""

    marks: tuple[Mark, ...] = ()
    notes: tuple[Note, ...] = ()
    vouched: bool = False
    """Every span that the grade vouches for is marked; else it must be told in words."""
    changes: tuple[Change, ...] = ()
    """Where it quotes a signed mail otherwise than that was signed: theirs is what was."""
    quoted: Named | None = None
    """That mail."""


def marks(dossier: Dossier, *, whole: bool) -> Marks:
    """Of the text as stored. `whole`: all of it is vouched for, so that quotes of it add nothing. Three statements."""
    if whole or dossier.reading is None:
        return Marks()
    found = _relations(dossier.pk)
    about = named(id_ for _, id_, _ in found)
    quotes = list(_quotes(found, about))
    changes, quoted_mail = _misquoted(found, about)
    spans = dossier.grade.spans if dossier.grade else ()
    if not quotes and not spans:
        return Marks(changes=changes, quoted=quoted_mail)
    mail = dossier.reading.mail
    text = _text(dossier.pk) if spans and mail and mail.laid else ""
    vouched = list(_vouched(spans, mail, text)) if mail and text else []
    notes = tuple(Note(number, *one) for number, one in enumerate(((q, w, o, f) for q, w, o, f, _ in quotes), 1))
    quoted = [
        Mark(start, end, QUOTED, number) for number, (*_, passages) in enumerate(quotes, 1) for start, end in passages
    ]
    placed = _apart([*vouched, *quoted])
    return Marks(tuple(placed), notes, bool(vouched), changes, quoted_mail)


def _text(pk: int) -> str:
    row = Reading.objects.filter(document=pk).values_list("text", flat=True).first()
    return inflate(bytes(row)) if row else ""


def _relations(pk: int) -> list[tuple[str, str, bytes]]:
    """Kind, id of the other, and facts of the quotes of it and in it."""
    rows = Relation.objects.filter(document=pk, kind__in=("quote", "quoting")).order_by("pk")
    found = rows.values_list("kind", "other__sha256", "facts")[: 2 * MOST]
    return [(kind, bytes(sha256).hex(), bytes(facts)) for kind, sha256, facts in found]


def _quotes(
    found: Iterable[tuple[str, str, bytes]], about: Mapping[str, Named]
) -> Iterator[tuple[Named, int, int, bool, tuple[tuple[int, int], ...]]]:
    """Signed mails that have passages of it to the letter, unless they lie on the closed shelf."""
    for kind, id_, facts in found:
        quote = unpack(facts, QuotedBy) if kind == "quote" else None
        if quote and quote.passages and not quote.reply.spoiled and id_ in about and not about[id_].closed:
            yield about[id_], quote.words, quote.of, quote.kind == "forward", quote.passages


def _misquoted(
    found: Iterable[tuple[str, str, bytes]], about: Mapping[str, Named]
) -> tuple[tuple[Change, ...], Named | None]:
    """Of the first signed mail that it quotes otherwise, unless that lies on the closed shelf."""
    for kind, id_, facts in found:
        if kind == "quoting" and id_ in about and not about[id_].closed:
            return unpack(facts, Quoting).changes, about[id_]
    return (), None


def _vouched(spans: Sequence[Span], mail: MailFacts, text: str) -> Iterator[Mark]:
    """Spans of bytes of the mail as characters of its text, where it lies there as it is read."""
    part = next((part for part in mail.parts if part.inline_text), None)
    if part is None:
        return
    data = text.encode("utf-8", "replace")
    data = data.replace(b"\n", b"\r\n") if mail.laid == "crlf" else data
    for span in spans[:MOST]:
        low, high = (min(max(end - part.body_start, 0), len(data)) for end in (span.start, span.end))
        start, stop = (_characters(data, end, mail.laid) for end in (low, high))
        if span.part == "" and start < stop:
            yield Mark(start, stop, VOUCHED)


def _characters(data: bytes, end: int, laid: str) -> int:
    head = data[:end]
    # A character or a line end that the range cuts is outside of it.
    return len(head.decode("utf-8", "ignore")) - (head.count(b"\r\n") + head.endswith(b"\r") if laid == "crlf" else 0)


def _apart(found: Iterable[Mark]) -> list[Mark]:
    """In order, none over another: what a signature covers goes before what is quoted, then the first met."""
    placed: list[Mark] = []
    for mark in found:
        if all(mark.end <= other.start or mark.start >= other.end for other in placed):
            placed.append(mark)
    return sorted(placed, key=lambda mark: mark.start)
