"""What a signature field says: its tags, read and checked (RFC 6376 §3.5, §6.1.1), without any key."""

import binascii
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from crible.extract.mail.fields import Field
from crible.model.signature import Scheme
from crible.proof.dkim.canonical import How
from crible.proof.tags import WHITESPACE, Malformed, parse_tags, unspaced

LONGEST = 1 << 16
"""Bytes of a signature field; the longest met in 10,000 real mails has 946."""

TRANSIT_DOMAIN = "1e100.net"
HASHES = {"rsa-sha256": "sha256", "rsa-sha1": "sha1", "ed25519-sha256": "sha256"}
"""Algorithms of RFC 6376, RFC 8301 and RFC 8463, with hashlib's names for their digests."""

_SHORT = 1_000
"""Bytes of the longest h= that is remembered: 512 of these take 8 MB at worst."""
_DIGEST_SIZES = {"sha256": 32, "sha1": 20}
_NEEDED = frozenset((b"a", b"b", b"bh", b"d", b"h", b"s"))
_NEEDED_BY_SEAL = frozenset((b"a", b"b", b"cv", b"d", b"i", b"s"))
_ARC_ALGORITHMS = ("rsa-sha256", "ed25519-sha256")
_INSTANCE = re.compile(rb"[1-9]|[1-4][0-9]|50")
_NAME = re.compile(r"[\w.-]+")
_QUOTED = re.compile(rb"=([0-9A-F]{2})")
_LARGEST = (1 << 63) - 1
"""§3.5 allows 76 digits for l=; no body, no message between processes and no column has room for more than this."""
_LAST_YEAR = 253_402_300_799
"""31 December 9999; a later t= or x= says nothing that a calendar can show."""


@dataclass(frozen=True, slots=True)
class Terms:
    """A well-formed signature field."""

    domain: str
    selector: str
    algorithm: str
    hash_name: str
    """As hashlib spells it."""
    signature: bytes
    body_hash: bytes
    header_how: How
    body_how: How
    signed: tuple[str, ...]
    identity: str
    length: int | None
    timestamp: int | None
    expires: int | None
    instance: int = 0
    """i= of an ARC field; 0 for any other."""


def read_terms(tags: dict[bytes, bytes], scheme: Scheme) -> Terms:
    """Check the tags of a signature field in the order of RFC 6376 §6.1.1. Raises Malformed.

    x= never fails a signature, nor does t= in the future: signatures are judged at signing time. An
    ARC-Message-Signature differs in three things: v= means nothing, i= is the instance, and h= must not name ARC-Seal
    (RFC 8617 §4.1.2, §5.1.1; that it must not name ARC's other two either is younger than much mail that does).
    """
    if not scheme.arc and tags.get(b"v") != b"1":
        raise Malformed("dkim-malformed-version")
    _check_needed(tags, _NEEDED)
    algorithm = _algorithm(tags[b"a"], scheme)
    domain, selector = _domain(tags[b"d"], scheme), _selector(tags[b"s"])
    named = tags[b"h"]
    signed = _remembered(named) if len(named) <= _SHORT else _signed(named)
    if "from" not in signed:
        raise Malformed("dkim-malformed-from-unsigned")
    if scheme.arc and "arc-seal" in signed:
        raise Malformed("arc-malformed-signs-arc")
    if b"q" in tags:
        _check_query(tags[b"q"])
    header_how, body_how = _canonicalization(tags.get(b"c", b"simple/simple"))
    body_hash = _base64(tags[b"bh"])
    if len(body_hash) != _DIGEST_SIZES[HASHES[algorithm]]:
        raise Malformed("dkim-malformed-body-hash")
    return Terms(
        domain=domain,
        selector=selector,
        algorithm=algorithm,
        hash_name=HASHES[algorithm],
        signature=_base64(tags[b"b"]),
        body_hash=body_hash,
        header_how=header_how,
        body_how=body_how,
        signed=signed,
        identity="" if scheme.arc else _identity(tags.get(b"i", b""), domain),
        length=_number(tags, b"l", "dkim-malformed-length"),
        timestamp=_moment(tags, b"t"),
        expires=_moment(tags, b"x"),
        instance=_instance(tags) if scheme.arc else 0,
    )


def read_seal(tags: dict[bytes, bytes]) -> Terms:
    """Check the tags of an ARC-Seal (RFC 8617 §4.1.3), which has no h=, c= or bh= of its own. Raises Malformed."""
    _check_needed(tags, _NEEDED_BY_SEAL)
    if b"h" in tags:
        raise Malformed("arc-malformed-seal-headers")
    if tags[b"cv"].lower() not in (b"none", b"pass", b"fail"):
        raise Malformed("arc-malformed-cv")
    algorithm = _algorithm(tags[b"a"], Scheme.ARC_SEAL)
    return Terms(
        domain=_domain(tags[b"d"], Scheme.ARC_SEAL),
        selector=_selector(tags[b"s"]),
        algorithm=algorithm,
        hash_name=HASHES[algorithm],
        signature=_base64(tags[b"b"]),
        body_hash=b"",
        header_how="relaxed",
        body_how="relaxed",
        signed=(),
        identity="",
        length=None,
        timestamp=_moment(tags, b"t"),
        expires=None,
        instance=_instance(tags),
    )


def read_tags(field: Field) -> dict[bytes, bytes]:
    """The tags of a signature field. Raises Malformed."""
    if len(field.raw) > LONGEST:
        raise Malformed("dkim-malformed-too-long")
    return parse_tags(field.value)


def stated_instance(tags: dict[bytes, bytes]) -> int:
    """i= of an ARC field; 0 where it is missing or none that RFC 8617 §4.2.1 allows (1 to 50)."""
    return int(tags[b"i"]) if _INSTANCE.fullmatch(tags.get(b"i", b"")) else 0


def _signed(value: bytes) -> tuple[str, ...]:
    return tuple([_text(name.strip(WHITESPACE)).lower() for name in value.split(b":")])


@lru_cache(maxsize=512)
def _remembered(value: bytes) -> tuple[str, ...]:
    """A signer names the same fields in each of its signatures: h= of nine mails of ten of a list was met before."""
    return _signed(value)


def _instance(tags: dict[bytes, bytes]) -> int:
    instance = stated_instance(tags)
    if not instance:
        raise Malformed("arc-malformed-instance")
    return instance


def _check_needed(tags: dict[bytes, bytes], needed: frozenset[bytes]) -> None:
    if not needed <= tags.keys():
        raise Malformed("dkim-malformed-missing-tag")


def _algorithm(value: bytes, scheme: Scheme) -> str:
    """ARC is younger than RFC 8301, which retired rsa-sha1; DKIM-Signature fields of before it are still read."""
    algorithm = _text(value).lower()
    if algorithm not in (_ARC_ALGORITHMS if scheme.arc else HASHES):
        raise Malformed("dkim-malformed-algorithm")
    return algorithm


def _domain(value: bytes, scheme: Scheme) -> str:
    """A transit signature counts for Google's domain alone: for any other it would be an unaligned one in disguise."""
    domain = _text(value).lower()
    if not _NAME.fullmatch(domain) or len(domain) > 255:
        raise Malformed("dkim-malformed-domain")
    if scheme is Scheme.TRANSIT and domain != TRANSIT_DOMAIN:
        raise Malformed("dkim-malformed-transit-domain")
    return domain


def _selector(value: bytes) -> str:
    selector = _text(value)
    if not _NAME.fullmatch(selector) or len(selector) > 255:
        raise Malformed("dkim-malformed-domain")
    return selector


def _identity(value: bytes, domain: str) -> str:
    """i= must lie in d= or below it (§6.1.1), `=2E` read as the dot it stands for (§2.11); kept as written.

    Its local part is the signer's own business.
    """
    if not value:
        return ""
    identity = unspaced(value)
    plain = _QUOTED.sub(lambda code: bytes.fromhex(code[1].decode("ascii")), identity)
    _, at, host = _text(plain).rpartition("@")
    if not at or not f".{host.lower()}".endswith(f".{domain}"):
        raise Malformed("dkim-malformed-identity")
    return _text(identity)


def _check_query(value: bytes) -> None:
    """Methods unknown to us are skipped (§3.5); `dns` alone is how the drafts of 2005 wrote it."""
    if not {b"dns/txt", b"dns"} & set(unspaced(value).lower().split(b":")):
        raise Malformed("dkim-malformed-query")


def _canonicalization(value: bytes) -> tuple[How, How]:
    header, slash, body = _text(value).lower().partition("/")
    body = body if slash else "simple"
    if header not in ("simple", "relaxed") or body not in ("simple", "relaxed"):
        raise Malformed("dkim-malformed-canonicalization")
    return cast(How, header), cast(How, body)


def _base64(value: bytes) -> bytes:
    try:
        data = binascii.a2b_base64(unspaced(value), strict_mode=True)
    except binascii.Error:
        data = b""
    if not data:
        raise Malformed("dkim-malformed-base64")
    return data


def _number(tags: dict[bytes, bytes], name: bytes, key: str) -> int | None:
    if name not in tags:
        return None
    digits = tags[name]
    if not digits.isdigit() or len(digits) > 76:
        raise Malformed(key)
    return min(int(digits), _LARGEST)


def _moment(tags: dict[bytes, bytes], name: bytes) -> int | None:
    moment = _number(tags, name, "dkim-malformed-timestamp")
    return moment if moment is None or moment <= _LAST_YEAR else None


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace")
