"""Asks DNS for keys: the only network use of the key ring, and only when the user asks for it by name.

Whoever runs the resolver learns which names were asked for, and that somebody asks for the keys of old mail.
"""

import hashlib
import ipaddress
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import dns.exception
import dns.resolver

from crible.model.errors import InputError
from crible.proof.keyring import BadRecord, Key, parse_record
from crible.sift import found, keys
from crible.sift.wanted import plan
from crible.store.case import Case

SOURCE = "dns:"
SECONDS = 10.0
MOST = 20
"""Records of one name that are read; a name has one, two while a key changes."""
_MARK = "._domainkey."


@dataclass(frozen=True, slots=True)
class Answer:
    """What DNS said of one name."""

    name: str
    keys: tuple[Key, ...] = ()
    problem: str = ""
    """`absent`, `silent` (no answer), `refused`, or `unusable` (records, but no key in them)."""


def wanted_names(case: Case, most: int) -> tuple[str, ...]:
    """Names of the keys that the plan puts first."""
    with case.facts():
        planned = plan(keys.ring(case)).wanted
    return tuple(f"{one.selector}{_MARK}{one.domain}" for one in planned)[:most]


def answers(names: Sequence[str], resolver: str = "") -> Iterator[Answer]:
    """Look each name up, in order. `resolver` is an address, with `:PORT` or not; else the system's are asked.

    Raises InputError for a name that is none of a key, or an address that is none.
    """
    parted = [(name, *_parted(name)) for name in names]
    asked = _resolver(resolver)
    for name, selector, domain in parted:
        yield _asked(asked, name, selector, domain)


def keep(case: Case, answer: Answer, day: date) -> tuple[Key, ...]:
    """Keep the keys of an answer in the case, as seen on that day."""
    kept = []
    for key in answer.keys:
        dated = replace(key, sources=(f"{SOURCE}{day.isoformat()}",), first_seen=str(day), last_seen=str(day))
        handle = hashlib.sha256(f"{key.domain} {key.selector} {key.fingerprint}".encode()).hexdigest()[:16]
        found.keep(case, f"dns-{handle}-{day.isoformat()}.jsonl", [found.row(dated)])
        kept.append(dated)
    return tuple(kept)


def _parted(name: str) -> tuple[str, str]:
    selector, mark, domain = name.strip().rstrip(".").partition(_MARK)
    if not (selector and mark and domain):
        raise InputError("fetch-name", name=name)
    return selector, domain.lower()


def _resolver(address: str) -> dns.resolver.Resolver:
    if not address:
        return dns.resolver.Resolver()
    host, _, port = address.rpartition(":") if address.count(":") == 1 else (address, "", "")
    try:
        ipaddress.ip_address(host)
        number = int(port or 53)
    except ValueError as error:
        raise InputError("fetch-resolver", address=address) from error
    made = dns.resolver.Resolver(configure=False)
    made.nameservers, made.port = [host], number
    return made


def _asked(resolver: dns.resolver.Resolver, name: str, selector: str, domain: str) -> Answer:
    try:
        records = resolver.resolve(name, "TXT", lifetime=SECONDS, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return Answer(name, problem="absent")
    except dns.resolver.NoNameservers:
        return Answer(name, problem="refused")
    except (dns.exception.DNSException, OSError):
        return Answer(name, problem="silent")
    texts = sorted(b"".join(record.strings).decode("utf-8", "replace") for record in list(records)[:MOST])
    read = tuple(key for text in texts for key in _key(domain, selector, text))
    return Answer(name, read, "" if read else "unusable")


def _key(domain: str, selector: str, text: str) -> Iterator[Key]:
    try:
        yield parse_record(domain, selector, text)
    except BadRecord:
        return
