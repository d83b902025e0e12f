"""When a mail's text lies in its bytes as it is read, and how its lines end there."""

import base64

import pytest

from crible.extract.mail import read as mail

HEAD = "From: a@m.example\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
TEXT = "Bonjour à tous,\n\nle total est de 12 450 €.\n"
ATTACHED = (
    'From: a@m.example\nContent-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n'
    f'{TEXT}--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename="n.txt"\n\nNote.\n--b--\n'
)


@pytest.mark.parametrize(
    ("message", "how"),
    [
        (f"{HEAD}\n{TEXT}".encode(), "lf"),
        (f"{HEAD}\n{TEXT}".replace("\n", "\r\n").encode(), "crlf"),
        (ATTACHED.encode(), "lf"),
        (f"{HEAD}\n{TEXT}".encode().replace(b"tous,\n", b"tous,\r\n"), ""),
        (f"{HEAD}Content-Transfer-Encoding: base64\n\n{base64.encodebytes(TEXT.encode()).decode()}".encode(), ""),
        (f"{HEAD}Content-Transfer-Encoding: quoted-printable\n\nle total\n".encode(), ""),
        (f"{HEAD}\n{TEXT}".replace("utf-8", "iso-8859-1").encode("latin-1", "replace"), ""),
        (f"{HEAD}\n{TEXT}".replace("text/plain", "text/html").encode(), ""),
        (f"{HEAD}\n".encode(), ""),
    ],
    ids=["lf", "crlf", "beside an attachment", "mixed ends", "base64", "quoted-printable", "latin-1", "html", "empty"],
)
def test_how_the_text_lies(message: bytes, how: str) -> None:
    reading = mail.read(message)
    assert reading.mail is not None
    assert reading.mail.laid == how
    if how == "lf":
        start = next(part for part in reading.mail.parts if part.inline_text).body_start
        encoded = reading.text.encode()
        assert message[start : start + len(encoded)] == encoded
