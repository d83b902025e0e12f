"""S/MIME: checked with the certificate it carries; vouched for by a root that the user added, at signing time."""

import base64
import shutil
import subprocess
import tarfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from smime_signer import FIELDS, INNER, MAIL, SERVER, chain, cms, identity, signed_mail

from crible.extract.mail.read import read
from crible.proof.enclosed import vouched
from crible.proof.enclosed.ber import BadEncoding, parse
from crible.proof.enclosed.cms import _moment
from crible.proof.enclosed.cms import read as read_cms
from crible.proof.enclosed.examine import examine
from crible.proof.enclosed.files import read_trust
from crible.proof.enclosed.trust import Trust


def found(message: bytes):
    return examine(message, read(message))


def opaque(made: bytes) -> bytes:
    head = b"Content-Type: application/pkcs7-mime; smime-type=signed-data\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return FIELDS + head + base64.encodebytes(made)


@pytest.fixture(scope="module")
def three():
    return chain()


@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_the_certificate_it_carries_says_who_and_when(kind):
    _root, middle, ana = chain(kind=kind)
    message = signed_mail(cms(ana, [middle]))
    (one,) = found(message)
    assert (one.kind, one.part, one.word, one.signer) == ("smime", "1", "pass", "ana@press.example")
    assert (one.issuer, one.valid_then) == ("Autorité d’essai, Essai", True)
    assert message[one.start : one.end] == INNER
    assert vouched(one, Trust()).source == ""


def test_line_ends_of_a_mailbox_change_nothing(three):
    _root, middle, ana = three
    (one,) = found(signed_mail(cms(ana, [middle])).replace(b"\r\n", b"\n"))
    assert one.word == "pass"


def test_one_figure_changed_is_altered_whoever_signed(three):
    root, middle, ana = three
    (one,) = found(signed_mail(cms(ana, [middle]), INNER.replace(b"1 500", b"1 900")))
    assert (one.word, one.signer) == ("altered", "ana@press.example")
    assert vouched(one, read_trust(root.pem, "racine.pem")).addresses == ()


def test_a_signature_exchanged_is_altered(three):
    _root, middle, ana = three
    (one,) = found(signed_mail(cms(ana, [middle], INNER + b"!")))
    assert one.word == "altered"


def test_enclosed_content_is_checked_too(three):
    _root, middle, ana = three
    made = cms(ana, [middle], detached=False)
    (one,) = found(opaque(made))
    assert (one.word, one.kind) == ("pass", "smime")
    (one,) = found(opaque(made.replace(b"1 500", b"1 900")))
    assert one.word == "altered"


def test_a_root_of_the_user_s_vouches_through_what_is_carried(three):
    root, middle, ana = three
    (one,) = found(signed_mail(cms(ana, [middle])))
    by_root = vouched(one, read_trust(root.pem, "racine.pem"))
    assert (by_root.addresses, by_root.source) == (("ana@press.example",), "racine.pem")
    assert vouched(one, read_trust(ana.pem, "ana.pem")).source == "ana.pem"
    assert vouched(one, read_trust(b"x\n" + identity("Racine d’essai", ca=True, kind="rsa").pem, "x")).addresses == ()


def refused(signer, carried, root):
    (one,) = found(signed_mail(cms(signer, carried)))
    return one.word, one.valid_then, vouched(one, read_trust(root.pem, "racine.pem")).addresses


def test_what_no_root_vouches_for():
    root, middle, ana = chain()
    assert refused(ana, [], root) == ("pass", True, ())  # the intermediate is not there
    expired = identity("Ana Castel", middle, address="ana@press.example", since=-300, until=-10)
    assert refused(expired, [middle], root) == ("pass", False, ())
    server = identity("Ana Castel", middle, address="ana@press.example", usage=SERVER)
    assert refused(server, [middle], root) == ("pass", True, ())
    no_ca = identity("Autorité d’essai", root, ca=False)
    assert refused(identity("Ana", no_ca, address="ana@press.example"), [no_ca], root) == ("pass", True, ())
    narrow = identity("Autorité d’essai", root, ca=True, constrained=True)
    assert refused(identity("Ana", narrow, address="ana@press.example"), [narrow], root) == ("pass", True, ())
    past = identity("Autorité d’essai", root, ca=True, since=-300, until=-10)
    assert refused(identity("Ana", past, address="ana@press.example"), [past], root) == ("pass", True, ())
    stranger = identity("Racine d’essai", ca=True, kind="rsa")
    assert refused(identity("Ana", stranger, address="ana@press.example"), [stranger], root) == ("pass", True, ())
    for_mail = identity("Ana Castel", middle, address="ana@press.example", usage=MAIL)
    assert refused(for_mail, [middle], root) == ("pass", True, ("ana@press.example",))


def test_altered_is_never_vouched_for(three):
    root, middle, ana = three
    (one,) = found(signed_mail(cms(ana, [middle])))
    for word in ("altered", "no-key", "unreadable"):
        assert vouched(replace(one, word=word), read_trust(root.pem, "racine.pem")).addresses == ()


@pytest.mark.parametrize(
    "made", [b"", b"0", b"\x30\x80", b"0" * 999, b"\x30\x80" * 500, b"\x24\x80" * 5000 + b"\0\0" * 5000]
)
def test_what_is_no_signature_is_unreadable(made):
    assert [one.word for one in found(signed_mail(made))] == ["unreadable"]


def test_a_part_that_only_looks_like_a_signature_is_none(three):
    _root, middle, ana = three
    message = signed_mail(cms(ana, [middle])).replace(b"multipart/signed", b"multipart/mixed")
    assert found(message) == ()
    assert found(FIELDS + b"\r\nHello") == ()


@given(st.binary(max_size=200))
def test_any_bytes_are_ber_or_none(data):
    try:
        for child in parse(data).children():
            assert child.after <= len(data)
            child.octets()
    except BadEncoding:
        pass


@given(st.integers(0, 3000), st.integers(0, 255))
def test_any_damage_is_read_or_refused(at, byte):
    _root, _middle, _ana = CHAIN
    made = bytearray(MADE)
    made[at % len(made)] = byte
    for one in found(signed_mail(bytes(made))):
        assert one.word in ("pass", "altered", "no-key", "unreadable")
        vouched(one, TRUST)


CHAIN = chain()
MADE = cms(CHAIN[2], [CHAIN[1]])
TRUST = read_trust(CHAIN[0].pem, "racine.pem")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl program as a second signer")
@pytest.mark.parametrize(
    "more", [[], ["-noattr"], ["-md", "sha1"], ["-stream"], ["-keyid"], ["-keyopt", "rsa_padding_mode:pss"]]
)
def test_openssl_s_signatures_are_read(tmp_path, more):
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    root = identity("Racine d’essai", ca=True, kind="rsa")
    ana = identity("Ana Castel", root, address="ana@press.example", kind="rsa")
    (tmp_path / "ana.pem").write_bytes(ana.pem)
    key = ana.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "key.pem").write_bytes(key)
    (tmp_path / "inner").write_bytes(INNER)
    for enclosed in ([], ["-nodetach"]):
        command = ["openssl", "cms", "-sign", "-binary", "-in", "inner", "-signer", "ana.pem", "-inkey", "key.pem"]
        made = subprocess.run([*command, "-outform", "DER", *enclosed, *more], cwd=tmp_path, capture_output=True)
        assert made.returncode == 0, made.stderr
        message = opaque(made.stdout) if enclosed else signed_mail(made.stdout)
        (one,) = found(message)
        assert (one.word, one.signer) == ("pass", "ana@press.example")
        if more != ["-noattr"]:  # without attributes no time is stated, and nothing can be judged by one
            assert vouched(one, read_trust(root.pem, "racine.pem")).addresses == ("ana@press.example",)


def test_other_cms_is_no_signature():
    assert read_cms(b"\x30\x03\x02\x01\x01") is None
    enveloped = bytes.fromhex("06092a864886f70d010703")
    assert read_cms(b"\x30" + bytes([len(enveloped)]) + enveloped) is None


@pytest.mark.corpora
def test_a_real_signature_of_thunderbird(corpora):
    with tarfile.open(corpora / "mail-tests.tar.xz") as archive:
        name = next(name for name in archive.getnames() if name.endswith("smime/thunderbird-signed.txt"))
        message = archive.extractfile(name).read()  # type: ignore[union-attr]
    (one,) = found(message)
    assert (one.kind, one.word, one.valid_then) == ("smime", "pass", True)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (b"500101000000Z", 1950),
        (b"490101000000Z", 2049),
        (b"20170101000000Z", 2017),
        (b"171301000000Z", None),
        (b"1701010000Z", None),
    ],
)
def test_times_are_of_the_century_that_x_509_says(text, year):
    seconds = _moment(parse(bytes([0x17, len(text)]) + text))
    assert (seconds and datetime.fromtimestamp(seconds, UTC).year) == year
