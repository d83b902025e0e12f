"""The post office of the benchmark: writes, signs and delivers mail, and keeps note of what was done to it."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from crible.demo.compose import Attachment, Mail
from crible.demo.forgeries import clients, prose, servers
from crible.demo.forgeries.draft import Draft, Sent
from crible.demo.forgeries.hosts import Host, signer
from crible.demo.forgeries.moments import BEGIN, DAYS
from crible.demo.forgeries.people import Client, Person, Town
from crible.demo.forgeries.prose import Kind

Kept = Literal["known", "lost", "list", "unsigned"]


@dataclass(slots=True)
class Stored:
    """A mail in a box."""

    box: str
    at: datetime
    """When it arrived; boxes are in this order."""
    mail: Mail
    sent: Sent
    kept: Kept
    """What is left to prove it with, by which the run is composed."""
    own: bool = False
    """The author's own copy."""


@dataclass(frozen=True, slots=True)
class Altered:
    """One thing that is not what it was."""

    kind: Literal["words", "field", "all", "origin", "time", "hand", "truth", "absence"]
    """`words`: the bytes that differ from `Deed.before`. `all`: the whole mail is invented. `hand`, `truth`: what no
    signature shows and no answer may claim."""
    name: str = ""
    """Field, imitated domain, real moment (ISO 8601), or the Message-ID that was removed."""


@dataclass(slots=True)
class Deed:
    """What was done to a stored mail, or to a loose file; `scenario` is a key of the catalogue."""

    scenario: str
    where: "Stored | str"
    """The mail, or the path of a loose file below the dump's root."""
    what: str
    """Before → after, for a person who reads the record."""
    altered: tuple[Altered, ...]
    before: Mail | None = None
    """The stored mail as it was, where only its words were altered."""
    innocent: bool = False
    inside: tuple[bytes, ...] = ()
    """Altered files that the mail or archive carries: documents of their own, of which nothing may be vouched for
    either; of an innocent archive, its files."""


@dataclass(slots=True)
class Post:
    """Everything posted so far."""

    seed: int
    town: Town
    rng: random.Random
    stored: list[Stored] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    bystanders: list[Stored] = field(default_factory=list)
    """Untouched mails that rightly tell otherwise than an altered one: a question about them is no false alarm."""
    newsroom: list[Stored] = field(default_factory=list)
    """Mail in the newsroom's own box, which is no part of the dump."""
    files: dict[str, bytes] = field(default_factory=dict)
    """Loose files by path from the dump's root."""
    intrusion: tuple[str, str] = ("", "")
    """Since when (ISO date), and the address that others had access to."""
    number: int = 0

    # ---- writing ----

    def draft(
        self,
        sender: Person,
        to: Sequence[Person],
        *,
        at: datetime | None = None,
        kind: Kind | None = None,
        cc: Sequence[Person] = (),
        attachments: tuple[Attachment, ...] = (),
        client: Client | Literal[""] = "",
    ) -> Draft:
        """A first mail of somebody's, at a moment of a working day if none is given."""
        at = at or self.moment()
        written = prose.write(self.rng, sender.language, at, to[0].first, kind)
        return Draft(
            self.tag(), sender, tuple(to), written.subject, at, written.text, written.fact, tuple(cc),
            attachments=attachments, client=client,
        )  # fmt: skip

    def answer(self, parent: Sent, sender: Person, to: Sequence[Person], *, after: timedelta | None = None) -> Draft:
        """An answer that quotes what it answers, in the manner of the sender's program."""
        at = parent.draft.at + (after or timedelta(minutes=self.rng.randrange(4, 2000), seconds=self.rng.randrange(60)))
        written = prose.reply(self.rng, sender.language, at, parent.draft.sender.first)
        mark = "RE: " if sender.client in ("exchange", "outlook") else "Re: "
        subject = parent.draft.subject
        subject = subject if subject.lower().startswith("re:") else mark + subject
        above = sender.client == "thunderbird" and self.rng.random() < 0.5
        return Draft(
            self.tag(), sender, tuple(to), subject, at, written.text, written.fact,
            answers=parent, quoting="above" if above else "below",
        )  # fmt: skip

    def tag(self) -> str:
        """A new name; the seed stands in it, so that no two runs share an identifier."""
        self.number += 1
        return f"{self.seed}.{self.number}"

    def moment(self) -> datetime:
        """Some time between eight and seven on a working day of the story."""
        day = BEGIN + timedelta(days=self.rng.randrange(DAYS))
        day -= timedelta(days=max(0, day.weekday() - 4))
        return day + timedelta(seconds=self.rng.randrange(7 * 3600, 18 * 3600), microseconds=self.rng.randrange(10**6))

    # ---- posting ----

    def send(
        self,
        draft: Draft,
        *,
        keep: bool = True,
        boxes: Sequence[str] | None = None,
        host: Host | None = None,
        hand: str = "",
        late: timedelta | None = None,
        clock: datetime | None = None,
    ) -> Sent:
        """Write, sign and deliver a mail to the leaked boxes among its people.

        `keep`: the author's own copy lies in the box. `boxes`: those that still have the mail. `host`, `hand`: whose
        signature, if not the sender's own host's. `late`: time in the queue. `clock`: when it was really submitted,
        where the Date says otherwise.
        """
        sent = clients.write(draft)
        mail = self.carried(sent, clock=clock, host=host, hand=hand)
        arrival = (clock or draft.at) + servers.wait(draft) + (late or timedelta(seconds=4))
        for owner in self.owners(draft):
            if boxes is None or owner.box in boxes:
                self.deliver(sent, mail, owner, arrival, host, hand)
        if keep and draft.sender.box and (boxes is None or draft.sender.box in boxes):
            self.store(draft.sender.box, draft.at, sent.mail, sent, "unsigned", own=True)
        return sent

    def carried(self, sent: Sent, *, clock: datetime | None = None, host: Host | None = None, hand: str = "") -> Mail:
        """The mail as it leaves its domain: signed where that signs; inside an Exchange domain nothing is."""
        draft = sent.draft
        at = (clock or draft.at) + servers.wait(draft)
        mail = servers.submitted(sent, at)
        host, usual = (host, "") if host else signer(draft.sender.host, at)
        inside = host.carrier == "microsoft" and all(person.host == host for person in (*draft.to, *draft.cc))
        return mail if inside or not host.selector else servers.signed(mail, host, self.seed, at, hand or usual)

    def deliver(
        self, sent: Sent, mail: Mail, owner: Person, at: datetime, host: Host | None = None, hand: str = ""
    ) -> Stored:
        """Lay a mail into an owner's box, below the trace fields of the owner's server."""
        host = host or signer(sent.draft.sender.host, at)[0]
        signs = any(field.startswith(b"DKIM-Signature") for field in mail.fields)
        arrived = servers.received(mail, sent.draft, owner, at, host.domain if signs else "")
        return self.store(owner.box, at, arrived, sent, "unsigned" if not signs else "lost" if hand else host.kept)

    def store(self, box: str, at: datetime, mail: Mail, sent: Sent, kept: Kept, *, own: bool = False) -> Stored:
        """Lay a mail into a box as it stands."""
        if any(owner.takeout for owner in self.town.owners if owner.box == box):
            root = sent
            while root.draft.answers:
                root = root.draft.answers
            mail = servers.exported(mail, root.draft.at, root.draft.noise("thrid"))
        found = Stored(box, at, mail, sent, kept, own)
        self.stored.append(found)
        return found

    def owners(self, draft: Draft) -> list[Person]:
        """The people of a mail whose boxes leaked, its author left out."""
        return [person for person in (*draft.to, *draft.cc) if person.box and person is not draft.sender]

    def copies(self, sent: Sent) -> list[Stored]:
        """Every stored copy of a mail, received ones first."""
        return sorted((one for one in self.stored if one.sent is sent), key=lambda one: one.own)

    # ---- altering ----

    def reword(self, stored: Stored, draft: Draft) -> Mail:
        """Put another draft's text into a stored mail, every header field as it stood; the mail as it was."""
        before = stored.mail
        stored.mail = Mail(before.fields, clients.content(draft)[1])
        stored.sent = replace(stored.sent, draft=draft)
        return before

    def plant(
        self,
        scenario: str,
        where: "Stored | str",
        what: str,
        *altered: Altered,
        before: Mail | None = None,
        inside: tuple[bytes, ...] = (),
    ) -> None:
        """Note an alteration."""
        self.deeds.append(Deed(scenario, where, what, altered, before, inside=inside))

    def edit(self, scenario: str, stored: Stored) -> None:
        """Alter the telling sentence of a stored mail and note it."""
        fact = stored.sent.draft.fact
        before = self.reword(stored, stored.sent.draft.altered())
        self.plant(scenario, stored, f"{fact.old} → {fact.new}", Altered("words"), before=before)

    def twin(self, key: str, where: "Stored | str", what: str, inside: tuple[bytes, ...] = ()) -> None:
        """Note an innocent look-alike; `inside`: the files of an archive."""
        self.deeds.append(Deed(key, where, what, (), innocent=True, inside=inside))

    def stands_by(self, *stored: Stored) -> None:
        """Note mails that rightly tell otherwise than an altered one."""
        self.bystanders.extend(stored)
