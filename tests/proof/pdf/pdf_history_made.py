"""PDFs with a history, made by code: pages, updates, signatures by throw-away keys, and what an attacker lays ready."""

import io
import zlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.stamp import TextStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

LINES = ("Devis no 17", "Total a payer 58214 EUR", "Sous reserve de votre accord")
CLOCK = "Horloge"
"""Subject of the time stamps: pyHanko's own stamper signs by RSA only."""
WHEN = datetime(2017, 3, 14, 9, 0, tzinfo=UTC)


def content(lines: Sequence[str], extra: bytes = b"") -> bytes:
    """A content stream: one line of text below the other, then whatever is painted over them."""
    text = b"".join(
        b"BT /F 14 Tf 60 %d Td (%s) Tj ET\n" % (700 - 40 * n, line.encode()) for n, line in enumerate(lines)
    )
    return text + extra


def paper(*pages: Sequence[str], extra: bytes = b"", objects: Sequence[bytes] = ()) -> bytes:
    """A PDF of these pages, in one state; `objects` follow as 10, 11 … and page one may name `/Im 10 0 R`."""
    pages = pages or (LINES,)
    kids = b" ".join(b"%d 0 R" % (20 + 2 * n) for n in range(len(pages)))
    body: dict[int, bytes] = {
        1: b"<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R>>",
        2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        4: b"<</Fields[]/DA(/F 12 Tf 0 g)/DR<</Font<</F 3 0 R>>>>>>",
    }
    body |= {10 + n: one for n, one in enumerate(objects)}
    images = b"/XObject<</Im 10 0 R>>" if objects else b""
    for n, lines in enumerate(pages):
        stream = content(lines, extra if n == 0 else b"")
        body[20 + 2 * n] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>%s>>>>"
        ) % (21 + 2 * n, images)
        body[21 + 2 * n] = b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream)
    return written(body)


def written(body: dict[int, bytes]) -> bytes:
    """A file of these objects, with its table."""
    data, offsets = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", {}
    for number, value in sorted(body.items()):
        offsets[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, value)
    table = b"".join(b"%d 1\n%010d 00000 n \n" % (number, at) for number, at in offsets.items())
    trailer = b"<</Root 1 0 R/Size %d/ID[<%s><%s>]>>" % (max(body) + 1, b"0f1e2d3c4b5a69788796a5b4c3d2e1f0", b"11" * 16)
    xref = b"xref\n0 1\n0000000000 65535 f \n" + table
    return data + xref + b"trailer\n" + trailer + b"\nstartxref\n%d\n%%%%EOF\n" % len(data)


def picture(width: int = 8, height: int = 8, level: int = 255) -> bytes:
    """An opaque grey picture, as an object."""
    data = zlib.compress(bytes([level]) * (width * height))
    head = (
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode"
    )
    return (head + b"/Length %d>>stream\n%s\nendstream") % (width, height, len(data), data)


OVER_TOTAL = b"q 400 0 0 30 50 652 cm /Im Do Q\n"
"""Paints picture Im over the second line."""


def updated(data: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """One more state."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data), strict=False)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def rewritten(data: bytes, lines: Sequence[str], page: int = 0, extra: bytes = b"") -> bytes:
    """A page with other words."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        stream = writer.get_object(generic.Reference(21 + 2 * page, 0, writer))
        stream._data = content(lines, extra)
        stream._encoded_data = None
        writer.mark_update(generic.Reference(21 + 2 * page, 0, writer))

    return updated(data, change)


def page_of(writer: Any, number: int = 0) -> Any:
    """A page's dictionary, about to be changed."""
    found = writer.root["/Pages"]["/Kids"].raw_get(number)
    writer.mark_update(found.reference)
    return found.get_object()


def annotated(data: bytes, subtype: str, box: Sequence[int], paint: bytes, **entries: Any) -> bytes:
    """An annotation with an appearance of its own added to page one."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        looks = appearance(writer, box, paint)
        note = {"/Type": pdf_name("/Annot"), "/Subtype": pdf_name(subtype), "/F": generic.NumberObject(4)}
        note |= {"/Rect": rectangle(box), "/AP": generic.DictionaryObject({pdf_name("/N"): looks}), **entries}
        added = writer.add_object(generic.DictionaryObject({pdf_name(key): value for key, value in note.items()}))
        page = page_of(writer)
        page.setdefault(pdf_name("/Annots"), generic.ArrayObject()).append(added)

    return updated(data, change)


def appearance(writer: Any, box: Sequence[int], paint: bytes) -> Any:
    """A form XObject as large as a box."""
    size = rectangle((0, 0, box[2] - box[0], box[3] - box[1]))
    fonts = generic.DictionaryObject({pdf_name("/F"): generic.IndirectObject(3, 0, writer)})
    entries = {
        pdf_name("/Type"): pdf_name("/XObject"),
        pdf_name("/Subtype"): pdf_name("/Form"),
        pdf_name("/BBox"): size,
        pdf_name("/Resources"): generic.DictionaryObject({pdf_name("/Font"): fonts}),
    }
    return writer.add_object(generic.StreamObject(entries, stream_data=paint))


def rectangle(box: Sequence[int]) -> Any:
    """A rectangle object."""
    return generic.ArrayObject(generic.NumberObject(number) for number in box)


def with_field(data: bytes, name: str, value: str, box: Sequence[int], background: bytes = b"1 g") -> bytes:
    """A text field on page one that shows its value on an opaque ground."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        entries = {
            "/Type": pdf_name("/Annot"), "/Subtype": pdf_name("/Widget"), "/FT": pdf_name("/Tx"),
            "/T": pdf_string(name), "/V": pdf_string(value), "/Rect": rectangle(box), "/F": generic.NumberObject(4),
            "/DA": pdf_string("/F 12 Tf 0 g"),
            "/AP": generic.DictionaryObject({pdf_name("/N"): appearance(writer, box, shown(value, box, background))}),
        }  # fmt: skip
        added = writer.add_object(generic.DictionaryObject({pdf_name(key): one for key, one in entries.items()}))
        page_of(writer).setdefault(pdf_name("/Annots"), generic.ArrayObject()).append(added)
        form = writer.root["/AcroForm"]
        form["/Fields"].append(added)
        writer.mark_update(writer.root.raw_get("/AcroForm").reference)

    return updated(data, change)


def filled(data: bytes, value: str, number: int = -1) -> bytes:
    """A field of the form with another value, drawn anew as a program that fills forms does."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        reference = writer.root["/AcroForm"]["/Fields"].raw_get(number)
        field = reference.get_object()
        box = [int(one) for one in field["/Rect"]]
        field[pdf_name("/V")] = pdf_string(value)
        looks = appearance(writer, box, shown(value, box, b"1 g"))
        field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): looks})
        writer.mark_update(reference.reference)

    return updated(data, change)


def shown(value: str, box: Sequence[int], background: bytes) -> bytes:
    """What a text field paints."""
    ground = b"%s 0 0 %d %d re f" % (background, box[2] - box[0], box[3] - box[1])
    return ground + b" /Tx BMC BT 0 g /F 12 Tf 4 8 Td (%s) Tj ET EMC" % value.encode()


def without_field(data: bytes, number: int = -1) -> bytes:
    """A field of page one taken away, as the attack "hide" does."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = page_of(writer)
        page["/Annots"].pop(number)

    return updated(data, change)


@cache
def signer(name: str = "Claire Morel") -> signers.SimpleSigner:
    """A key and a certificate that it signs itself."""
    certificate, private = _made(name)
    return signers.SimpleSigner(certificate, private, SimpleCertificateStore())


@cache
def _made(name: str) -> tuple[asn1_x509.Certificate, keys.PrivateKeyInfo]:
    key: Any = ec.generate_private_key(ec.SECP256R1()) if name != CLOCK else rsa.generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begins, ends = datetime(2010, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number(), begins, ends)
    builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    made = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, plain)
    return asn1_x509.Certificate.load(made), keys.PrivateKeyInfo.load(private)


def signed(
    data: bytes,
    field: str = "Signature1",
    *,
    stamp: bool = False,
    box: Sequence[int] = (),
    style: Any = None,
    **meta: Any,
) -> bytes:
    """Signed by `signer`, in a field of its own; with `box`, one that shows something there."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data), strict=False)
    spec = fields.SigFieldSpec(field, box=tuple(box) or None)
    about = signers.PdfSignatureMetadata(field_name=field, **meta)
    stamper = DummyTimeStamper(*_made(CLOCK), fixed_dt=WHEN) if stamp else None
    pen = signers.PdfSigner(about, signer(), timestamper=stamper, new_field_spec=spec, stamp_style=style)
    return pen.sign_pdf(writer).getvalue()


def opaque_seal() -> TextStampStyle:
    """The picture of a signature, on a ground that lets nothing through."""
    ground = RawContent(b"1 1 0 rg -200 -200 900 900 re f", box=BoxConstraints(width=400, height=35))
    return TextStampStyle(stamp_text="vu", background=ground, background_opacity=1)


def stamped(data: bytes) -> bytes:
    """A document time stamp added."""
    stamper = signers.PdfTimeStamper(DummyTimeStamper(*_made(CLOCK), fixed_dt=WHEN), field_name="Stamp")
    out = stamper.timestamp_pdf(IncrementalPdfFileWriter(io.BytesIO(data), strict=False), "sha256")
    return out.getvalue()


def proved(data: bytes) -> bytes:
    """Proofs of validity added (PAdES-LT), as long-term archives do."""
    out = io.BytesIO(data)
    DocumentSecurityStore.add_dss(out, None, certs=[_made("Claire Morel")[0]], force_write=True)
    return out.getvalue()
