"""Anchors from the newsroom's own mail: its own server checked a signature in DNS when the mail came in, and wrote so.

What the server wrote is unsigned. It counts because the mailbox is the newsroom's, the field stands on top, where only
that server writes, and the mail came before anybody knew of the dump; on two days at least, so that one mail sent in to
prepare the ground, or one night with a server lied to, is not enough.
"""

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from crible.assess import claimed
from crible.model.errors import InputError
from crible.model.facts import Claim, Hop, MailFacts
from crible.model.signature import Scheme, SignatureFacts, Word
from crible.proof.alignment import aligned
from crible.proof.dkim import judge
from crible.proof.keyring import Key, KeyRing
from crible.sift import found
from crible.sift.packing import unpack_reading
from crible.sift.run import sift
from crible.sift.watch import Options, Watch
from crible.store.case import Case
from crible.store.models import Reading

SOURCE = "own-mailbox:"
DAYS = 2


@dataclass(slots=True)
class Witnessed:
    """A recovered key that the server's results speak of."""

    key: Key
    days: tuple[str, ...] = ()
    """ISO dates, UTC, on which such mail was received, sorted."""

    @property
    def anchored(self) -> bool:
        """On two different days or more."""
        return len(self.days) >= DAYS


@dataclass(slots=True)
class Told:
    """What a mailbox had to say."""

    mails: int = 0
    named: int = 0
    """Mails whose topmost results are this server's, came before the date, and say dkim=pass of a signature."""
    keys: list[Witnessed] = field(default_factory=list)


def witness(case: Case, mailbox: Path, server: str, before: date, watch: Watch, *, unsafe: bool = False) -> Told | None:
    """Read the newsroom's own mailbox and keep what it says of recovered keys; None if the user stopped it.

    `server` is the authserv-id of the newsroom's own server (RFC 8601 §2.5), `before` the day the dump was known: mail
    received on that day or later says nothing. Raises InputError where the case has no recovered key.
    """
    recovered = KeyRing(keys=[key for key in found.keys(case) if key.recovered])
    if not len(recovered):
        raise InputError("own-mailbox-no-recovered", case=str(case.folder))
    with tempfile.TemporaryDirectory(prefix="crible-") as temporary:
        own = Case.create(Path(temporary) / "own")
        if sift(own, [mailbox], Options(in_place=True, unsafe=unsafe, repair=False), watch) is None:
            return None
        with own.facts():
            told, seen = _asked(recovered, server.lower(), before, _ids(case))
    for key, days in seen.items():
        told.keys.append(_keep(case, key, server.lower(), days))
    return told


def _ids(case: Case) -> frozenset[bytes]:
    """Mails of the dump by their wire form: none of them can be a witness for the dump."""
    with case.facts():
        return frozenset(bytes(wire) for wire in Reading.objects.filter(kind="mail").values_list("wire", flat=True))


def _asked(recovered: KeyRing, server: str, before: date, dump: frozenset[bytes]) -> tuple[Told, dict[Key, set[str]]]:
    told, seen = Told(), dict[Key, set[str]]()
    rows = Reading.objects.filter(kind="mail").order_by("document__sha256").values_list("facts", "wire")
    for facts, wire in rows.iterator():
        mail = unpack_reading(bytes(facts)).mail
        if mail is None or bytes(wire) in dump:
            continue
        told.mails += 1
        day = _received(mail, server)
        claims = list(_claims(mail, server)) if day is not None and day < before else []
        told.named += bool(claims)
        for key in _keys(mail, claims, recovered):
            seen.setdefault(key, set()).add(str(day))
    return told, seen


def _received(mail: MailFacts, server: str) -> date | None:
    """The day on which this server took the mail in, by the topmost Received field; None where that is another's."""
    if not mail.hops or not _own(mail.hops[0], server) or mail.hops[0].seconds is None:
        return None
    try:
        return datetime.fromtimestamp(mail.hops[0].seconds, UTC).date()
    except (OverflowError, ValueError, OSError):
        return None


def _own(hop: Hop, server: str) -> bool:
    """Whether the hop is of the server's own organisation. Google's inner hops give an IPv6 address for a name."""
    host = hop.by.lower().strip("[]").rstrip(".")
    return bool(host) and (":" in host or host == server or aligned(host, server))


def _claims(mail: MailFacts, server: str) -> Iterator[Claim]:
    """dkim=pass of the topmost Authentication-Results field, if this server wrote it."""
    return (one for one in mail.claims if one.index == 0 and one.server == server and claimed.passed(one))


def _keys(mail: MailFacts, claims: list[Claim], recovered: KeyRing) -> Iterator[Key]:
    """Recovered keys that made a signature which a claim names, and which verifies as the mail is stored."""
    for facts in mail.signatures if claims else ():
        if facts.scheme is Scheme.DKIM and any(_names(claim, facts) for claim in claims):
            found_keys = recovered.find(facts.domain, facts.selector)
            yield from (key for key in found_keys if judge(facts, [key]).word is Word.PASS)


def _names(claim: Claim, facts: SignatureFacts) -> bool:
    """Whether a result speaks of exactly this signature: domain, selector and the beginning of its b=."""
    who = (claimed.domain(claim), claimed.selector(claim))
    return who == (facts.domain, facts.selector.lower()) and claimed.quotes(claim, facts)


def _keep(case: Case, key: Key, server: str, days: set[str]) -> Witnessed:
    """Keep the days with those of earlier mailboxes; the key is anchored once there are two."""
    handle = hashlib.sha256(f"{key.domain} {key.selector} {key.fingerprint} {server}".encode()).hexdigest()[:16]
    name = f"own-mailbox-{handle}.jsonl"
    before = {day for row in found.rows(found.folder(case) / name) for day in row.get("days", ())}
    all_days = tuple(sorted(days | before))
    witnessed = Witnessed(key, all_days)
    kept = Key(
        key.domain,
        key.selector,
        key.bits,
        key.modulus,
        key.exponent,
        sources=(SOURCE + server,) if witnessed.anchored else (),
        first_seen=all_days[0],
        last_seen=all_days[-1],
        anchored=witnessed.anchored,
        recovered=True,
    )
    found.keep(case, name, [found.row(kept, days=list(all_days))])
    return witnessed
