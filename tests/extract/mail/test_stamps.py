"""Moments inside identifiers: the vectors of evidence H04 to H12 and H17, and what must not be taken for one."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crible.extract.mail.fields import split_header
from crible.extract.mail.read import read
from crible.model.facts import MailFacts

FILETIME = 131_339_563_200_000_000
"""2017-03-14 09:12:00 UTC."""
SENT = 1_489_482_720


def facts(*fields: str, body: str = "Bonjour.\n") -> MailFacts:
    head = "\n".join(fields)
    mail = read(f"From: c@horizon.example\n{head}\n\n{body}".encode()).mail
    assert mail is not None
    return mail


def stamps(*fields: str, body: str = "") -> list[tuple[str, str, float]]:
    return [(stamp.kind, stamp.where, stamp.seconds) for stamp in facts(*fields, body=body).stamps]


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("boundary", "kind", "when"),
    [
        ("000000000000b6809105a0ae7b18", "gmail-boundary", at("2020-03-12T20:49:03.864977")),
        ("089e0141a0b675ccdd0518346db8", "gmail-boundary", at("2015-06-11T02:05:37.355997")),
        ("----=_Part_4711_1234567.1489482720123", "java-boundary", SENT + 0.123),
        (
            f"----=_NextPart_000_0012_{FILETIME >> 32:08X}.{FILETIME & 0xFFFFFFFF:08X}",
            "next-part",
            SENT,
        ),
    ],
)
def test_boundaries(boundary: str, kind: str, when: float) -> None:
    field = f'Content-Type: multipart/alternative;\n boundary="{boundary}"'
    ((found, where, seconds),) = stamps(field, body=f"--{boundary}\n\na\n--{boundary}--\n")
    assert (found, where) == (kind, "boundary")
    assert abs(seconds - when) < 0.001


def test_boundary_of_an_inner_part() -> None:
    inner = "000000000000b6809105a0ae7b18"
    body = f"--x\nContent-Type: multipart/alternative; boundary={inner}\n\n--{inner}\n\na\n--{inner}--\n--x--\n"
    ((kind, where, _),) = stamps("Content-Type: multipart/mixed; boundary=x", body=body)
    assert (kind, where) == ("gmail-boundary", "boundary 1")


@pytest.mark.parametrize(
    ("name", "when"),
    [
        ("<58C7B3E0.5040302@horizon.example>", SENT),
        (f"<0012{FILETIME >> 32:08x}${FILETIME & 0xFFFFFFFF:08x}$824a2d90$@horizon.example>", SENT),
        ("<12345.678.1489482720123.JavaMail.zimbra@horizon.example>", SENT + 0.123),
        ("<1234567.89.1489482720123@mail.example>", SENT + 0.123),
        ("<trinity-0a0b0c0d-1111-2222-3333-444455556666-1489482720123@app.example>", SENT + 0.123),
        ("<201703140912.v2E9C0aB012345@relais.example>", SENT),
        ("<20170314091200.GA1234@relais.example>", SENT),
        ("<20170314091200.12345-1-a@relais.example>", SENT),
        ("<E1cnhm0-0006lE-OO@relais.example>", 1489479940),
    ],
)
def test_message_ids(name: str, when: float) -> None:
    ((kind, where, seconds),) = stamps(f"Message-ID: {name}")
    assert (kind, where) == ("message-id", "Message-ID")
    assert abs(seconds - when) < 0.001


@pytest.mark.parametrize(
    "name",
    [
        "<1098664707.795908@mail.example>",
        "<20170399091200.GA1@relais.example>",
        "<20170314256100.GA1@relais.example>",
        "<58C7B3E0@horizon.example>",
        "<CAD5678abcdefghijklmnopqrstuvwxyz0123456789@mail.gmail.com>",
        "<0A1B2C3D-1111-2222-3333-444455556666@horizon.example>",
        "<20170314-etiquette-v2-1-c902e581923b@horizon.example>",
        "<>",
    ],
)
def test_what_holds_no_moment(name: str) -> None:
    assert stamps(f"Message-ID: {name}") == []


def test_googles_server_ids() -> None:
    found = stamps(
        "Received: by 10.0.0.1 with SMTP id uk2mr7261261lbb.116.1433988337576; Wed, 10 Jun 2015 19:05:37 -0700 (PDT)",
        "X-Received: by 10.0.0.1 with SMTP id ab1mr12lbb.1.1433988337576; Wed, 10 Jun 2015 19:05:37 -0700 (PDT)",
        "Received: from [1.2.3.4] by smtp.example with ESMTPSA id a5si22abc.3.2015.06.10.19.05.37; Wed, 10 Jun 2015",
        "Received: from x.example by y.example with ESMTPSA id si1sor22abc.3.2015.12.10.19.05.37 for <a@b.example>; x",
        "Received: by mx.example with SMTPS id 1725379178937833.0492919077691; Tue, 3 Sep 2024 08:59:38 -0700",
    )
    summer = at("2015-06-11T02:05:37")
    assert found == [
        ("gmail-received", "Received[0]", 1433988337.576),
        ("gmail-received", "Received[1]", summer),
        ("gmail-received", "Received[2]", at("2015-12-11T03:05:37")),
        ("gmail-received", "X-Received[0]", 1433988337.576),
    ]


def test_exims_server_id() -> None:
    (found,) = stamps("Received: from a.example by b.example with esmtp (Exim 4.96)\n id 1cnhm0-0006lE-OO; x")
    assert found == ("exim-received", "Received[0]", 1489479940)


def test_takeout_numbers() -> None:
    number = int("1732f1fc6ee3a193", 16)
    when = at("2020-07-08T15:51:18.510")
    found = stamps(f"X-GM-THRID: {number}", f"X-GM-MSGID: {number}")
    assert found == [("gm-msgid", "X-GM-MSGID", when), ("gm-thrid", "X-GM-THRID", when)]
    assert stamps("X-GM-THRID: ²", "X-GM-MSGID: -1") == []


def test_arrival_at_exchange() -> None:
    found = stamps(
        "X-MS-Exchange-CrossTenant-OriginalArrivalTime: 14 Mar 2017 09:12:00.1234\n (UTC)",
        f"X-OriginalArrivalTime: 14 Mar 2017 08:00:00.0 (UTC) "
        f"FILETIME=[{FILETIME & 0xFFFFFFFF:08X}:{FILETIME >> 32:08X}]",
    )
    assert found == [
        ("arrival", "X-MS-Exchange-CrossTenant-OriginalArrivalTime", SENT),
        ("arrival", "X-OriginalArrivalTime", SENT),
    ]


def test_conversation() -> None:
    mail = facts("Thread-Index: AdKcoDAAAAECAwQFBgcICQoLDA0ODw==")
    assert mail.threading == ("000102030405060708090a0b0c0d0e0f",)
    ((kind, where),) = [(stamp.kind, stamp.where) for stamp in mail.stamps]
    assert (kind, where) == ("thread-index", "Thread-Index")


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_header_is_survived(raw: bytes) -> None:
    data = (
        b"Message-ID: <"
        + raw
        + b">\nReceived: id "
        + raw
        + b"\nThread-Index: "
        + raw
        + b"\nX-GM-MSGID: "
        + raw
        + b"\n\n"
    )
    mail = read(data).mail
    assert mail is not None
    assert len(mail.stamps) <= 100
    assert len(mail.hops) == len(split_header(data).all("received"))
