"""A mail's children: exact bytes, exact spans, one entry for each (cases.md F27 and section 1)."""

from email.message import EmailMessage
from hashlib import sha256

import pytest

from crible.extract.mail import attachments
from crible.extract.mail.walker import leaves, walk
from crible.model.entry import Begin, Closed, End, Entry, Refused, Slice
from crible.model.ledger import Reason, State


def entries(data: bytes, how: str = "") -> list[Entry]:
    return list(attachments.entries(data, walk(data), how))


def contents(data: bytes, how: str = "") -> dict[str, bytes]:
    """Name to bytes, slices cut out of the mail, decoded ones put together; checks counts and digests on the way."""
    found: dict[str, bytes] = {}
    current = b""
    begun: Begin | None = None
    *members, closed = entries(data, how)
    for entry in members:
        if isinstance(entry, Slice):
            found[entry.name] = data[entry.offset : entry.offset + entry.length]
            assert entry.sha256 == sha256(found[entry.name]).digest()
        elif isinstance(entry, Begin):
            begun, current = entry, b""
        elif isinstance(entry, bytes):
            current += entry
        elif isinstance(entry, End):
            assert begun is not None
            assert entry.produced == len(current)
            found[begun.name] = current
    ordinals = [entry.ordinal for entry in members if isinstance(entry, Slice | Begin | Refused)]
    assert ordinals == list(range(len(ordinals)))
    assert closed == Closed(len(ordinals))
    return found


def mixed(*parts: str) -> bytes:
    return (
        "Content-Type: multipart/mixed; boundary=b\n\n" + "".join(f"--b\n{part}\n" for part in parts) + "--b--\n"
    ).encode()


def test_every_kind_of_attachment_comes_out_as_it_went_in() -> None:
    message = EmailMessage()
    message.set_content("corps\n")
    message.add_attachment(bytes(range(256)) * 20, "application", "pdf", filename="facture n°1.pdf")
    message.add_attachment("a;b\né;ù\n", subtype="csv", filename="a.csv", cte="quoted-printable")
    message.add_attachment(b"", "application", "octet-stream", filename="vide.bin")
    data = message.as_bytes()
    assert contents(data) == {
        "2~facture n°1.pdf": bytes(range(256)) * 20,
        "3~a.csv": "a;b\né;ù\n".encode(),
        "4~vide.bin": b"",
    }
    begin = next(entry for entry in entries(data) if isinstance(entry, Begin))
    part = walk(data)[2]
    assert (begin.offset, begin.length) == (part.body_start, part.body_end - part.body_start)
    assert begin.raw_name == "facture n°1.pdf".encode()


def test_an_attached_mail_is_a_slice_and_not_part_of_its_parent() -> None:
    """aleph #3164: attached mails inlined as if they were the parent's own text."""
    inner = "From: a@m.example\nContent-Type: multipart/mixed; boundary=i\n\n--i\n\nx\n--i--\n"
    data = mixed("\ncorps", f"Content-Type: message/rfc822\n\n{inner}")
    (found,) = [entry for entry in entries(data) if isinstance(entry, Slice)]
    assert (found.name, found.mail) == ("2", True)
    assert data[found.offset : found.offset + found.length] == inner.encode()
    assert len([entry for entry in entries(data) if isinstance(entry, Slice | Begin)]) == 1


def test_an_attached_mail_in_base64_is_decoded_and_still_a_mail() -> None:
    data = mixed("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nU3ViamVjdDogeAoKeQ==")
    begin = next(entry for entry in entries(data) if isinstance(entry, Begin))
    assert begin.mail
    assert contents(data) == {"1": b"Subject: x\n\ny"}


def test_identical_attachments_are_two_entries() -> None:
    """aleph #3165: two occurrences of one blob, of which one lost its parent."""
    part = "Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nQUJD"
    assert contents(mixed(part, part)) == {"1~a.pdf": b"ABC", "2~a.pdf": b"ABC"}


def test_from_quoting_of_an_attachment() -> None:
    data = mixed("Content-Type: text/csv\n\n>From a\nb", "Content-Type: text/csv\n\nplain")
    assert contents(data, "mboxo") == {"1": b"From a\nb", "2": b"plain"}
    assert [type(entry) for entry in entries(data, "mboxo")] == [Begin, bytes, End, Slice, Closed]
    assert contents(data, "kept")["1"] == b">From a\nb"
    assert all(isinstance(entry, Slice | Closed) for entry in entries(data))


def test_an_attached_mail_stays_a_slice_whatever_the_quoting() -> None:
    """It is read with the quoting of the mailbox it lies in, once, and not twice."""
    data = mixed("Content-Type: message/rfc822\n\nSubject: x\n\n>From a")
    assert isinstance(entries(data, "mboxo")[0], Slice)


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("Content-Type: image/png\nContent-Transfer-Encoding: base64\n\nQUJDR", b"ABC"),
        ("Content-Type: image/png\nContent-Transfer-Encoding: base64\n\nQU-JD\n_footer", b"ABC"),
        ("Content-Type: image/png\nContent-Transfer-Encoding: x-odd\n\nraw", b"raw"),
        ("Content-Type: image/png\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n#86)C\n`\nend", b"abc"),
        ("Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n", b""),
    ],
)
def test_damaged_encodings_give_what_they_hold(part: str, content: bytes) -> None:
    (found,) = contents(mixed(part)).values()
    assert found.startswith(content)


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("Content-Type: image/png; name=a.png\nContent-Transfer-Encoding: base64\n\n!!!!", "base64-broken"),
        ("Content-Type: image/png; name=a.png\nContent-Transfer-Encoding: uuencode\n\nno begin", "encoding-unknown"),
    ],
)
def test_nothing_decodable_is_refused_with_a_reason(part: str, reason: str) -> None:
    refused, closed = entries(mixed(part))
    assert refused == Refused(0, "1~a.png", State.UNREADABLE, Reason(reason), b"a.png")
    assert closed == Closed(1)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "1~..%2F..%2Fetc%2Fpasswd"),
        ("a/b.pdf", "1~a%2Fb.pdf"),
        ("facture\u202efdp.exe", "1~facturefdp.exe"),
        ("a\tb.pdf", "1~ab.pdf"),
        ("x" * 2000, "1~" + "x" * 500),
    ],
)
def test_names_are_one_harmless_component(name: str, shown: str) -> None:
    part = f'Content-Type: application/pdf; name="{name}"\n\nx'
    (found,) = contents(mixed(part))
    assert "/" not in found
    assert found.replace("%2E%2E", "..") == shown


def test_a_large_attachment_comes_in_pieces() -> None:
    message = EmailMessage()
    message.add_attachment(b"x" * 3_000_000, "application", "octet-stream")
    data = message.as_bytes()
    pieces = [entry for entry in entries(data) if isinstance(entry, bytes)]
    assert max(map(len, pieces)) <= 1 << 20
    assert sum(map(len, pieces)) == 3_000_000


def test_every_leaf_is_either_own_text_or_a_child() -> None:
    data = mixed(
        "\ncorps", "Content-Type: image/gif\n\nx", "Content-Type: text/html\n\nx", "Content-Type: multipart/x\n\nx"
    )
    own = [part for part in leaves(walk(data)) if part.inline_text]
    assert len(own) + len(contents(data)) == len(leaves(walk(data))) == 4
