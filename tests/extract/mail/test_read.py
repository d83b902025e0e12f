"""A whole mail read: facts, text, wire form, children; any bytes; what real mailboxes hold."""

import lzma
import tarfile
import time
from hashlib import sha256
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crible.extract import charset
from crible.extract.mail import decoding, fit, header, walker
from crible.extract.mail.read import children, read
from crible.model.entry import Closed
from crible.words import keys

REPLY = """\
Received: by mx.example; Tue, 14 Mar 2017 09:12:40 +0100
From: =?utf-8?q?H=C3=A9l=C3=A8ne_Marchand?= <helene@m.example>
To: Jo <jo@m.example>
Subject: Re: Budget
Date: Tue, 14 Mar 2017 09:12:33 +0100
Message-ID: <2@m.example>
In-Reply-To: <1@m.example>
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Bonjour, c'est bien noté, merci beaucoup pour cet envoi.

Le 13 mars 2017, Jo a écrit :
> le total est 12 €
>From nowhere
--b
Content-Type: application/pdf; name=devis.pdf
Content-Transfer-Encoding: base64

QUJD
--b--
""".encode()


def test_a_reply_with_an_attachment() -> None:
    reading = read(REPLY, how="mboxo")
    assert reading.mail is not None
    assert reading.mime == "message/rfc822"
    assert reading.language == "fr"
    assert "From nowhere" in reading.text
    assert ">From nowhere" not in reading.text
    assert (reading.mail.subject, reading.mail.unquoting) == ("Re: Budget", "mboxo")
    assert [quote.text for quote in reading.mail.quotes] == ["le total est 12 €"]
    assert REPLY[: reading.mail.header_end].endswith(b"boundary=b\n\n")
    assert reading.wire == sha256(REPLY.replace(b">From", b"From").replace(b"\n", b"\r\n")).digest()
    assert reading.mail.defects == ()
    assert list(children(REPLY, reading, "mboxo"))[-1] == Closed(1)


def test_sent_mail_out_of_a_pst() -> None:
    """aleph #3895: no Received, `Status: RO` first; it was taken for a page of HTML."""
    data = b"Status: RO\nFrom: Anne <anne@m.example>\nSubject: x\nContent-Type: text/html\n\n<p>corps</p>\n"
    reading = read(data)
    assert reading.mail is not None
    assert (reading.mime, reading.text, reading.mail.received) == ("message/rfc822", "corps", ())


def test_a_malformed_mail_that_made_a_reader_loop() -> None:
    """epadd #191: a malformed mail looped for ever; here it ends, with the defects named."""
    data = b"Content-Type: multipart/mixed; boundary=b\n" + b"--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 3000
    reading = read(data)
    assert reading.mail is not None
    assert "too-many-parts" in reading.mail.defects


def test_every_defect_has_its_sentence() -> None:
    modules = (walker, header, fit, decoding, charset)
    named = {
        value
        for module in modules
        for name, value in vars(module).items()
        if name.isupper() and not name.startswith("_") and isinstance(value, str) and value != walker.OPAQUE
    }
    assert len(named) == 21
    for language in ("en", "fr"):
        assert named <= keys("ledger", language)


@given(
    st.binary(max_size=400), st.sampled_from([b"", REPLY, REPLY[:150], REPLY[:420]]), st.sampled_from(["", "mboxrd"])
)
@settings(max_examples=200)
def test_any_bytes_can_be_read(tail: bytes, head: bytes, how: str) -> None:
    data = head + tail
    reading = read(data, how=how)
    reading.text.encode()
    *members, closed = children(data, reading, how)
    assert isinstance(closed, Closed)
    assert all(not isinstance(entry, Closed) for entry in members)


def test_truncation_at_every_byte_is_survived() -> None:
    for end in range(len(REPLY)):
        data = REPLY[:end]
        list(children(data, read(data)))


@pytest.mark.corpora
def test_hostile_mails(corpora: Path) -> None:
    """Every file of the hostile and the phishing collection read as a mail: no exception, no slow one."""
    slowest = 0.0
    count = 0
    for name in ("phishing", "hostile", "mail-tests"):
        with tarfile.open(corpora / f"{name}.tar.xz") as tar:
            for member in tar:
                if not member.isfile() or member.size > 2_000_000:
                    continue
                file = tar.extractfile(member)
                data = file.read() if file else b""
                began = time.process_time()
                list(children(data, read(data)))
                slowest = max(slowest, time.process_time() - began)
                count += 1
    assert count > 2000
    assert slowest < 1


@pytest.mark.corpora
def test_list_mail(corpora: Path) -> None:
    """Of 600 mails of a user list: none without date and sender, replies quote, the versions of honest mail agree."""
    with lzma.open(corpora / "mail-usrp-users-2019.mbox.xz") as file:
        box = file.read(28_000_000)
    mails = [mail.partition(b"\n")[2] for mail in box.split(b"\n\nFrom mboxrd@z ")[1:600]]
    readings = [read(mail) for mail in islice(mails, 599)]
    facts = [reading.mail for reading in readings if reading.mail]
    assert all(fact.date and fact.senders and fact.message_id and fact.list_id for fact in facts)
    replies = [fact for fact in facts if fact.in_reply_to]
    assert sum(bool(fact.quotes) for fact in replies) > 0.95 * len(replies)
    compared = [fact.alternatives for fact in facts if fact.alternatives.compared]
    agree = [pair for pair in compared if not pair.only_plain and not pair.only_html]
    assert len(compared) > 300
    assert len(agree) > 0.85 * len(compared)
    figures = [pair for pair in compared if any_figure(pair.only_plain) and any_figure(pair.only_html)]
    assert len(figures) <= 3


def any_figure(words: tuple[str, ...]) -> bool:
    return any(word[0].isdecimal() for word in words)
