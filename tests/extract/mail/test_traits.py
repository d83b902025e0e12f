"""Habits of programs: families of boundaries, identifiers and names, and how encoded text is cut."""

import base64

import pytest

from crible.extract.mail.read import read
from crible.extract.mail.traits import mailer_family


def traits(data: bytes) -> dict[str, str]:
    mail = read(data).mail
    assert mail is not None
    return mail.traits


def test_an_apple_mail() -> None:
    found = traits(
        b"From: c@horizon.example\nSubject: a\nDate: Tue, 14 Mar 2017 10:12:00 +0100\n"
        b"Message-Id: <0A1B2C3D-1111-2222-3333-444455556666@horizon.example>\nX-Mailer: Apple Mail (2.3259)\n"
        b"Content-Type: multipart/alternative; boundary=Apple-Mail-0A\n\n--Apple-Mail-0A\n"
        b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\na\n"
        b"--Apple-Mail-0A--\n"
    )
    order = found.pop("order")
    assert found == {
        "boundary": "apple", "message-id": "apple", "mailer": "apple", "charset": "utf-8",
        "encoding": "quoted-printable", "offset": "60",
    }  # fmt: skip
    assert len(order) == 12


def test_order_is_that_of_the_senders_fields_alone() -> None:
    one = traits(b"Received: x\nFrom: a@b.example\nTo: c@d.example\n\n")
    other = traits(b"From: a@b.example\nX-Spam: no\nTo: c@d.example\n\n")
    turned = traits(b"To: c@d.example\nFrom: a@b.example\n\n")
    assert one["order"] == other["order"] != turned["order"]


@pytest.mark.parametrize(
    ("mailer", "family"),
    [
        ("iPhone Mail (14E304)", "apple-ios"),
        ("Mozilla/5.0 (X11; Linux) Gecko/20100101 Thunderbird/45.8.0", "thunderbird"),
        ("Microsoft Outlook 16.0", "outlook"),
        ("Frégate 1.2", "fr"),
        ("Goéland/3", "go"),
        ("MailVert 1.2", "mailvert"),
        ("1.2", ""),
        ("", ""),
    ],
)
def test_programs_without_their_version(mailer: str, family: str) -> None:
    assert mailer_family(mailer) == family


def body(encoding: bytes, text: bytes) -> dict[str, str]:
    return traits(
        b"From: a@b.example\nContent-Type: text/plain\nContent-Transfer-Encoding: " + encoding + b"\n\n" + text
    )


def test_base64_cut_by_hand_is_uneven() -> None:
    whole = base64.encodebytes(b"Le montant est de 18 214 euros. " * 20)
    lines = whole.split(b"\n")
    lines[2] = lines[2][:-4]
    assert "lines" not in body(b"base64", whole)
    assert body(b"base64", b"\n".join(lines))["lines"] == "uneven"


def test_a_long_line_of_quoted_printable() -> None:
    assert "lines" not in body(b"quoted-printable", b"a" * 75 + b"=\r\n" + b"b" * 60 + b"\r\n")
    assert body(b"quoted-printable", b"a" * 90 + b"\n")["lines"] == "long"
    assert "lines" not in body(b"7bit", b"a" * 90 + b"\n")
