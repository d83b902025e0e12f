"""Codes against the vectors of RFC 4226 and RFC 6238, clocks that drift, secrets that only one desk can read."""

from typing import Any

import pytest

from crible.review import sealed, totp

SECRET = b"12345678901234567890"
HOTP = ("755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489")
"""RFC 4226, appendix D."""
TOTP = {
    59: "94287082",
    1111111109: "07081804",
    1111111111: "14050471",
    1234567890: "89005924",
    2000000000: "69279037",
    20000000000: "65353130",
}
"""RFC 6238, appendix B, the rows of SHA-1."""


def test_codes_are_those_of_rfc_4226() -> None:
    assert tuple(totp.code(SECRET, step) for step in range(10)) == HOTP


@pytest.mark.parametrize(("at", "expected"), TOTP.items())
def test_codes_are_those_of_rfc_6238(at: int, expected: str) -> None:
    assert totp.code(SECRET, totp.step_of(at), digits=8) == expected
    assert totp.matching(SECRET, expected[-6:], at, after=0) == at // 30


def test_clocks_may_differ_by_one_step_and_no_more() -> None:
    at = 1_000_000_000
    now = totp.step_of(at)
    heard = [step - now for step in range(now - 3, now + 4) if totp.matching(SECRET, totp.code(SECRET, step), at, 0)]
    assert heard == [-1, 0, 1]


def test_a_step_that_was_used_and_those_before_are_refused() -> None:
    at = 1_000_000_000
    now = totp.step_of(at)
    heard = [step - now for step in (now - 1, now, now + 1) if totp.matching(SECRET, totp.code(SECRET, step), at, now)]
    assert heard == [1]


def test_the_secret_as_it_is_typed_and_as_an_address() -> None:
    assert totp.typed_form(SECRET) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
    uri = totp.uri(SECRET, "léa & co@desk.example.org", "crible")
    assert uri == (
        "otpauth://totp/crible:l%C3%A9a%20%26%20co%40desk.example.org"
        "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=crible"
    )


def test_what_is_sealed_is_read_by_this_desk_about_that_person_only(settings: Any) -> None:
    kept = sealed.seal(SECRET, "second factor of 1")
    assert SECRET not in kept
    assert kept != sealed.seal(SECRET, "second factor of 1"), "a nonce is used once"
    assert sealed.unseal(kept, "second factor of 1") == SECRET
    assert sealed.unseal(kept, "second factor of 2") is None
    assert sealed.unseal(kept[:-1] + bytes([kept[-1] ^ 1]), "second factor of 1") is None
    assert sealed.unseal(b"", "second factor of 1") is None
    settings.SECRET_KEY = "of another desk"
    assert sealed.unseal(kept, "second factor of 1") is None
