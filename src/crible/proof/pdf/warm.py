"""Runs the examination once on a signed and updated page, so that nothing is left to import, open or load later."""

import io
import tempfile
from datetime import UTC, datetime
from typing import Any

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from crible.proof.pdf.examine import examine
from crible.sandbox.window import Window

LONG_AGO, FAR_AHEAD = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)

# Not the readers' own sample: their module loads every reader, 0.1 s of each start.
_OBJECTS = (
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
    b"<</Length 37>>stream\nBT /F 12 Tf 20 100 Td (Bonjour) Tj ET\nendstream ",
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
)


def warm_up() -> None:
    """Examine a sample as any document; raises where a library does not work here."""
    with tempfile.TemporaryFile() as file:
        file.write(_sample())
        file.flush()
        found = examine(Window.whole(file.fileno()))
    if [one.word for one in found.signatures] != ["pass", "pass"]:
        raise RuntimeError("pyHanko does not verify what it signed")


def _sample() -> bytes:
    """A page, signed twice by a key made for it."""
    signer = _signer()
    data = _page()
    for name in ("One", "Two"):
        writer = IncrementalPdfFileWriter(io.BytesIO(data), strict=False)
        data = signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name=name), signer=signer).getvalue()
    return data


def _page() -> bytes:
    """A page of one word, with the cross-reference table that pyHanko asks for."""
    lines, offsets = b"%PDF-1.4\n", []
    for number, entry in enumerate(_OBJECTS, 1):
        offsets.append(len(lines))
        lines += b"%d 0 obj%sendobj\n" % (number, entry)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer<</Root 1 0 R/Size 6>>\n"
    return lines + end + b"startxref\n%d\n%%%%EOF\n" % len(lines)


def _signer() -> signers.SimpleSigner:
    store: Any = SimpleCertificateStore
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Sample")])
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, LONG_AGO, FAR_AHEAD).sign(key, hashes.SHA256())
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(made.public_bytes(serialization.Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=store(),
    )
