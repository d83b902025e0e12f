"""Codes that an authenticator shows: RFC 6238 (TOTP) over RFC 4226 (HOTP), SHA-1, six digits, thirty seconds.

Those parameters, because every authenticator knows them and some ignore any other; that SHA-1 has collisions takes
nothing from HMAC-SHA-1.
"""

import base64
import hmac
import re
from urllib.parse import quote

DIGITS = 6
SECONDS = 30
DRIFT = 1
"""Steps before and after that count too: clocks differ, and people type."""
BYTES = 20
"""Of a secret: what RFC 4226 recommends, the length of the hash."""
CODE = re.compile(rf"[0-9]{{{DIGITS}}}")


def code(secret: bytes, step: int, digits: int = DIGITS) -> str:
    """The code of one time step (RFC 4226, 5.3)."""
    mac = hmac.digest(secret, step.to_bytes(8), "sha1")
    start = mac[-1] & 15
    number = int.from_bytes(mac[start : start + 4]) & 0x7FFFFFFF
    return f"{number % 10**digits:0{digits}}"


def step_of(at: float) -> int:
    """The time step of a Unix time."""
    return int(at // SECONDS)


def matching(secret: bytes, typed: str, at: float, after: int) -> int | None:
    """The step whose code was typed, of those around a Unix time and later than `after`; None for any other code.

    All of them are compared, each in constant time.
    """
    now, given = step_of(at), typed.encode()
    steps = [
        step
        for step in range(now - DRIFT, now + DRIFT + 1)
        if hmac.compare_digest(code(secret, step).encode(), given) and step > after
    ]
    return steps[0] if steps else None


def typed_form(secret: bytes) -> str:
    """As people type it into an authenticator: base32 in groups of four."""
    return grouped(base64.b32encode(secret).decode())


def uri(secret: bytes, account: str, issuer: str) -> str:
    """As authenticators and password managers take it: Google's key URI format."""
    label = f"{quote(issuer, safe='')}:{quote(account, safe='')}"
    return f"otpauth://totp/{label}?secret={base64.b32encode(secret).decode()}&issuer={quote(issuer, safe='')}"


def grouped(text: str, by: int = 4) -> str:
    """In groups, a space between."""
    return " ".join(text[at : at + by] for at in range(0, len(text), by))
