"""Time stamps from outside: what is kept is over a line of this log, signed, and said for no more than it is."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

from crible.model.errors import InputError
from crible.review import audit, marks, stamps
from crible.review.models import Stamp, User

CASE, DOC = "11111111-1111-4111-8111-111111111111", "a" * 64
AT = datetime(2026, 5, 5, 18, 30, tzinfo=UTC)
People = dict[str, User]


def authority(usage: x509.ObjectIdentifier = ExtendedKeyUsageOID.TIME_STAMPING) -> DummyTimeStamper:
    """An authority of our own, for one test."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Horloge d'essai")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(AT - timedelta(days=1))
        .not_valid_after(AT + timedelta(days=1))
        .add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
        .sign(key, hashes.SHA256())
    )
    form = (serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return DummyTimeStamper(
        asn1.Certificate.load(made.public_bytes(serialization.Encoding.DER)),
        keys.PrivateKeyInfo.load(key.private_bytes(*form)),
        fixed_dt=AT,
    )


@pytest.fixture(scope="module")
def clock() -> DummyTimeStamper:
    return authority()


def answer(clock: DummyTimeStamper, imprint: str) -> bytes:
    """What an authority answers to `openssl ts -query -digest IMPRINT`."""
    request = tsp.TimeStampReq(
        {
            "version": 1,
            "message_imprint": {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": bytes.fromhex(imprint)},
            "cert_req": True,
        }
    )
    return bytes(clock.request_tsa_response(request).dump())


def test_a_token_over_the_head_is_kept_and_logged(people: People, clock: DummyTimeStamper) -> None:
    line = marks.set_state(people["ines"], CASE, DOC, "cleared")
    assert line
    told = answer(clock, audit.head(CASE).hash)
    marks.set_state(people["ines"], CASE, DOC, "relevant")
    kept = stamps.keep_token(people["ines"], CASE, told)
    assert (kept.number, kept.hash) == (line.number, line.hash), "the log may have gone on since the query"
    assert kept.facts["time"] == "2026-05-05T18:30:00+00:00"
    assert "Horloge d'essai" in kept.facts["authority"]
    assert audit.check_case(CASE).entries == 3
    alone = stamps.read_token(bytes(kept.token))
    assert alone.imprint == line.hash, "the token without its answer is read as well"


def test_what_the_imprint_is_over_can_be_recomputed(people: People, clock: DummyTimeStamper) -> None:
    line = marks.set_state(people["ines"], CASE, DOC, "cleared")
    assert line
    token = stamps.read_token(answer(clock, line.hash))
    assert hashlib.sha256(audit.canonical(line).encode()).hexdigest() == token.imprint


def test_a_token_over_something_else_is_refused(people: People, clock: DummyTimeStamper) -> None:
    line = marks.set_state(people["ines"], CASE, DOC, "cleared")
    assert line
    for imprint in ("ab" * 32, hashlib.sha256(line.hash.encode()).hexdigest()):
        with pytest.raises(InputError, match="stamp-other"):
            stamps.keep_token(people["ines"], CASE, answer(clock, imprint))
    with pytest.raises(InputError, match="stamp-other"):
        stamps.keep_token(people["ines"], "other", answer(clock, line.hash))
    assert Stamp.objects.count() == 0


def test_a_token_changed_anywhere_is_refused(clock: DummyTimeStamper) -> None:
    told = answer(clock, "ab" * 32)
    time = told.index(b"20260505183000Z")
    for place in (time + 9, len(told) - 5, told.index(bytes.fromhex("ab" * 32))):
        changed = bytearray(told)
        changed[place] ^= 1
        with pytest.raises(InputError, match=r"stamp-(signature|form)"):
            stamps.read_token(bytes(changed))


def test_a_certificate_for_something_else_makes_no_stamp() -> None:
    with pytest.raises(InputError, match="stamp-signature"):
        stamps.read_token(answer(authority(ExtendedKeyUsageOID.SERVER_AUTH), "ab" * 32))


@pytest.mark.parametrize("untrusted", [b"", b"x", b"0\x80" * 900, b"\x30\x82\xff\xff", b"0" * 60_001, bytes(5_000)])
def test_what_is_no_token_is_a_sentence(untrusted: bytes) -> None:
    with pytest.raises(InputError, match=r"stamp-(form|size)"):
        stamps.read_token(untrusted)


def test_a_deposit_is_stated_of_the_head_as_it_stood(people: People) -> None:
    line = marks.set_state(people["ines"], CASE, DOC, "cleared")
    assert line
    said = stamps.say_deposited(people["ines"], CASE, "chez Me Durand,\nnotaire")
    assert (said.number, said.hash, said.said) == (1, line.hash, "chez Me Durand, notaire")
    with pytest.raises(InputError, match="stamp-where"):
        stamps.say_deposited(people["ines"], CASE, "?")
