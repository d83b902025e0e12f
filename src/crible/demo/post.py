"""The post office: carries a draft from its author to the mailboxes of the leak, signing it on the way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crible.demo.cast import BOXES, House, Person
from crible.demo.compose import Draft, Mail, compose, date_text, message_id
from crible.demo.keys import key_of
from crible.demo.signer import dkim_field

MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
)
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@dataclass(slots=True)
class Letter:
    """One stored mail: a copy of a mail in one box."""

    tag: str
    box: str
    own: bool
    """The author's copy, in Sent."""
    at: datetime
    """When it arrived, by which boxes are sorted."""
    draft: Draft
    mail: Mail


@dataclass(slots=True)
class Post:
    """All mail of the story so far."""

    seed: int
    letters: list[Letter] = field(default_factory=list)

    def send(
        self,
        draft: Draft,
        *,
        keep: bool = True,
        wait: int = 4,
        also: Sequence[House] = (),
        hand: str = "",
        only: Iterable[str] | None = None,
    ) -> Mail:
        """Deliver a draft to the leaked boxes among its people; the signed mail comes back.

        `keep`: the author's own copy lies in Sent, unsigned. `wait`: seconds until the server signs. `also`: further
        houses that sign on top. `hand`: whose key it is, if not the house's. `only`: boxes that still have it.
        """
        plain = compose(draft)
        signed = plain
        stamp = int(draft.at.timestamp()) + wait
        for house in (draft.sender.house, *also):
            if house.selector:
                signed = signed.on_top(sign(signed, house, self.seed, stamp, hand))
        boxes = {BOXES[person.address]: person for person in (*draft.to, *draft.cc) if person.address in BOXES}
        for box, person in boxes.items():
            if only is None or box in only:
                arrived = draft.at + timedelta(seconds=wait + 3)
                self.store(draft, box, signed.on_top(*trace(draft, person, arrived)), arrived)
        own = BOXES.get(draft.sender.address)
        if own and keep and (only is None or own in only):
            self.store(draft, own, plain, draft.at, own=True)
        return signed

    def store(self, draft: Draft, box: str, mail: Mail, at: datetime, own: bool = False) -> Letter:
        """Lay a mail into a box as it stands."""
        letter = Letter(draft.tag, box, own, at, draft, mail)
        self.letters.append(letter)
        return letter

    def find(self, tag: str, box: str) -> Letter:
        """The copy of a mail in a box; raises KeyError if there is none, as only a mistake in the story would."""
        for letter in self.letters:
            if (letter.tag, letter.box) == (tag, box):
                return letter
        raise KeyError(f"{tag} in {box}")


def sign(mail: Mail, house: House, seed: int, stamp: int, hand: str = "", domain: str = "") -> bytes:
    """A signature field over a mail as it stands."""
    return dkim_field(mail.fields, mail.body, house, key_of(house, seed, hand), stamp, domain)


def trace(draft: Draft, person: Person, arrived: datetime) -> tuple[bytes, ...]:
    """What receiving servers write on top (RFC 5321 §4.4)."""
    source, target = draft.sender.house.domain, person.house.domain
    number = sum(map(ord, draft.tag)) % 89 + 2
    return (
        f"Return-Path: <{draft.sender.address}>\r\n".encode(),
        f"Delivered-To: {person.address}\r\n".encode(),
        f"Received: from smtp{number % 4}.{source} (smtp{number % 4}.{source} [192.0.2.{number}])\r\n"
        f"\tby mx.{target} with ESMTPS for <{person.address}>;\r\n\t{date_text(arrived)}\r\n".encode(),
    )


def quoted(parent: Draft, style: str) -> str:
    """A mail quoted under a reply, the signature block left out as mail programs do."""
    text = parent.text.split("\n-- \n")[0].rstrip("\n")
    at, who = parent.at, parent.sender
    match style:
        case "outlook":
            day = f"{DAYS[at.weekday()]} {at.day} {MONTHS[at.month - 1]} {at:%Y %H:%M}"
            people = "; ".join(person.name for person in parent.to)
            return (
                f"-----Message d'origine-----\nDe : {who.name} [mailto:{who.address}]\nEnvoyé : {day}\n"
                f"À : {people}\nObjet : {parent.subject}\n\n{text}\n"
            )
        case "english":
            head = f"On {date_text(at)[:-15]} at {at:%H:%M}, {who.name} wrote:"
        case _:
            head = f"Le {at.day} {MONTHS[at.month - 1]} {at:%Y à %H:%M}, {who.name} a écrit :"
    marks = (f">{line}" if line.startswith(">") else f"> {line}".rstrip() for line in text.split("\n"))
    return head + "\n" + "\n".join(marks) + "\n"


def answer_fields(parent: Draft) -> tuple[str, tuple[str, ...]]:
    """In-Reply-To and References of a reply."""
    return message_id(parent), (*parent.references, message_id(parent))
