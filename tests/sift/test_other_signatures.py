"""ARC, S/MIME and OpenPGP through the whole pipeline: nothing without keys of somebody's, a part with them."""

import base64
from pathlib import Path

import pytest
from arc_sealer import add_set
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from leak_maker import mbox
from pgp_signer import Pgp, armour, ed, packet
from smime_signer import INNER, chain, cms, signed_mail

from crible.model.errors import InputError
from crible.proof.keyring import KeyRing
from crible.sift import keys
from crible.sift.one import weigh_files
from crible.sift.run import sift
from crible.sift.watch import Options, Watch
from crible.store.case import Case
from crible.store.models import Evidence, Signature, Weighing

SAID = (
    b"Authentication-Results: mx.desk.example; dkim=pass header.d=press.example\r\n"
    b"From: Ana Castel <ana@press.example>\r\nTo: bo@desk.example\r\nSubject: Estimate\r\n"
    b"Date: Thu, 20 Apr 2017 09:30:00 +0200\r\nMessage-ID: <7@press.example>\r\n\r\nThe hall costs 1 500 euros.\r\n"
)


@pytest.fixture(scope="module")
def sealer() -> tuple[bytes, str]:
    key = rsa.generate_private_key(65537, 1024)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return private, f"arc1._domainkey.relay.example TXT v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}\n"


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory, sealer: tuple[bytes, str]) -> tuple[Path, list[Path]]:
    """A box of three mails, and the files that settle them."""
    folder = tmp_path_factory.mktemp("given")
    root, middle, ana = chain()
    owner: Pgp = ed()
    made = armour("SIGNATURE", packet(2, owner.sign(INNER, 0))).replace(b"\n", b"\r\n")
    by_pgp = signed_mail(b"", kind="application/pgp-signature").replace(b"Content-Transfer-Encoding: base64\r\n", b"")
    mails = [
        add_set(SAID, sealer[0]),
        signed_mail(cms(ana, [middle])).replace(b"Subject: ", b"Message-ID: <8@press.example>\r\nSubject: "),
        by_pgp.replace(b"name=s.p7s\r\n\r\n", b"name=s.asc\r\n\r\n" + made),
    ]
    files = {"arc.txt": sealer[1].encode(), "racine.pem": root.pem, "ana.asc": owner.public()}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    box = mbox(folder / "box.mbox", [mail.replace(b"\r\n", b"\n") for mail in mails])
    return box, [folder / name for name in files]


def answers(case: Case) -> dict[str, str]:
    """By the place of the mail in the box: its level, and what our checks said."""
    ours = {"mail.arc", "mail.smime", "mail.pgp"}
    with case.facts():
        levels = dict(Weighing.objects.values_list("document__path", "level"))
        rows = Evidence.objects.filter(check_id__in=ours).values_list("document__path", "message")
        return {path[-6:]: f"{levels[path]} {message}" for path, message in rows}


def test_keys_that_come_later_settle_what_was_read_without_them(given, sifted, tmp_path) -> None:
    box, files = given
    case = sifted(tmp_path / "case", box)
    assert answers(case) == {
        "000000": "unattested arc-no-key",
        "000001": "unattested smime-carried",
        "000002": "unattested pgp-no-key",
    }
    for path in files:
        keys.keep(case, path)
    sift(case, [], Options(jobs=1), Watch())
    later = answers(case)
    assert later == {
        "000000": "partly-proven arc-pass",
        "000001": "partly-proven smime-pass",
        "000002": "partly-proven pgp-pass",
    }
    with case.facts():
        assert sorted(Signature.objects.values_list("scheme", "index", "word")) == [
            ("arc-message", 1, "pass"),
            ("arc-seal", 1, "pass"),
        ]
    assert answers(sifted(tmp_path / "once", box, key_files=tuple(files))) == later


def test_one_mail_without_a_case_is_told_the_same(given, tmp_path) -> None:
    box, files = given
    ring = KeyRing.default()
    for path in files:
        ring = ring.with_file(path)
    for number, message in enumerate(box.read_bytes().split(b"From mboxrd@z Thu Jan  1 00:00:00 1970\n")[1:]):
        (tmp_path / f"{number}.eml").write_bytes(message)
    found = list(weigh_files(sorted(tmp_path.glob("*.eml")), ring, unsafe=True))
    assert [answer.grade.level for answer in found if answer.grade] == ["partly-proven"] * 3


def test_one_figure_changed_vouches_for_nothing(given, sifted, tmp_path) -> None:
    box, files = given
    altered = tmp_path / "altered.mbox"
    altered.write_bytes(box.read_bytes().replace(b"1 500", b"1 900"))
    assert answers(sifted(tmp_path / "case", altered, key_files=tuple(files))) == {
        "000000": "unattested arc-broken",
        "000001": "unattested smime-altered",
        "000002": "unattested pgp-altered",
    }


def test_a_file_without_a_public_key_is_refused(tmp_path) -> None:
    private = tmp_path / "key.asc"
    private.write_bytes(b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----\n")
    with pytest.raises(InputError, match="keys-file-empty"):
        KeyRing.default().with_file(private)
