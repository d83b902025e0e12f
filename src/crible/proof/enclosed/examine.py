"""Finds what is signed inside a mail, and checks it as far as that goes without anybody's key (RFC 8551, RFC 3156)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import islice

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from crible.extract.mail.decoding import payload
from crible.extract.mail.quoting import unquote
from crible.model.facts import Enclosed, MailFacts, Part, Reading
from crible.proof.enclosed import cms
from crible.proof.enclosed.cleartext import BEGIN, cleartexts
from crible.proof.enclosed.packets import SIGNATURE, BadPacket, armoured, packets, signature

MOST = 10
"""Signatures looked at in one mail."""
MATERIAL = 64 << 10
DETACHED = {
    "application/pkcs7-signature": "smime",
    "application/x-pkcs7-signature": "smime",
    "application/pgp-signature": "pgp-mime",
}
OPAQUE = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_TYPES = OPAQUE | DETACHED.keys()


def examine(data: bytes, reading: Reading) -> tuple[Enclosed, ...]:
    """Signatures over parts and texts of the mail `data`, in document order. Never raises.

    S/MIME is checked with the certificate that it carries; whether anybody vouches for that, and every OpenPGP key, is
    left to `trust`. Costs next to nothing in a mail that has none.
    """
    mail = reading.mail
    if mail is None:
        return ()
    inline = BEGIN in reading.text
    if not inline and _TYPES.isdisjoint(part.mime for part in mail.parts):
        return ()
    return tuple(islice(_found(data, mail, inline=inline), MOST))


def _found(data: bytes, mail: MailFacts, *, inline: bool) -> Iterator[Enclosed]:
    how = mail.unquoting
    by_number = {part.number: part for part in mail.parts}
    for part in mail.parts:
        kind = DETACHED.get(part.mime)
        content = by_number.get(f"{_parent(part)}1") if part.number.rpartition(".")[2] == "2" else None
        if kind and content and by_number[_parent(part).rstrip(".")].mime == "multipart/signed":
            yield from _detached(data, mail, kind, content, part)
        elif part.number and part.mime in OPAQUE:
            yield from _smime(payload(data, part, how)[0], None, part, part.body_start, part.body_end, mail)
        elif inline and part.inline_text and part.mime == "text/plain":
            yield from _inline(data, part, how)


def _parent(part: Part) -> str:
    parent = part.number.rpartition(".")[0]
    return f"{parent}." if parent else ""


def _detached(data: bytes, mail: MailFacts, kind: str, content: Part, part: Part) -> Iterator[Enclosed]:
    start, end = content.header_start, content.body_end
    signed = unquote(data[start:end], mail.unquoting).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    made = payload(data, part, mail.unquoting)[0]
    if kind == "smime":
        yield from _smime(made, signed, content, start, end, mail)
        return
    for block in islice(armoured(made, b"SIGNATURE"), 1):
        yield from _openpgp(block, signed, kind, content.number, start, end)


def _smime(made: bytes, content: bytes | None, part: Part, start: int, end: int, mail: MailFacts) -> Iterator[Enclosed]:
    """One for each signer of a SignedData; nothing for what is only enveloped."""
    unread = Enclosed("smime", part.number, "unreadable", start=start, end=end)
    if content is not None and len(made) > cms.LARGEST:
        yield unread
        return
    try:
        signed = cms.read(made)
    except cms.UNUSABLE:
        yield unread
        return
    if signed is None:
        return
    content = signed.content if content is None else content
    if content is None:
        return  # certificates alone
    about = replace(unread, digest=sha256(content).digest())
    for one in cms.signers(signed, content):
        yield _certified(replace(about, word=one.word, seconds=one.seconds), one, signed, mail)


def _certified(about: Enclosed, one: cms.Signer, signed: cms.Signed, mail: MailFacts) -> Enclosed:
    """With what the signer's certificate says, and the certificates that may lead to a root, the signer's first."""
    certificate = one.certificate
    if certificate is None:
        return about
    try:
        der = [each.public_bytes(Encoding.DER) for each in (certificate, *signed.certificates)]
        within = certificate.not_valid_before_utc.timestamp(), certificate.not_valid_after_utc.timestamp()
        addresses = _addresses(certificate)
        wanted = {box.address.lower() for box in mail.senders}
        return replace(
            about,
            signer=next((each for each in addresses if each in wanted), next(iter(addresses), "")),
            key=sha256(der[0]).hexdigest(),
            issuer=_name(certificate.issuer),
            valid_then=None if one.seconds is None else within[0] <= one.seconds <= within[1],
            material=_capped(dict.fromkeys(der)),
        )
    except cms.UNUSABLE:
        return replace(about, word="unreadable")


def _capped(certificates: dict[bytes, None]) -> bytes:
    kept = b""
    for der in certificates:
        kept = kept + der if len(kept) + len(der) <= MATERIAL else kept
    return kept


def _addresses(certificate: x509.Certificate) -> list[str]:
    """Of the subject's alternative names, else of its name (RFC 8550 §3), lower case."""
    try:
        named = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        found = named.get_values_for_type(x509.RFC822Name)
    except x509.ExtensionNotFound:
        found = []
    if not found:
        found = [str(each.value) for each in certificate.subject.get_attributes_for_oid(NameOID.EMAIL_ADDRESS)]
    return [address.lower()[:320] for address in found[:20]]


def _name(name: x509.Name) -> str:
    """Common name and organisation, as far as there are any."""
    parts: Sequence[x509.ObjectIdentifier] = (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME)
    values = [str(each.value)[:120] for part in parts for each in name.get_attributes_for_oid(part)[:1]]
    return ", ".join(values)


def _inline(data: bytes, part: Part, how: str) -> Iterator[Enclosed]:
    """The signed text's own span where the part stands as it is; the part's where it is encoded."""
    text = payload(data, part, how)[0]
    plain = text == data[part.body_start : part.body_end]
    for block in cleartexts(text):
        start = part.body_start + block.start if plain else part.body_start
        end = part.body_start + block.end if plain else part.body_end
        for made in islice(armoured(block.armour, b"SIGNATURE"), 1):
            yield from _openpgp(made, block.signed, "pgp-inline", part.number, start, end)


def _openpgp(made: bytes, signed: bytes, kind: str, number: str, start: int, end: int) -> Iterator[Enclosed]:
    """The first two bytes of the digest stand in the clear: without a key they already tell an altered text, mostly."""
    unread = Enclosed(kind, number, "unreadable", start=start, end=end)
    try:
        body = next((packet.body for packet in packets(made) if packet.tag == SIGNATURE), b"")
        found = signature(body)
    except BadPacket:
        yield unread
        return
    if found.kind not in (0, 1) or len(body) > MATERIAL:
        yield unread
        return
    digest = found.digest(signed)
    yield replace(
        unread,
        word="no-key" if digest[:2] == found.left else "altered",
        key=(found.fingerprint or found.key_id).hex(),
        seconds=found.seconds,
        material=body,
        digest=digest,
    )
