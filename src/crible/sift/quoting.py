"""Edges of quotation: mails that proven mails quote, and proven mails that others quote otherwise.

Found by In-Reply-To and References, else by the sender and Date of an attribution: always by looking up, a chunk of
mails at a time, never by comparing each with each.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from django.db.models import Q

from crible.assess.compare import quoted
from crible.assess.relations import Change, QuotedBy, Quoting, Standing
from crible.assess.verbatim import placed, whole
from crible.extract.mail.subjects import base, forwards
from crible.model.evidence import Span
from crible.model.facts import MailFacts, Quote
from crible.sift.letters import Letters, matches
from crible.sift.packing import inflate, pack, unpack_reading
from crible.sift.standings import Standings
from crible.store.models import Reading, Relation

ROWS = 500
OTHERS = 5
"""Mails that one quote is held against."""
MOST = 20


def quotes(standings: Standings, letters: Letters) -> Iterator[Relation]:
    """`quote`: each mail that a proven one quotes, with the reply or forward that does."""
    for chunk in _chunks(standings.proven(), letters):
        for quoter in sorted(chunk, key=lambda one: standings[one.pk].id):
            for original, found in _told_apart(quoter):
                facts = pack(replace(found, reply=standings[quoter.pk]))
                yield Relation(kind="quote", document_id=original, other_id=quoter.pk, facts=facts)


def misquotes(standings: Standings, letters: Letters) -> Iterator[Relation]:
    """`quoting`: each mail that is proven by nothing and quotes a mail otherwise than its sender's domain signed it."""
    proven = {pk: standings[pk] for pk in standings.proven()}
    full = {pk: standing for pk, standing in proven.items() if standing.full and not standing.spoiled}
    settled = {pk for pk, standing in proven.items() if standing.full or standing.whole}
    for chunk in _chunks(_answering(full, settled), letters):
        for quoter in chunk:
            for original, found in _held(quoter, full):
                yield Relation(kind="quoting", document_id=quoter.pk, other_id=original, facts=pack(found))


@dataclass(slots=True)
class _Quoter:
    """A mail with quotes, and the mails that these are of."""

    pk: int
    sender: str
    mail: MailFacts
    originals: dict[int, tuple[Reading, list[Quote]]] = field(default_factory=dict)
    referenced: set[int] = field(default_factory=set)

    def parents(self) -> tuple[str, ...]:
        """Message-IDs that a passage without further attribution is of; a forward may name what it passes on."""
        return (self.mail.in_reply_to,) if self.mail.in_reply_to else self.mail.references[-1:]

    def sure(self) -> set[int]:
        """Mails that may be questioned by what ours has of them: those it names, or the only one that it can mean.

        A sender and a minute, in a zone unknown, say little: all of three real mails thus called misquoted were other
        mails of one sender, their patches in two versions. So the subject must agree too, and no other mail be named.
        """
        guessed = [row for row, _ in self.originals.values() if row.pk not in self.referenced]
        if len(guessed) != 1 or (
            self.mail.in_reply_to and not any(quote.kind == "forward" for quote in self.mail.quotes)
        ):
            return self.referenced
        (only,) = guessed
        titled = base(only.subject) == base(self.mail.subject)
        return self.referenced | ({only.pk} if titled and base(only.subject) else set())

    def add(self, original: Reading, quote: Quote) -> None:
        """One more passage of that mail."""
        if original.pk != self.pk:
            self.originals.setdefault(original.pk, (original, []))[1].append(quote)


def _chunks(keys: Iterable[int], letters: Letters) -> Iterator[list[_Quoter]]:
    """The mails among `keys` that quote, their originals found; a handful of statements for each 500."""
    rest = iter(keys)
    while some := list(islice(rest, ROWS)):
        rows = Reading.objects.filter(pk__in=some, kind="mail").defer("text", "local")
        rows = rows.exclude(Q(in_reply_to="") & ~_passing_on()).order_by("pk")
        quoters = [_Quoter(row.pk, row.sender, mail) for row in rows if (mail := _quoting(row))]
        _find(quoters, letters)
        yield quoters


def _passing_on() -> Q:
    starts = ("fw", "tr", "wg", "rv", "[")
    wanted = Q()
    for start in starts:
        wanted |= Q(subject__istartswith=start)
    return wanted


def _quoting(row: Reading) -> MailFacts | None:
    mail = unpack_reading(bytes(row.facts)).mail
    return mail if mail and mail.quotes else None


def _find(quoters: list[_Quoter], letters: Letters) -> None:
    """Fill `originals`.

    A passage of the first level is of the mail that ours answers, unless its attribution means another that is here;
    deeper ones are of whom their attribution means, or of nobody we know.
    """
    meant = {(one.pk, n): letters.meant(quote) for one in quoters for n, quote in enumerate(one.mail.quotes)}
    rows = Reading.objects.defer("local").filter(kind="mail").order_by("document__sha256")
    by_key = {row.pk: row for row in rows.filter(pk__in={key for keys in meant.values() for key in keys})}
    by_id: dict[str, list[Reading]] = defaultdict(list)
    for row in rows.filter(message_id__in={name for one in quoters for name in one.parents()}):
        by_id[row.message_id].append(row)
    for one in quoters:
        parents = [row for name in one.parents() for row in by_id.get(name, ())[:OTHERS]]
        one.referenced = {row.pk for row in parents}
        for n, quote in enumerate(one.mail.quotes):
            named = [by_key[key] for key in meant[one.pk, n] if key in by_key and _titled(by_key[key], quote)]
            if quote.depth == 1 and parents and (not named or any(_sent_then(row, quote) for row in parents)):
                named = parents
            for row in named:
                one.add(row, quote)


def _told_apart(quoter: _Quoter) -> list[tuple[int, QuotedBy]]:
    """What the quoter has of each mail it may mean, without what differs where another may be meant."""
    several = [(original, _quoted(original, quoter, passages)) for original, passages in quoter.originals.values()]
    sure = quoter.sure()
    return [(row.pk, found) for row, found in several if found.words and (not found.changes or row.pk in sure)]


def _titled(original: Reading, quote: Quote) -> bool:
    return not quote.subject or base(original.subject) == base(quote.subject)


def _sent_then(original: Reading, quote: Quote) -> bool:
    """Whether the mail that is answered is the one that the attribution speaks of: then no other is looked for."""
    if original.sender.lower() != quote.address or original.date is None or quote.date is None:
        return False
    return matches(quote.date, original.date)


def _quoted(original: Reading, quoter: _Quoter, passages: list[Quote]) -> QuotedBy:
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


def _answering(full: dict[int, Standing], settled: set[int]) -> Iterator[int]:
    """Mails that answer a proven one or pass a mail on, and are proven by nothing themselves."""
    names = Reading.objects.filter(document__standing__full=True, kind="mail").exclude(message_id="")
    answered = {name for pk, name in names.values_list("pk", "message_id").iterator() if pk in full}
    mails = Reading.objects.filter(kind="mail").exclude(Q(in_reply_to="") & ~_passing_on()).order_by("pk")
    for pk, parent, subject in mails.values_list("pk", "in_reply_to", "subject").iterator():
        if pk not in settled and (parent in answered or forwards(subject)):
            yield pk


def _held(quoter: _Quoter, full: dict[int, Standing]) -> list[tuple[int, Quoting]]:
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


def _meant(original: Standing, quoter: _Quoter, passages: list[Quote]) -> bool | None:
    """Whether this is the mail that is quoted, and no stranger's own under its Message-ID: None if it is not.

    True where the attribution gives its signed sender; False where only our recipients do, which a stranger among
    them could turn to account. Nobody else can, however well his own domain signs what repeats an identifier.
    """
    named = {quote.address for quote in passages if quote.address}
    if named:
        return True if original.sender in named else None
    going = {box.address.lower() for box in (*quoter.mail.to, *quoter.mail.cc)}
    return False if original.sender in going else None
