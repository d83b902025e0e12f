import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

import pytest

from crible.intake.detect import detect

MAIL = b"From: Ada <ada@campagne.example>\nSubject: devis\n\nBonjour\n"
STAMP = b"From ada@campagne.example Thu Apr 20 09:30:00 2017\n"


@pytest.fixture(scope="module")
def kind(window):
    def ask(data: bytes, name: str = "x") -> str | None:
        opened = window(data)
        return detect(data[:4096], data[-1024:], name, opened)

    return ask


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return file.getvalue()


def tarred(format_: int) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=format_) as archive:
        archive.addfile(tarfile.TarInfo("x" * 150))
    return file.getvalue()


def old_tar() -> bytes:
    block = bytearray(512)
    block[:1], block[100:108], block[124:136] = b"a", b"0000644\0", b"00000000001 "
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block) + b"x".ljust(512, b"\0")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (gzip.compress(b""), "gzip"),
        (bz2.compress(b""), "bzip2"),
        (bz2.compress(b"x"), "bzip2"),
        (lzma.compress(b""), "xz"),
        (zipped("a"), "zip"),
        (zipped(), "zip"),
        (b"MZ" + bytes(500) + zipped("a"), "zip"),
        (zipped("a")[:-30], "zip"),
        (tarred(tarfile.GNU_FORMAT), "tar"),
        (tarred(tarfile.PAX_FORMAT), "tar"),
        (old_tar(), "tar"),
        (STAMP + MAIL, "mbox"),
        ((STAMP + MAIL).replace(b"\n", b"\r\n"), "mbox"),
        (b"\n\n" + STAMP + MAIL, "mbox"),
        (b"\xef\xbb\xbf" + STAMP + MAIL, "mbox"),
        (STAMP + b">From relay Thu Apr 20 09:30:00 2017\n" + MAIL, "mbox"),
    ],
)
def test_a_container_is_known_by_its_content(kind, data, expected):
    assert kind(data) == expected


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"BZh9 is not a stream",
        bytes(10240),
        MAIL,
        STAMP,
        STAMP + b"a diary, not a mail: the field name has spaces\n",
        b"From the 12:30 train I saw nothing.\nSubject: to change\n",
        b"From ada@campagne.example\n" + MAIL,
        b"%PDF-1.4\n" + zipped("a"),
        zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml"),
        zipped("word/document.xml", "_rels/.rels", "[Content_Types].xml"),
        zipped("mimetype", "META-INF/manifest.xml", "content.xml"),
        zipped("mimetype", "META-INF/container.xml"),
    ],
)
def test_what_is_no_container_is_none(kind, data):
    assert kind(data) is None


@pytest.mark.parametrize("name", ["box.html", "box.jpg", "box.zip"])
def test_the_name_of_a_mailbox_does_not_matter(kind, name):
    """Mailboxes of one mail named `.html` or `.jpg` were skipped by a peer (ePADD issues 54, 499)."""
    assert kind(STAMP + MAIL, name) == "mbox"


def test_an_archive_with_one_mark_of_a_document_is_still_an_archive(kind):
    assert kind(zipped("[Content_Types].xml", "hidden.mbox")) == "zip"
