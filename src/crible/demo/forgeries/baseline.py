"""Plain DKIM, for comparison: which stored mails verify as they stand, with the same keys and nothing else done.

A verifier of its own, thirty lines over the signer's canonical forms, so that the comparison rests on no code under
test; the tests hold it to dkimpy's answers.
"""

import base64
import hashlib
import re
from collections.abc import Mapping

import gmpy2

from crible.demo.keys import EXPONENT, SHA256_INFO, RsaKey
from crible.demo.signer import canonical_body, canonical_field, field_name

_FIELD = re.compile(rb"[^\r\n]+\r\n(?:[ \t][^\r\n]*\r\n)*")
_B = re.compile(rb"(\bb=)[A-Za-z0-9+/=\s]+")


def verifies(data: bytes, keys: Mapping[tuple[str, str], RsaKey]) -> bool:
    """Whether a signature of the From address's own domain covers the stored bytes, line ends apart.

    `keys` are those of 1024 bits or more, by domain and selector. One with l= that leaves a tail does not count.
    """
    data = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    head, _, body = data.partition(b"\r\n\r\n")
    fields = _FIELD.findall(head + b"\r\n")
    author = next((field for field in fields if field_name(field) == "from"), b"")
    return any(
        _verifies(field, fields, body, keys, author) for field in fields if field_name(field) == "dkim-signature"
    )


def _verifies(
    field: bytes, fields: list[bytes], body: bytes, keys: Mapping[tuple[str, str], RsaKey], author: bytes
) -> bool:
    tags = dict(_tag(part) for part in field.partition(b":")[2].split(b";") if b"=" in part)
    domain, key = tags["d"], keys.get((tags["d"], tags["s"]))
    if key is None or f"@{domain}>".encode() not in author:
        return False
    header_way, body_way = tags["c"].split("/")
    canonical = canonical_body(body, body_way)
    if int(tags.get("l", len(canonical))) < len(canonical):
        return False
    if base64.b64encode(hashlib.sha256(canonical).digest()).decode() != tags["bh"]:
        return False
    left = list(fields)
    chosen = [found for name in tags["h"].split(":") if (found := _pop(left, name)) is not None]
    empty = _B.sub(rb"\1", field)
    covered = b"".join(canonical_field(one, header_way) for one in chosen)
    covered += canonical_field(empty, header_way).removesuffix(b"\r\n")
    opened = int(gmpy2.powmod(int.from_bytes(base64.b64decode(tags["b"])), EXPONENT, key.modulus))
    return opened.to_bytes(key.bits // 8).endswith(SHA256_INFO + hashlib.sha256(covered).digest())


def _tag(part: bytes) -> tuple[str, str]:
    name, _, value = part.partition(b"=")
    return name.strip().decode(), b"".join(value.split()).decode()


def _pop(fields: list[bytes], name: str) -> bytes | None:
    for at in range(len(fields) - 1, -1, -1):
        if field_name(fields[at]) == name:
            return fields.pop(at)
    return None
