"""Messages that mails answer or refer to, and that the dump does not hold (RFC 5322 §3.6.4).

That a parent is missing is ordinary: people are copied in late, and delete. So every count comes with what it is a
share of, and a month stands out only against the other months of the same box.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from crible.assess.boxes.remark import Behind, Remark
from crible.model.evidence import Param, Strength
from crible.model.facts import MailFacts

MOST_REFERENCES = 100
"""Of one mail: the first, which names the thread, and the last ones."""
NAMED = 20
"""Missing messages of a box that are named, the most referred to first."""
FEWEST = 10
"""Replies of a month without their parent, from which on the month can stand out."""
TIMES = 3
"""How many times the share of the box's other months it then has. One month of a real list has 2.7."""
DAY = 86400

Naming = tuple[str, tuple[str, ...], str, tuple[str, ...]]
"""A mail that refers to others: id, boxes, month, what it refers to (oldest first, its parent last)."""


class References:
    """Who refers to whom, over the whole dump."""

    def __init__(self) -> None:
        self._own: set[str] = set()
        self._naming: list[Naming] = []
        self._threads: dict[tuple[str, str], list[float]] = {}

    def take(self, id: str, boxes: Sequence[str], month: str, mail: MailFacts, at: float | None) -> None:  # noqa: A002
        """Take in one mail; without boxes (an attached mail) it only is there. `at` is its moment, Unix seconds."""
        if mail.message_id:
            self._own.add(mail.message_id)
        ancestors = _ancestors(mail)
        if ancestors and boxes:
            self._naming.append((id, tuple(boxes), month, ancestors))
        for stamp in mail.stamps:
            if stamp.kind == "gm-thrid" and at is not None:
                for box in boxes:
                    known = self._threads.setdefault((box, stamp.text or str(stamp.seconds)), [stamp.seconds, at])
                    known[1] = min(known[1], at)

    def remarks(self) -> Iterator[Remark]:
        """What each box lacks, boxes in order."""
        found: dict[str, _Box] = defaultdict(_Box)
        for id_, boxes, month, ancestors in self._naming:
            missing = [name for name in ancestors if name not in self._own]
            for box in boxes:
                found[box].take(id_, month, ancestors, missing)
        begun = self._begun_before()
        for box in sorted({*found, *begun}):
            if box in found:
                yield from self._said(box, found[box])
            if count := begun.get(box):
                yield Remark("absence", box, "roots-gmail", {"count": count}, count=count)

    def _said(self, box: str, found: "_Box") -> Iterator[Remark]:
        lacking, replies = found.orphans.count, sum(found.replies.values())
        if not found.missing:
            return
        params: dict[str, Param] = {"count": len(found.missing), "replies": lacking, "of": replies}
        yield Remark("absence", box, "parents-missing", params, refs=found.orphans.refs, count=lacking)
        roots: dict[str, Param] = {"count": len(found.lost_roots), "of": len(found.roots)}
        if found.lost_roots:
            yield Remark("absence", box, "roots-missing", roots, count=len(found.lost_roots))
        begins = min(month for month in found.replies if month) if any(found.replies) else ""
        for month in sorted(filter(None, found.lacking)):
            yield _month(box, month, found, lacking, replies, first=month == begins)
        most = sorted((name for name, n in found.missing.items() if n > 1), key=lambda n: (-found.missing[n], n))[
            :NAMED
        ]
        behind = self._behind(box, most)
        for name in most:
            count = behind[name].count
            yield Remark(
                "absence", box, "parent-named", {"id": name[:300], "count": count}, refs=behind[name].refs, count=count
            )

    def _behind(self, box: str, names: Sequence[str]) -> dict[str, Behind]:
        behind = {name: Behind() for name in names}
        for id_, boxes, _, ancestors in self._naming:
            if box in boxes:
                for name in ancestors:
                    if name in behind:
                        behind[name].add(id_)
        return behind

    def _begun_before(self) -> Counter[str]:
        """Per box the Gmail threads whose id bears a moment a day or more before their first mail here."""
        return Counter(box for (box, _), (began, first) in self._threads.items() if first - began > DAY)


class _Box:
    def __init__(self) -> None:
        self.replies: Counter[str] = Counter()
        self.lacking: dict[str, Behind] = defaultdict(Behind)
        self.orphans = Behind()
        self.missing: Counter[str] = Counter()
        self.roots: set[str] = set()
        self.lost_roots: set[str] = set()

    def take(self, name: str, month: str, ancestors: tuple[str, ...], missing: list[str]) -> None:
        self.replies[month] += 1
        self.roots.add(ancestors[0])
        self.missing.update(missing)
        if missing and missing[0] == ancestors[0]:
            self.lost_roots.add(ancestors[0])
        if missing and missing[-1] == ancestors[-1]:
            self.lacking[month].add(name)
            self.orphans.add(name)


def _month(box: str, month: str, found: _Box, lacking: int, replies: int, *, first: bool) -> Remark:
    # In a box's first month parents are missing because they are older than the box.
    behind = found.lacking[month]
    count, of = behind.count, found.replies[month]
    elsewhere = (lacking - count) / (replies - of) if replies > of else 1.0  # and so nothing stands out
    stands_out = not first and count >= FEWEST and count / of >= TIMES * elsewhere
    strength = Strength.WEAK if stands_out else Strength.NONE
    params: dict[str, Param] = {"month": month, "count": count, "of": of}
    if replies > of:
        params["share"] = round(100 * elsewhere)
    message = "parents-month-more" if stands_out else "parents-month" if replies > of else "parents-month-only"
    return Remark("absence", box, message, params, strength, day=f"{month}-01", refs=behind.refs, count=count)


def _ancestors(mail: MailFacts) -> tuple[str, ...]:
    """What the mail refers to, oldest first; where In-Reply-To and References both speak, the latter is the parent."""
    references = mail.references
    if len(references) > MOST_REFERENCES:
        references = (references[0], *references[1 - MOST_REFERENCES :])
    if mail.in_reply_to and mail.in_reply_to not in references:
        references = (*references, mail.in_reply_to)
    return tuple(name for name in references if name != mail.message_id)
