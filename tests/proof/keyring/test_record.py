import base64
from contextlib import suppress

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from crible.proof.keyring import BadRecord, parse_record
from crible.proof.keyring.record import _SMALL_ORDER, rsa_numbers

KEY = rsa.generate_private_key(65537, 1024).public_key()
SPKI = KEY.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
BARE = KEY.public_bytes(Encoding.DER, PublicFormat.PKCS1)
P = base64.b64encode(SPKI).decode()
POINT = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="


def der(tag: int, content: bytes) -> bytes:
    size = len(content)
    return bytes([tag]) + (bytes([size]) if size < 128 else b"\x82" + size.to_bytes(2, "big")) + content


def integer(number: int) -> bytes:
    return der(2, number.to_bytes(number.bit_length() // 8 + 1, "big"))


@pytest.mark.parametrize("data", [SPKI, BARE])
def test_both_encodings_of_an_rsa_key(data):
    key = parse_record("press.example", "s1", f"p={base64.b64encode(data).decode()}")
    numbers = KEY.public_numbers()
    assert (key.modulus, key.exponent, key.bits) == (numbers.n, numbers.e, 1024)
    assert key.admits("rsa-sha256")
    assert key.admits("rsa-sha1")
    assert not key.admits("ed25519-sha256")


def test_an_ed25519_key():
    key = parse_record("press.example", "s1", f"v=DKIM1; k=ed25519; p={POINT}")
    assert (len(key.point), key.bits) == (32, 256)
    assert key.admits("ed25519-sha256")
    assert not key.admits("rsa-sha256")


def test_limits_that_a_record_sets():
    key = parse_record("press.example", "s1", f"v=DKIM1; h= sha1 : sha512; s=web:email; t=y; g=*; n=note; p={P}")
    assert key.admits("rsa-sha1")
    assert not key.admits("rsa-sha256")
    assert not parse_record("press.example", "s1", f"s=chat; p={P}").admits("rsa-sha256")


def test_blanks_and_folds_in_p_do_not_matter():
    assert parse_record("a.example", "s", f"p={P[:40]} \t{P[40:]}").modulus == KEY.public_numbers().n


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ("v=DKIM3; p=" + P, "keys-line-version"),
        ("k=dsa; p=" + P, "keys-line-kind"),
        ("v=DKIM1; p=", "keys-line-revoked"),
        ("v=DKIM1; k=rsa", "keys-line-record"),
        ("k=rsa; t; p=" + P, "keys-line-record"),
        (f"p={P}; p={P}", "keys-line-record"),
        ("p=" + "A" * 40_000, "keys-line-record"),
        ("p=QUJD", "keys-line-key"),
        ("p=QU*D", "keys-line-key"),
        ("p=" + base64.b64encode(SPKI[:-20]).decode(), "keys-line-key"),
        ("k=ed25519; p=QUJD", "keys-line-key"),
        ("k=ed25519; p=" + P, "keys-line-key"),
        ("p=" + base64.b64encode(der(0x30, der(0x30, b"\6\3abc") + der(3, b"\0" + BARE))).decode(), "keys-line-key"),
    ],
)
def test_a_record_without_a_usable_key_says_why(record, code):
    with pytest.raises(BadRecord) as error:
        parse_record("press.example", "s1", record)
    assert error.value.code == code


@pytest.mark.parametrize(
    ("modulus", "exponent"),
    [(KEY.public_numbers().n, 1), (KEY.public_numbers().n, 2), (KEY.public_numbers().n, 2**65 + 1),
     (KEY.public_numbers().n - 1, 65537), (0, 3), (2**200 + 1, 3), (2**16_500 + 1, 3)],
    ids=["e=1", "e even", "e huge", "n even", "n zero", "n short", "n huge"],
)  # fmt: skip
def test_keys_under_which_anybody_or_nobody_could_sign_are_refused(modulus, exponent):
    data = der(0x30, integer(modulus) + integer(exponent))
    assert rsa_numbers(data) == (modulus, exponent)
    with pytest.raises(BadRecord) as error:
        parse_record("press.example", "s1", "p=" + base64.b64encode(data).decode())
    assert error.value.code == "keys-line-degenerate"


@pytest.mark.parametrize("sign_bit", [0, 0x80])
@pytest.mark.parametrize("point", sorted(_SMALL_ORDER))
def test_points_of_small_order_are_refused(point, sign_bit):
    point = point[:31] + bytes([point[31] | sign_bit])
    with pytest.raises(BadRecord) as error:
        parse_record("press.example", "s1", "k=ed25519; p=" + base64.b64encode(point).decode())
    assert error.value.code == "keys-line-degenerate"


def test_under_a_point_of_small_order_one_signature_fits_every_text():
    """Why they are refused: the library that verifies does not mind."""
    identity = b"\1" + bytes(31)
    for text in (b"one", b"another"):
        Ed25519PublicKey.from_public_bytes(identity).verify(identity + bytes(32), text)


@given(st.binary(max_size=60))
def test_any_bytes_are_numbers_or_refused(data):
    with suppress(BadRecord):
        modulus, exponent = rsa_numbers(data)
        assert modulus >= 0 <= exponent
