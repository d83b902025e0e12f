"""What looks like a loose mail, and what only has colons in it."""

import tarfile
from pathlib import Path

import pytest

from crible.extract.mail.detect import looks_like_mail


@pytest.mark.parametrize(
    "head",
    [
        b"From: a@m.example\nTo: b@m.example\nSubject: x\n\nhello",
        b"Received: from x by y; Tue, 14 Mar 2017 09:12:33 +0100\r\nMessage-ID: <1@x>\r\n\r\n",
        b"\xef\xbb\xbfReturn-Path: <>\r\nDate: x\r\n\r\n",
        b"\n\r\n  \nFrom a@m.example Tue Mar 14 09:12:33 2017\nFrom: a@m.example\nDate: x\n\n",
        b"Status: RO\nFrom: a@m.example\nSubject: sent, from a PST\n\n",
        b"From: a@m.example\r\nTo: b@m.example\r\nX-Long: " + b"y" * 4000,
    ],
)
def test_mail(head: bytes) -> None:
    assert looks_like_mail(head)


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"Just a line of text.\n",
        b"---\ntitle: A page\ndate: 2017-03-14\nsubject: budget\n---\n",
        b"title: A page\ndate: 2017-03-14\nsubject: budget\n\ntext",
        b"to: [a, b]\nfrom: main\n\n",
        b"HTTP/1.1 200 OK\r\nDate: Tue, 14 Mar 2017 09:12:33 GMT\r\nFrom: a@m.example\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: m.example\r\nFrom: a@m.example\r\nDate: x\r\n\r\n",
        b"Content-Type: text/html\nDate: x\nServer: y\n\n",
        b"#!/usr/bin/env python\nimport re\n",
        b"def f():\n    return {'From': 1}\n",
        b"INFO: started\nDate: today\nSubject: none\n\n",
        b"2017-03-14 09:12:33 From: a@m.example To: b@m.example\n",
        b"<html><head></head>\n",
        b"From: a@m.example\nTo: \0\0\n\n",
        b"PK\x03\x04From: a@m.example\nTo: b@m.example\n",
    ],
)
def test_not_mail(head: bytes) -> None:
    assert not looks_like_mail(head)


@pytest.mark.corpora
def test_other_projects_mails_and_documents(corpora: Path) -> None:
    """Every .eml but two that no reader could tell; no Office document, no PDF."""
    missed, seen = [], 0
    for name, wanted in (("mail-tests", True), ("phishing", True), ("office", False), ("invoices", False)):
        with tarfile.open(corpora / f"{name}.tar.xz") as tar:
            for member in tar:
                if not member.isfile() or (wanted and not member.name.endswith(".eml")):
                    continue
                seen += 1
                file = tar.extractfile(member)
                if looks_like_mail(file.read(4096) if file else b"") is not wanted:
                    missed.append(Path(member.name).name)
    assert seen > 1900
    assert sorted(missed) == [
        "bad_encoded_subject.eml",  # a Subject and no other field
        "example13.eml",  # a line `__` after the second field ends the header
    ]
