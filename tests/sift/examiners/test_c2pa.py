"""Content credentials: what the standard's own library says, behind the walls."""

import datetime
import io
import os

import c2pa
import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from PIL import Image

from crible.extract.credentials import MARK, holds
from crible.model.examined import Credentials
from crible.sandbox.pool import Done, Pool
from crible.sandbox.window import Window
from crible.sift.examiners import c2pa as examiner
from crible.sift.wire import Look, Looked
from crible.store.models import Evidence

UNTRUSTED = "signingCredential.untrusted"
SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


@pytest.fixture(scope="module")
def ask():
    """Examine bytes in a walled-in child; the credentials, or what went wrong."""
    with Pool("crible.sift.examiners.c2pa:handle", size=1) as pool:

        def run(path, mime="image/jpeg"):
            look = Look(7, 0, path.stat().st_size, mime)
            descriptor = os.open(path, os.O_RDONLY)
            pool.submit(7, msgspec.msgpack.encode((look,)), [descriptor])
            os.close(descriptor)
            (event,) = pool.events()
            if not isinstance(event, Done):
                return event
            looked = msgspec.msgpack.decode(event.payload, type=Looked)
            return looked.reason or msgspec.msgpack.decode(looked.facts, type=Credentials)

        yield run


def name(organisation, common):
    return x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation), x509.NameAttribute(NameOID.COMMON_NAME, common)]
    )


def certificate(subject, issuer, key, signing, *, root):
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key())
    uses = (False, False, False, False, False, True, True) if root else (True, *(False,) * 6)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.datetime(2024, 1, 1))
        .not_valid_after(datetime.datetime(2060, 1, 1))
        .add_extension(x509.BasicConstraints(root, None), True)
        .add_extension(x509.KeyUsage(*uses, False, False), True)
        .add_extension(identifier, False)
    )
    if not root:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), False)
    return builder.sign(signing, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@pytest.fixture(scope="module")
def signed(tmp_path_factory):
    """A picture signed by an invented device of an invented agency, under a root of its own."""
    root, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority, device = name("Autorité d’essai", "Racine"), name("Agence Horizon", "Appareil 7")
    chain = certificate(device, authority, key, root, root=False)
    chain += certificate(authority, authority, root, root, root=True)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    action = {"action": "c2pa.created", "digitalSourceType": SOURCE}
    claim = {
        "claim_generator_info": [{"name": "Appareil d’essai", "version": "1.0"}],
        "assertions": [{"label": "c2pa.actions", "data": {"actions": [action]}}],
    }
    plain, out = io.BytesIO(), io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(plain, "JPEG")
    with (
        c2pa.Signer.from_info(c2pa.C2paSignerInfo(b"es256", chain, secret, None)) as signer,
        c2pa.Builder(claim) as builder,
    ):
        builder.sign(signer, "image/jpeg", plain, out)
    path = tmp_path_factory.mktemp("credentials") / "signed.jpg"
    path.write_bytes(out.getvalue())
    return path


def test_a_sound_signature_names_its_signer_and_trusts_nobody(ask, signed):
    found = ask(signed)
    assert (found.word, found.faults) == ("untrusted", (UNTRUSTED,))
    assert (found.signer, found.issuer, found.generator) == ("Appareil 7", "Agence Horizon", "Appareil d’essai 1.0")
    assert (found.actions, found.source, found.seconds) == (("c2pa.created",), "trainedAlgorithmicMedia", None)
    assert ask(signed) == found


def test_a_child_forked_from_one_that_loaded_the_library_reads_them_too(signed):
    examiner.prepare()
    child = os.fork()
    if not child:
        with signed.open("rb") as file:
            window = Window.whole(file.fileno())
            found, _ = examiner.examine(window, Look(7, 0, window.length, "image/jpeg"))
        os._exit(found.word != "untrusted")
    assert os.waitpid(child, 0)[1] == 0


def test_one_changed_pixel_is_met(ask, signed, tmp_path):
    data = bytearray(signed.read_bytes())
    data[-20] ^= 1
    changed = tmp_path / "changed.jpg"
    changed.write_bytes(data)
    found = ask(changed)
    assert (found.word, found.signer) == ("invalid", "Appareil 7")
    assert "assertion.dataHash.mismatch" in found.faults


def test_credentials_that_are_torn_are_unreadable(ask, signed, tmp_path):
    torn = tmp_path / "torn.jpg"
    data = signed.read_bytes()
    at = data.index(b"jumd") + 30
    torn.write_bytes(data[:at] + b"\xff" * 200 + data[at + 200 :])
    assert ask(torn).word in {"unreadable", "invalid"}
    none = tmp_path / "none.jpg"
    Image.new("RGB", (16, 16)).save(none)
    assert ask(none) == Credentials("unreadable")


def test_a_sift_examines_before_it_weighs(signed, tmp_path, sifted):
    source = tmp_path / "source"
    source.mkdir()
    data = bytearray(signed.read_bytes())
    (source / "a.jpg").write_bytes(data)
    data[-20] ^= 1
    (source / "b.jpg").write_bytes(data)
    case = sifted(tmp_path / "case", source)
    with case.facts():
        rows = Evidence.objects.filter(check_id="image.credentials")
        said = set(rows.values_list("message", "says", "strength", "document__weighing__level"))
    assert said == {
        ("credentials-untrusted", "supports", "weak", "unattested"),
        ("credentials-model", "untestable", "none", "unattested"),
        ("credentials-changed", "questions", "moderate", "questioned"),
        ("credentials-model", "untestable", "none", "questioned"),
    }


CONTENT = {"XCA.jpg": "assertion.dataHash.mismatch", "E-sig-CA.jpg": "claimSignature.mismatch"}
IDENTITY = {
    "signature_mismatch": "cawg.ica.signature_mismatch",
    "signer_payload_mismatch": "cawg.ica.signer_payload.mismatch",
    "invalid_cose_sign1": "cawg.ica.invalid_cose_sign1",
    "invalid_cose_sign_alg": "cawg.ica.invalid_alg",
    "missing_cose_sign_alg": "cawg.ica.invalid_alg",
    "invalid_content_type": "cawg.ica.invalid_content_type",
    "invalid_content_type_assigned": "cawg.ica.invalid_content_type",
    "missing_content_type": "cawg.ica.invalid_content_type",
    "invalid_issuer_did": "cawg.ica.invalid_issuer",
    "unsupported_did_method": "cawg.ica.invalid_issuer",
    "invalid_time_stamp": "cawg.ica.time_stamp.invalid",
    "invalid_vc": "cawg.ica.invalid_verifiable_credential",
    "missing_vc": "cawg.ica.invalid_verifiable_credential",
    "valid_from_missing": "cawg.ica.valid_from.missing",
    "duplicate_assertion_reference": "cawg.identity.assertion.duplicate",
    "extra_assertion_claim_v1": "cawg.identity.assertion.mismatch",
    "invalid_sig_type": "cawg.identity.sig_type.unknown",
    "malformed_cbor": "assertion.required.missing",
    "no_hard_binding": "cawg.identity.hard_binding_missing",
    "pad1_invalid": "cawg.identity.pad.invalid",
    "pad2_invalid": "cawg.identity.pad.invalid",
}
NOT_ASKED = {
    "unresolvable_did", "did_doc_without_assertion_method",  # would need the network
    "valid_from_in_future", "valid_from_after_time_stamp", "valid_until_in_past",  # hang on today's clock
}  # fmt: skip


@pytest.mark.corpora
def test_the_names_of_real_samples_are_reproduced(ask, unpack, tmp_path):
    """What was broken on purpose is named by its own code; nothing else has any fault but that nobody is trusted."""
    asked = 0
    for path in sorted((unpack("images", tmp_path) / "images-c2pa").rglob("*.jpg")):
        with path.open("rb") as file:
            if not holds(Window.whole(file.fileno()), MARK):
                continue
        asked += 1
        found = ask(path)
        assert isinstance(found, Credentials), (path.name, found)
        content = {CONTENT[path.name]} if path.name in CONTENT else set()
        assert set(found.faults) - {UNTRUSTED} == content, path.name
        assert found.word == ("invalid" if content else "untrusted"), path.name
        broken = IDENTITY.get(path.stem)
        assert broken is None or broken in found.identity, path.name
        if broken is None:
            assert set(found.identity) <= {"cawg.x509.credential.untrusted"}, path.name
        assert ("claimSignature.mismatch" in found.ingredients) is (path.name == "CIE-sig-CA.jpg")
    assert asked == 44
    assert {path.stem for path in tmp_path.rglob("*.jpg")} >= set(IDENTITY) | NOT_ASKED
