"""Of which mails the passages are that a mail quotes: by In-Reply-To, else by an attribution's sender and minute.

Always by looking up, a chunk of mails at a time, never by comparing each with each.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db.models import Q

from crible.extract.mail.subjects import base
from crible.model.facts import MailFacts, Quote
from crible.sift.letters import Letters, matches
from crible.sift.packing import unpack_reading
from crible.store.models import Reading

ROWS = 100
"""Mails that are looked up together: their originals are held in memory, texts and all."""
OTHERS = 5
"""Mails of one Message-ID that a quote is held against."""
MEANT = 10
"""Mails that all attributions of one mail together may mean."""


@dataclass(slots=True)
class Quoter:
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


def quoters(keys: Iterable[int], letters: Letters) -> Iterator[list[Quoter]]:
    """The mails among `keys` that quote, their originals found; a handful of statements for each 500."""
    rest = iter(keys)
    while some := list(islice(rest, ROWS)):
        rows = Reading.objects.filter(pk__in=some, kind="mail").defer("text", "local")
        rows = rows.exclude(Q(in_reply_to="") & ~passing_on()).order_by("pk")
        found = [Quoter(row.pk, row.sender, mail) for row in rows if (mail := _quoting(row))]
        _find(found, letters)
        yield found


def passing_on() -> Q:
    """Subjects that may say that a mail passes another on: more than do, but few of all."""
    wanted = Q()
    for start in ("fw", "tr", "wg", "rv", "["):
        wanted |= Q(subject__istartswith=start)
    return wanted


def _quoting(row: Reading) -> MailFacts | None:
    mail = unpack_reading(bytes(row.facts)).mail
    return mail if mail and mail.quotes else None


def _find(quoters: list[Quoter], letters: Letters) -> None:
    """Fill `originals`.

    A passage of the first level is of the mail that ours answers, unless its attribution means another that is here;
    deeper ones are of whom their attribution means, or of nobody we know.
    """
    meant = {one.pk: _meant(one.mail, letters) for one in quoters}
    by_id = _named({name for one in quoters for name in one.parents()})
    keys = {
        key for several in (*by_id.values(), *(keys for each in meant.values() for keys in each)) for key in several
    }
    rows = {row.pk: row for row in Reading.objects.filter(pk__in=keys, kind="mail").defer("local")}
    for one in quoters:
        parents = [rows[key] for name in one.parents() for key in by_id.get(name, ()) if key in rows]
        one.referenced = {row.pk for row in parents}
        for quote, said in zip(one.mail.quotes, meant[one.pk], strict=True):
            named = [rows[key] for key in said if key in rows and _titled(rows[key], quote)]
            if quote.depth == 1 and parents and (not named or any(_sent_then(row, quote) for row in parents)):
                named = parents
            for row in named:
                one.add(row, quote)


def _meant(mail: MailFacts, letters: Letters) -> list[list[int]]:
    """For each quote, the mails that its attribution means."""
    found: list[list[int]] = []
    room = MEANT
    for quote in mail.quotes:
        keys = letters.meant(quote)
        found.append(keys if len(keys) <= room else [])
        room -= len(found[-1])
    return found


def _named(names: set[str]) -> dict[str, list[int]]:
    """The mails of each Message-ID, at most five: thousands may bear one, where a program's defect made it."""
    found: dict[str, list[int]] = defaultdict(list)
    rows = Reading.objects.filter(message_id__in=names, kind="mail").order_by("document__sha256")
    for name, key in rows.values_list("message_id", "pk").iterator():
        if len(found[name]) < OTHERS:
            found[name].append(key)
    return found


def _titled(original: Reading, quote: Quote) -> bool:
    return not quote.subject or base(original.subject) == base(quote.subject)


def _sent_then(original: Reading, quote: Quote) -> bool:
    """Whether the mail that is answered is the one that the attribution speaks of: then no other is looked for."""
    if original.sender.lower() != quote.address or original.date is None or quote.date is None:
        return False
    return matches(quote.date, original.date)
