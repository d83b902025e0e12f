"""A mail before it is posted, and after: what the author sees, and what the author's program made of it."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from crible.demo.compose import Attachment, Mail
from crible.demo.forgeries.moments import europe
from crible.demo.forgeries.people import Client, Person
from crible.demo.forgeries.prose import Fact


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail as its author sees it. `tag` names it in the run; identifiers are made of it."""

    tag: str
    sender: Person
    to: tuple[Person, ...]
    subject: str
    at: datetime
    """UTC."""
    text: str
    """Own words, greeting included, closing and block not."""
    fact: Fact
    """The telling sentence among them."""
    cc: tuple[Person, ...] = ()
    answers: "Sent | None" = None
    quoting: Literal["none", "below", "above", "forward"] = "below"
    """Where the answer stands to what it quotes; `above`: under the quote, as a bottom poster writes."""
    html: str = ""
    """Own words of the HTML version, where it says something else."""
    attachments: tuple[Attachment, ...] = ()
    client: Client | Literal[""] = ""
    """Overrides the sender's usual program."""
    zone: int | None = None
    """Overrides the sender's usual zone, hours east of UTC in winter."""
    quoted: str = ""
    """Overrides the text quoted from what it answers."""
    footer: str = ""
    """What a gateway puts below everything, quotes included."""
    written: datetime | None = None
    """When the program numbered its parts, if not at `at`."""

    @property
    def program(self) -> Client:
        """The program it was written with."""
        return self.client or self.sender.client

    @property
    def local(self) -> datetime:
        """When, by the author's clock."""
        return europe(self.at, self.sender.zone if self.zone is None else self.zone)

    @property
    def stamped(self) -> datetime:
        """The moment that stands inside identifiers."""
        return self.written or self.at

    def noise(self, role: str, seed: str = "") -> bytes:
        """32 bytes that stand for a random number of the program."""
        return hashlib.sha256(f"{seed}|{self.tag}|{role}".encode()).digest()

    def altered(self) -> "Draft":
        """The draft as somebody who alters its telling sentence would have it, all else equal."""
        return self.swapped(self.fact.old, self.fact.new)

    def swapped(self, old: str, new: str) -> "Draft":
        """The telling sentence with other words in it; raises ValueError if they are not there."""
        changed = self.fact.sentence.replace(old, new, 1)
        if changed == self.fact.sentence or self.fact.sentence not in self.text:
            raise ValueError(f"{self.tag}: {old!r} is not in it")
        return replace(
            self,
            text=self.text.replace(self.fact.sentence, changed, 1),
            html=self.html.replace(self.fact.sentence, changed, 1),
        )


@dataclass(frozen=True, slots=True)
class Sent:
    """A draft as its program wrote it, before any server touched it."""

    draft: Draft
    mail: Mail
    message_id: str
    references: tuple[str, ...]
    index: bytes = b""
    """Thread-Index, where the program writes one."""
    shown: str = ""
    """The whole text as a reader sees it, quotes included."""
