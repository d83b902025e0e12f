"""OpenPGP signatures, over a part and in the clear: told apart without a key, settled by one of the user's."""

import os
import shutil
import subprocess
import tarfile

import pytest
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa
from hypothesis import given
from hypothesis import strategies as st
from pgp_signer import MADE, SIGNED, Pgp, armour, ed, packet, sub
from smime_signer import FIELDS, INNER, signed_mail

from crible.extract.mail.read import read
from crible.proof.enclosed import Trust, vouched
from crible.proof.enclosed.cleartext import cleartexts
from crible.proof.enclosed.examine import examine
from crible.proof.enclosed.files import read_trust
from crible.proof.enclosed.packets import BadPacket, packets, signature

TEXT = "Bonjour Bo,\n\n- la salle coûte 1 500 €  \n-- \nAna\n"


def found(message: bytes):
    return examine(message, read(message))


def around(body: bytes) -> bytes:
    """A multipart/signed mail around a signature packet's body."""
    made = armour("SIGNATURE", packet(2, body)).replace(b"\n", b"\r\n")
    kind = b"application/pgp-signature"
    return (
        signed_mail(b"", kind=kind.decode())
        .replace(b"Content-Transfer-Encoding: base64\r\n", b"")
        .replace(b"name=s.p7s\r\n\r\n", b"name=s.asc\r\n\r\n" + made)
    )


def clear(key: Pgp, text: str = TEXT, hash_name: str = "sha256") -> bytes:
    """A text signed in the clear, as RFC 9580 §7 tells."""
    lines = text.removesuffix("\n").split("\n")
    signed = "\r\n".join(line.rstrip(" \t") for line in lines).encode()
    shown = "\n".join("- " + line if line.startswith("-") else line for line in lines)
    made = armour("SIGNATURE", packet(2, key.sign(signed, 1, hash_name))).decode()
    return f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{shown}\n{made}".encode()


def mail(body: bytes, encoding: str = "8bit") -> bytes:
    head = f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode()
    return FIELDS + head + body


KINDS = {
    "rsa": lambda: Pgp(rsa.generate_private_key(65537, 2048)),
    "dsa": lambda: Pgp(dsa.generate_private_key(1024)),
    "ecdsa": lambda: Pgp(ec.generate_private_key(ec.SECP256R1())),
    "eddsa": ed,
    "ed25519": lambda: Pgp(ed25519.Ed25519PrivateKey.generate(), legacy=False),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_of_the_user_s_settles_a_part_s_signature(kind):
    key = KINDS[kind]()
    message = around(key.sign(INNER, 0))
    (one,) = found(message)
    assert (one.kind, one.part, one.word, one.seconds) == ("pgp-mime", "1", "no-key", SIGNED)
    assert (one.key, message[one.start : one.end]) == (key.fingerprint.hex(), INNER)
    by_key = vouched(one, read_trust(key.public(), "ana.asc"))
    assert (by_key.enclosed.word, by_key.addresses, by_key.source) == ("pass", ("ana@press.example",), "ana.asc")
    assert by_key.root == key.fingerprint.hex()
    assert vouched(one, read_trust(KINDS[kind]().public(), "x")).enclosed.word == "no-key"
    assert vouched(one, Trust()).enclosed.word == "no-key"


def test_version_3_and_text_signatures():
    key = KINDS["rsa"]()
    for body in (key.sign_3(INNER), key.sign(INNER, 1, "sha512")):
        (one,) = found(around(body))
        assert vouched(one, read_trust(key.public(), "x")).enclosed.word == "pass"


def test_without_any_key_an_altered_part_shows():
    key = ed()
    (one,) = found(around(key.sign(INNER, 0)).replace(b"1 500", b"1 900"))
    assert one.word == "altered"
    assert vouched(one, read_trust(key.public(), "x")).addresses == ()


@pytest.mark.parametrize("encoding", ["8bit", "quoted-printable", "base64"])
def test_a_text_signed_in_the_clear(encoding):
    import base64
    import quopri

    key = ed()
    text = b"Before.\n\n" + clear(key) + b"\n_______\nthe list's footer\n"
    body = {"8bit": text, "quoted-printable": quopri.encodestring(text), "base64": base64.encodebytes(text)}[encoding]
    message = mail(body, encoding).replace(b"\n", b"\r\n").replace(b"\r\r", b"\r")
    (one,) = found(message)
    assert (one.kind, one.part, one.word) == ("pgp-inline", "1", "no-key")
    assert vouched(one, read_trust(key.public(), "x")).enclosed.word == "pass"
    if encoding == "8bit":
        shown = message[one.start : one.end].decode()
        assert shown.startswith("Bonjour")
        assert "footer" not in shown
    (one,) = found(mail(text.replace(b"1 500", b"1 900")))
    assert one.word == "altered"


def test_two_blocks_and_one_left_open():
    key = ed()
    words = [one.word for one in found(mail(clear(key) + b"\n" + clear(key, "Deux\n") + b"\n" + clear(key)[:200]))]
    assert words == ["no-key", "no-key"]


def test_only_a_subkey_bound_both_ways_signs_for_its_key():
    key, subkey = ed(), ed()
    (one,) = found(around(subkey.sign(INNER, 0)))

    def word(*more: bytes) -> str:
        return vouched(one, read_trust(key.public(key.certified(), *more), "x")).enclosed.word

    assert word(key.bound(subkey)) == "pass"
    assert word(key.bound(subkey, back=False)) == "no-key"
    assert word(key.bound(subkey, flags=0x0C)) == "no-key"
    assert word(ed().bound(subkey)) == "no-key"
    revoked = packet(2, key.sign(key.framed + subkey.framed, 0x28, seconds=SIGNED + 9))
    assert word(key.bound(subkey), revoked) == "no-key"


def test_addresses_count_under_the_key_s_own_signature_only():
    key = ed()
    (one,) = found(around(key.sign(INNER, 0)))
    glued = key.certified("Victim <v@desk.example>", by=ed())
    name = b"Ana <old@press.example>"
    taken_back = packet(2, key.sign(key.framed + b"\xb4" + len(name).to_bytes(4, "big") + name, 0x30))
    parts = (key.certified(), glued, key.certified(name.decode()), taken_back, key.certified("bare@press.example"))
    by_key = vouched(one, read_trust(key.public(*parts), "x"))
    assert by_key.addresses == ("ana@press.example", "bare@press.example")
    assert vouched(one, read_trust(key.public(glued), "x")).addresses == ()


def test_a_key_signs_in_its_own_time_and_not_once_taken_back():
    key = ed()

    def word(public: bytes, seconds: int = SIGNED) -> str:
        (one,) = found(around(key.sign(INNER, 0, seconds=seconds)))
        return vouched(one, read_trust(public, "x")).enclosed.word

    until = key.public(key.certified(more=sub(9, (SIGNED + 1 - MADE).to_bytes(4, "big"))))
    assert word(until) == "pass"
    assert word(until, SIGNED + 1) == "no-key"
    assert word(key.public(), MADE - 1) == "no-key"
    assert word(key.public(packet(2, key.sign(key.framed, 0x20)), key.certified())) == "no-key"


def test_a_critical_note_that_nobody_knows_voids_the_signature():
    key = ed()
    assert [one.word for one in found(around(key.sign(INNER, 0, more=sub(99, b"x", critical=True))))] == ["unreadable"]
    assert [one.word for one in found(around(key.sign(INNER, 0, more=sub(99, b"x"))))] == ["no-key"]
    assert [one.word for one in found(around(key.sign(INNER, 0x13)))] == ["unreadable"]
    assert [one.word for one in found(around(b"\x06" + key.sign(INNER, 0)[1:]))] == ["unreadable"]


@given(st.binary(max_size=300))
def test_any_bytes_are_packets_or_none(data):
    try:
        for one in packets(data):
            signature(one.body)
    except BadPacket:
        pass
    read_trust(armour("PUBLIC KEY BLOCK", data), "x")


KEY = ed()
BODY, PUBLIC = KEY.sign(INNER, 0), packet(6, KEY.body) + KEY.certified()


@given(st.integers(0, 400), st.integers(0, 255))
def test_any_damage_is_read_or_refused(at, byte):
    body, public = bytearray(BODY), bytearray(PUBLIC)
    body[at % len(body)], public[at % len(public)] = byte, byte
    trust = read_trust(armour("PUBLIC KEY BLOCK", bytes(public)), "x")
    for one in found(around(bytes(body))):
        assert vouched(one, trust).enclosed.word in ("pass", "altered", "no-key", "unreadable")


@given(st.text(st.sampled_from("-a \t\r\nPGP€"), max_size=80))
def test_what_is_signed_in_the_clear_is_found_again(text):
    (one,) = cleartexts(clear(KEY, text.replace("\r", "") + "\n"))
    lines = text.replace("\r", "").split("\n")
    assert one.signed.decode() == "\r\n".join(line.rstrip(" \t") for line in lines)


def gpg(folder, *arguments: str, data: bytes = b"") -> bytes:
    home = {"GNUPGHOME": str(folder), "PATH": os.environ["PATH"]}
    command = ["gpg", "--batch", "--pinentry-mode", "loopback", "--passphrase", "", "--quiet", *arguments]
    return subprocess.run(command, input=data, capture_output=True, check=True, env=home).stdout


@pytest.mark.skipif(shutil.which("gpg") is None, reason="needs the gpg program as a second signer")
@pytest.mark.parametrize("algorithm", ["ed25519", "rsa2048"])
def test_what_gpg_signs_is_read_and_what_we_sign_gpg_verifies(tmp_path, algorithm):
    home = tmp_path / "g"
    home.mkdir(mode=0o700)
    gpg(home, "--quick-generate-key", "Ana Castel <ana@press.example>", algorithm, "sign", "never")
    trust = read_trust(gpg(home, "--armor", "--export"), "ana.asc")
    made = gpg(home, "--detach-sign", data=INNER)
    (one,) = found(around(next(packets(made)).body))
    assert vouched(one, trust).addresses == ("ana@press.example",)
    (one,) = found(mail(gpg(home, "--clearsign", data=TEXT.encode())))
    assert vouched(one, trust).enclosed.word == "pass"
    (tmp_path / "clear").write_bytes(clear(KEY))
    gpg(home, "--import", data=KEY.public())
    gpg(home, "--verify", str(tmp_path / "clear"))
    subprocess.run(["gpgconf", "--kill", "all"], env={"GNUPGHOME": str(home), "PATH": os.environ["PATH"]}, check=False)


@pytest.mark.corpora
def test_a_real_announcement_of_gnupg_is_as_it_was_signed(corpora):
    with tarfile.open(corpora / "mail-tests.tar.xz") as archive:
        name = next(name for name in archive.getnames() if "[Announce] GnuPG" in name)
        message = archive.extractfile(name).read()  # type: ignore[union-attr]
    assert [(one.kind, one.word) for one in found(message)] == [("pgp-mime", "no-key")]
