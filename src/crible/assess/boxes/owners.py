"""Whose box is this? Inferred from whom its mails were delivered and addressed to, and who wrote those it sent.

All of these are unsigned header fields that anybody can type, so two kinds of them in agreement weigh moderate at
most, one alone weak; where no address dominates, the answer is that it is unclear.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from crible.assess.boxes.remark import Remark
from crible.model.evidence import Param, Strength
from crible.model.facts import MailFacts

FEWEST = 5
"""Mails from which on an address is a reason."""
SHARE = 0.5
"""Of the mails looked at, that name the address."""
RIVAL = 0.5
"""Of the first address's mails, that the second may have."""
LIST = 0.9
"""Share of one list's mails from which on a box reads like that list's archive."""
SHORTEST = 4
"""Letters of a local part that is looked for in the box's name."""
_SENT = re.compile(
    r"(?:^|[/.\]])(?:sent(?: items| messages| mail)?|outbox|envoy[ée]s|[ée]l[ée]ments envoy[ée]s|messages envoy[ée]s"
    r"|bo[îi]te d['’ _]envoi)(?:\.mbox|\.sbd)?(?=/|$)",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(slots=True)
class Clues:
    """What the mails of one box say of its owner; addresses in lower case."""

    mails: int = 0
    received: int = 0
    """Mails that bear Received or a field of delivery."""
    sent: int = 0
    """Mails that bear neither, and that no machine sent: copies kept by the program that wrote them."""
    filed: int = 0
    """Mails in a folder for sent mail."""
    direct: int = 0
    """Received mails of no list."""
    marked: int = 0
    """Mails with a field of delivery."""
    delivered: Counter[str] = field(default_factory=Counter)
    addressed: Counter[str] = field(default_factory=Counter)
    wrote: Counter[str] = field(default_factory=Counter)
    filed_by: Counter[str] = field(default_factory=Counter)
    lists: Counter[str] = field(default_factory=Counter)

    def take(self, mail: MailFacts, *, filed: bool = False) -> None:
        """Take in one mail; `filed` says that it lies in a folder for sent mail."""
        self.mails += 1
        writers = {one.address.lower() for one in mail.senders}
        if mail.list_id:
            self.lists[mail.list_id] += 1
        if mail.delivered:
            self.marked += 1
            self.delivered.update(set(mail.delivered))
        if filed:
            self.filed += 1
            self.filed_by.update(writers)
        elif mail.received or mail.delivered:
            self.received += 1
            if not (mail.list_id or mail.bulk):
                self.direct += 1
                self.addressed.update({one.address.lower() for one in (*mail.to, *mail.cc)})
        elif not (mail.list_id or mail.bulk):
            self.sent += 1
            self.wrote.update(writers)


def is_sent_folder(path: str) -> bool:
    """Whether a folder above this path is named as programs name the one for sent mail, in English or French."""
    return _is_sent(path.rpartition("/")[0])


@lru_cache(maxsize=1 << 10)  # a box's mails lie in few folders
def _is_sent(folder: str) -> bool:
    return _SENT.search(folder) is not None


def owner(box: str, clues: Clues) -> tuple[Remark, ...]:
    """The answer first, then its reasons; a box without mails has none."""
    if not clues.mails:
        return ()
    reasons = [
        _reason(box, "owner-delivered", clues.delivered, clues.marked),
        _reason(box, "owner-addressed", clues.addressed, clues.direct),
        _reason(box, "owner-wrote", clues.wrote, clues.sent),
        _reason(box, "owner-filed", clues.filed_by, clues.filed),
    ]
    held = [reason for reason in reasons if reason is not None]
    votes = Counter(str(reason.params["address"]) for reason in held)
    for address in sorted(votes):
        if named := _named(box, address):
            held.append(named)
            votes[address] += 1
    return (_answer(box, clues, votes), *held)


def _reason(box: str, message: str, counts: Counter[str], of: int) -> Remark | None:
    """The address that dominates, if one does."""
    first, second = ([*sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:2], ("", 0), ("", 0)])[:2]
    address, count = first
    if not address or count < FEWEST or count < SHARE * of or second[1] > RIVAL * count:
        return None
    return Remark("owner", box, message, {"address": address[:320], "count": count, "of": of}, count=count)


def _named(box: str, address: str) -> Remark | None:
    name = box.rpartition("/")[2].lower()
    local = address.partition("@")[0]
    if len(local) < SHORTEST or local not in name:
        return None
    return Remark("owner", box, "owner-named", {"address": address, "name": name[:200]})


def _answer(box: str, clues: Clues, votes: Counter[str]) -> Remark:
    name, count = min(clues.lists.items(), key=lambda one: (-one[1], one[0]), default=("", 0))
    if count >= max(FEWEST, LIST * clues.mails):
        params: dict[str, Param] = {"list": name, "count": count, "of": clues.mails}
        return Remark("owner", box, "owner-list", params, Strength.WEAK, count=count)
    most = max(votes.values(), default=0)
    best = sorted(address for address, n in votes.items() if n == most)
    if not best:
        return Remark("owner", box, "owner-unclear", count=clues.mails)
    if len(best) > 1:
        return Remark("owner", box, "owner-several", {"addresses": best}, count=clues.mails)
    strength = Strength.MODERATE if most > 1 else Strength.WEAK
    return Remark("owner", box, "owner", {"address": best[0]}, strength, count=clues.mails)
