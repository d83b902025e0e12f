"""Which bodies do not go with the fields above them, and which honest ones do."""

import pytest

from crible.extract.mail import fit
from crible.extract.mail.fields import split_header
from crible.extract.mail.walker import structure

PARTS = b"--b\nContent-Type: text/plain\n\nBonjour\n--b--\n"


def misfits(head: bytes, body: bytes) -> tuple[str, ...]:
    data = b"From: a@example.org\n" + head + b"\n" + body
    return tuple(fit.misfits(data, header := split_header(data), structure(data, header).parts))


@pytest.mark.parametrize(
    ("head", "body", "found"),
    [
        (b"Content-Type: text/html\n", b"un prix <1 500 euros> non\n", fit.MISTYPED),
        (b"Content-Type: message/rfc822\n", b"From: b@example.org\n\nOui\n", fit.MISTYPED),
        (b"Content-Type: text/plain\n", PARTS, fit.MISTYPED),
        (b"", PARTS, fit.MISTYPED),
        (b"Content-Type: multipart/mixed; boundary=b; boundary=c\n", PARTS, fit.MISTYPED),
        (b"Content-Type: multipart/mixed; boundary=b; boundary*=c\n", PARTS, fit.MISTYPED),
        (b"Content-Type: text/plain; charset=utf-8; charset=utf-7\n", b"+AGE-\n", fit.MISTYPED),
        (b"Content-Transfer-Encoding: base64\n", b"Total: 1 500 euros\n", fit.MISCODED),
        (b"Content-Transfer-Encoding: quoted-printable\n", b"Total=1 500\n", fit.MISCODED),
        (b"Content-Transfer-Encoding: quoted-printable\n", b"Lot=31 500\n", fit.MISCODED),
        (b"Content-Type: multipart/mixed; boundary=b\n", b"Je refuse:\n" + PARTS, fit.OUTSIDE),
        (b"Content-Type: multipart/mixed; boundary=b\n", b"This is MIME\n--c\n\nOui\n" + PARTS, fit.OUTSIDE),
        (b"Content-Type: multipart/mixed; boundary=b\n", PARTS + b"Je refuse.\n", fit.OUTSIDE),
    ],
)
def test_misfits(head: bytes, body: bytes, found: str) -> None:
    assert found in misfits(head, body)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (b"", b"Bonjour\n"),
        (b"Content-Type: text/html\n", b"<p>Bonjour</p>\n"),
        (b"Content-Type: text/html\n", b"\n"),
        (b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n", b"PHA+T3VpPC9wPg==\n"),
        (b"Content-Type: text/plain\n", b"-- \nAna\n"),
        (b"Content-Type: text/x-patch\n", b"--- a/Makefile\n+++ b/Makefile\n@@ -1 +1 @@\n"),
        (b"Content-Transfer-Encoding: quoted-printable\n", b"=46rom now on =3D =E2=82=AC 1 500=20\nsuite=\n fin\n"),
        (b"Content-Transfer-Encoding: quoted-printable\n", b"une ligne=  \nsuite =\r\nfin="),
        (b"Content-Type: multipart/mixed; boundary*0=b; boundary*1=c\n", PARTS.replace(b"--b", b"--bc")),
        (b"Content-Type: multipart/mixed; boundary=b\n", PARTS),
        (b"Content-Type: multipart/mixed; boundary=b\n", b"Ceci est un message au format MIME.\n" + PARTS),
        (b"Content-Type: multipart/mixed; boundary=b\n", PARTS + b"\n\n"),
        (b"Content-Type: multipart/mixed; boundary=b\n", PARTS.removesuffix(b"--b--\n")),
    ],
)
def test_what_fits(head: bytes, body: bytes) -> None:
    assert misfits(head, body) == ()
