"""The few keys that would settle most mails: which signatures wait for which key, and what is lacking for each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from crible.model.signature import Scheme, Word
from crible.proof.keyring import KeyRing
from crible.proof.recover import FEWEST
from crible.store.models import Reading, Signature, Standing

SCHEMES = (Scheme.DKIM, Scheme.TRANSIT)
LOST = (Word.NO_KEY, Word.KEY_MISMATCH)
ENOUGH = FEWEST + 2
"""Mails with an intact body from which a key can be recovered: two for the gcd, the others to verify."""


class Lack(StrEnum):
    """What is needed for one key."""

    KEY = "key"
    """It can be recovered from these mails, and then lacks an anchor."""
    ANCHOR = "anchor"
    """It was recovered; nobody has said yet whose it is."""
    FEW = "few"
    """Too few mails with an intact body to recover it from: somebody must have the key itself."""
    KIND = "kind"
    """Ed25519, which cannot be recovered."""


@dataclass(slots=True)
class Wanted:
    """One selector of a domain for which mails wait."""

    domain: str
    selector: str
    lack: Lack = Lack.FEW
    signatures: int = 0
    mails: set[int] = field(default_factory=set)
    """Mails that are not yet proven as a whole, by primary key."""
    intact: set[int] = field(default_factory=set)
    """Those whose body is as it was signed: the key would settle them as they stand."""
    keyless: int = 0
    """Signatures over an intact body that no RSA key at hand made."""
    first: int | None = None
    last: int | None = None
    """Dates that those mails bear, Unix seconds; unsigned words as long as no key is there."""
    settled: int = 0
    """Mails that this key and all before it in the plan would settle."""

    def take(self, document: int, date: int | None, *, waits: bool, intact: bool) -> None:
        """Count one signature; `waits` if its mail is not proven otherwise."""
        self.signatures += 1
        if not waits:
            return
        self.mails.add(document)
        if intact:
            self.intact.add(document)
        if date is not None:
            self.first = date if self.first is None else min(self.first, date)
            self.last = date if self.last is None else max(self.last, date)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to look for, most useful first."""

    wanted: tuple[Wanted, ...]
    waiting: int
    """Mails not proven as a whole by their own signature."""
    mails: int


def plan(ring: KeyRing) -> Plan:
    """Every key that is lost or lacks an anchor, by the mails it would settle; one pass over the signatures."""
    proven = set(Standing.objects.filter(full=True).values_list("pk", flat=True))
    unanchored = {(key.domain, key.selector.lower()) for key in ring if key.recovered and not key.anchored}
    found: dict[tuple[str, str], Wanted] = {}
    unfit: set[tuple[str, str]] = set()
    columns = (
        "domain",
        "selector",
        "algorithm",
        "word",
        "body_digest",
        "body_hash",
        "document",
        "document__reading__date",
    )
    rows = Signature.objects.filter(scheme__in=SCHEMES).exclude(word=Word.MALFORMED).values_list(*columns)
    for domain, selector, algorithm, word, body, signed, document, date in rows.iterator():
        name = (domain, selector)
        lost = word in LOST or (algorithm.startswith("ed25519") and word == Word.UNDECIDED)
        if not lost and (domain, selector.lower()) not in unanchored:
            continue
        wanted = found.setdefault(name, Wanted(domain, selector))
        intact = bytes(body) == bytes(signed) if lost else word == Word.PASS
        wanted.take(document, date, waits=document not in proven, intact=intact)
        rsa = algorithm.startswith("rsa")
        wanted.keyless += lost and intact and rsa
        if not rsa:
            unfit.add(name)
    for name, wanted in found.items():
        wanted.lack = _lack(wanted, anchorless=(name[0], name[1].lower()) in unanchored, rsa=name not in unfit)
    # A few that another key made beside hundreds that verify are a matter for their own pages, not for a search.
    stray = [n for n, one in found.items() if one.lack is Lack.FEW and ring.find(one.domain, one.selector)]
    for name in stray:
        del found[name]
    mails = Reading.objects.filter(kind="mail").count()
    return Plan(_ordered(found.values()), mails - len(proven), mails)


def _lack(wanted: Wanted, *, anchorless: bool, rsa: bool) -> Lack:
    """A key first: where one was recovered and many signatures are another's, that one is sought too."""
    if wanted.keyless >= ENOUGH:
        return Lack.KEY
    if anchorless:
        return Lack.ANCHOR
    return Lack.FEW if rsa else Lack.KIND


def _ordered(found: Iterable[Wanted]) -> tuple[Wanted, ...]:
    ordered = sorted(found, key=lambda one: (-len(one.intact), -len(one.mails), one.domain, one.selector))
    settled: set[int] = set()
    for one in ordered:
        settled |= one.intact
        one.settled = len(settled)
    return tuple(one for one in ordered if one.mails)
