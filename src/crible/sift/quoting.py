"""Edges of quotation: mails that proven mails quote, and proven mails that others quote otherwise."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace

from django.db.models import Q

from crible.assess.compare import quoted
from crible.assess.relations import Change, QuotedBy, Quoting, Standing
from crible.assess.verbatim import placed, verbatim, whole
from crible.extract.mail.subjects import forwards
from crible.model.evidence import Span
from crible.model.facts import MailFacts, Quote
from crible.sift.letters import Letters
from crible.sift.originals import Quoter, passing_on, quoters
from crible.sift.packing import inflate, pack, unpack_reading
from crible.sift.standings import Standings
from crible.store.models import Reading, Relation

MOST = 20


def quotes(standings: Standings, letters: Letters) -> Iterator[Relation]:
    """`quote`: each mail that a proven one quotes, with the reply or forward that does."""
    for chunk in quoters(standings.proven(), letters):
        for quoter in sorted(chunk, key=lambda one: standings[one.pk].id):
            for original, found in _told_apart(quoter):
                facts = pack(replace(found, reply=standings[quoter.pk]))
                yield Relation(kind="quote", document_id=original, other_id=quoter.pk, facts=facts)


def misquotes(standings: Standings, letters: Letters) -> Iterator[Relation]:
    """`quoting`: each mail that is not proven and quotes a mail otherwise than its sender's domain signed it.

    One that some domain only handled is asked too: whoever makes up an answer may sign it in a name of his own.
    """
    proven = {pk: standings[pk] for pk in standings.proven() if standings[pk].full}
    full = {pk: standing for pk, standing in proven.items() if not standing.spoiled}
    for chunk in quoters(_answering(full, proven.keys()), letters):
        for quoter in chunk:
            for original, found in _held(quoter, full):
                yield Relation(kind="quoting", document_id=quoter.pk, other_id=original, facts=pack(found))


def _told_apart(quoter: Quoter) -> list[tuple[int, QuotedBy]]:
    """What the quoter has of each mail it may mean, without what differs where another may be meant."""
    several = [(original, _quoted(original, quoter, passages)) for original, passages in quoter.originals.values()]
    sure = quoter.sure()
    return [(row.pk, found) for row, found in several if found.words and (not found.changes or row.pk in sure)]


def _quoted(original: Reading, quoter: Quoter, passages: list[Quote]) -> QuotedBy:
    ours = inflate(bytes(original.text))
    words, exact, changes = _compared(ours, passages)
    depth = min(quote.depth for quote in passages)
    found = QuotedBy(
        Standing(""),
        words,
        exact,
        changes,
        kind="forward" if any(quote.kind == "forward" for quote in passages) else "reply",
        depth=depth,
        by="reference" if original.pk in quoter.referenced else "attribution",
    )
    if not words or not (exact or changes):
        return found
    facts = unpack_reading(bytes(original.facts)).mail
    found = replace(found, addressed=_addressed(facts, quoter.sender))
    if not exact:
        return found
    of, all_of_it = whole(ours, (_as_written(quote) for quote in quoter.mail.quotes))
    ranges = placed(ours, (quote.text for quote in passages))
    words = min(words, of - 1) if not all_of_it or depth > 1 else of
    return replace(found, words=words, of=of, passages=ranges, spans=tuple(_spans(ours, ranges, facts)))


def _compared(ours: str, passages: list[Quote]) -> tuple[int, bool, tuple[Change, ...]]:
    """Words of ours in these quotes, whether all that is of ours is exact, and telling changes: ours, then theirs."""
    words, exact = 0, True
    changes: list[Change] = []
    for quote in passages:
        if quote.depth > 1:  # what differs there may have been changed on the way: only what is ours to the letter
            words += verbatim(ours, quote.text)
            continue
        here, agrees, differing = quoted(ours, quote.text)
        words, exact = words + here, exact and agrees
        changes += differing
    return words, exact, tuple(changes[:MOST])


def _as_written(quote: Quote) -> str:
    """What the quoter's mail shows of a passage: below the first level its attribution is somebody's text too."""
    return f"{quote.attribution}\n{quote.text}" if quote.depth > 1 else quote.text


def _addressed(mail: MailFacts | None, writer: str) -> bool:
    """Whether the mail went to the writer of the reply, came from them, or went to a list."""
    boxes = (*mail.to, *mail.cc, *mail.bcc, *mail.senders) if mail else ()
    return mail is None or bool(mail.list_id) or writer.lower() in {box.address.lower() for box in boxes}


def _spans(text: str, ranges: tuple[tuple[int, int], ...], mail: MailFacts | None) -> Iterator[Span]:
    """These ranges in bytes of the stored mail, if its text lies there as read. Whose word it is, is said later."""
    part = next((part for part in mail.parts if part.inline_text), None) if mail and mail.laid else None
    if part is None or mail is None:
        return
    at, byte = 0, part.body_start
    for start, end in ranges:
        byte += _size(text[at:start], mail.laid)
        first, at, byte = byte, end, byte + _size(text[start:end], mail.laid)
        yield Span("", first, byte, "")


def _size(text: str, laid: str) -> int:
    return len(text.encode("utf-8", "replace")) + (text.count("\n") if laid == "crlf" else 0)


def _answering(full: Collection[int], settled: Collection[int]) -> Iterator[int]:
    """Mails that answer a proven one or pass a mail on, and are not proven themselves."""
    names = Reading.objects.filter(document__standing__full=True, kind="mail").exclude(message_id="")
    answered = {name for pk, name in names.values_list("pk", "message_id").iterator() if pk in full}
    mails = Reading.objects.filter(kind="mail").exclude(Q(in_reply_to="") & ~passing_on()).order_by("pk")
    for pk, parent, subject in mails.values_list("pk", "in_reply_to", "subject").iterator():
        if pk not in settled and (parent in answered or forwards(subject)):
            yield pk


def _held(quoter: Quoter, full: dict[int, Standing]) -> list[tuple[int, Quoting]]:
    """The quoter's passages against the proven mails they are said to be of; none where one such mail has them all."""
    found: dict[str, list[tuple[int, Quoting]]] = defaultdict(list)
    as_sent: set[str] = set()
    for original, passages in quoter.originals.values():
        direct = [quote for quote in passages if quote.depth == 1]
        standing = full.get(original.pk)
        named = _meant(standing, quoter, direct) if standing and direct else None
        if standing is None or named is None:
            continue
        words, exact, changes = _compared(inflate(bytes(original.text)), direct)
        if words and exact:
            as_sent.add(standing.sender)
        elif changes:
            turned = tuple(Change(one.theirs, one.ours, one.kinds) for one in changes)
            found[standing.sender].append((original.pk, Quoting(standing, words, turned, named)))
    sure = quoter.sure()
    return [one for sender, several in found.items() if sender not in as_sent for one in several if one[0] in sure]


def _meant(original: Standing, quoter: Quoter, passages: list[Quote]) -> bool | None:
    """Whether this is the mail that is quoted, and no stranger's own under its Message-ID: None if it is not.

    True where the attribution gives its signed sender; False where only our recipients do, which a stranger among
    them could turn to account. Nobody else can, however well his own domain signs what repeats an identifier.
    """
    named = {quote.address for quote in passages if quote.address}
    if named:
        return True if original.sender in named else None
    going = {box.address.lower() for box in (*quoter.mail.to, *quoter.mail.cc)}
    return False if original.sender in going else None
