"""Any alteration of the kinds named is found whatever the mail says; no bytes raise, hang or cost more than allowed."""

# ruff: noqa: E501 - a case a line reads better than one folded

import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crible.extract.mail.fields import split_header
from crible.model.signature import Scheme, SignatureFacts
from crible.proof.dkim import examine
from crible.proof.dkim.pkcs1 import reveal, signed_digest
from crible.proof.repair import Target, restored
from crible.proof.repair.mail import Mail
from crible.proof.repair.search import search
from crible.proof.repair.work import WORK, Work

FACTS = SignatureFacts(
    index=0, scheme=Scheme.DKIM, domain="press.example", selector="s1", algorithm="rsa-sha256", signature=b"x",
    header_digest=b"\0" * 32, body_digest=b"\0" * 32, body_hash=b"\1" * 32, canonical="relaxed/relaxed",
    signed=("from", "to", "cc", "subject", "date", "message-id", "content-type", "content-transfer-encoding", "sender"),
)  # fmt: skip
SIGNATURE = b"DKIM-Signature: v=1; a=rsa-sha256; d=press.example; s=s1; h=from:subject; bh=x; b=x\r\n"
SLOWEST = 4.0
"""Seconds for the worst mail here; WORK is a tenth of a second on a machine with nothing else to do."""

words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=60)
lines = st.lists(
    st.one_of(words, st.sampled_from(["From here", ">From", "-- ", ".", "> quoted", "a\tb "])), max_size=12
)


def unquoted(message: bytes) -> bytes:
    head, gap, body = message.partition(b"\r\n\r\n")
    return head + gap + b"\r\n".join(b">" + line if line.startswith(b"From ") else line for line in body.split(b"\r\n"))


def footed(message: bytes) -> bytes:
    return message.rstrip(b"\r\n") + b"\r\n____________\r\nHall list\r\nhall@lists.example\r\n"


def tagged(message: bytes) -> bytes:
    return message.replace(b"\r\nSubject: ", b"\r\nSubject: [Hall] ", 1)


def munged(message: bytes) -> bytes:
    return message.replace(b"\r\nFrom: ", b"\r\nFrom: Hall <hall@lists.example>\r\nReply-To: ", 1)


def lf(message: bytes) -> bytes:
    return message.replace(b"\r\n", b"\n")


ALTERATIONS = [unquoted, footed, tagged, munged]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines, st.text("abc é", min_size=1, max_size=20), st.sets(st.sampled_from(ALTERATIONS)), st.booleans())
def test_alterations_of_a_signed_mail_are_found_again(signer, text, subject, alterations, bare):
    original = (
        "From: Ana <ana@press.example>\r\nTo: bo@desk.example\r\nSubject: x"
        f"{subject.strip()}\r\nDate: Thu, 20 Apr 2017 09:30:00 +0200\r\nMessage-ID: <1@press.example>\r\n\r\n"
        + "".join(f"{line}\r\n" for line in [*text, "end"])
    ).encode()
    stored = signer.sign(original, signed=("from", "to", "subject", "date"))
    for alteration in ALTERATIONS:
        if alteration in alterations:
            stored = alteration(stored)
    stored = lf(stored) if bare else stored
    header = split_header(stored)
    body = stored[header.body_start :]
    facts = examine(header, body)[0]
    key = signer.ring.find("press.example", "s1")[0]
    revealed = signed_digest(reveal(facts.signature, key.modulus, key.exponent) or b"")
    target = Target(facts, revealed[1] if revealed else b"")
    ((said, message),) = restored(header, body, (target,))
    assert said.whole, (said, stored)
    assert said.neutral == (not alterations & {footed, tagged, munged})
    assert message is not None
    again = examine(split_header(message), message[split_header(message).body_start :])[0]
    assert (again.header_digest, again.body_digest) == (target.header_digest, facts.body_hash)


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=2_000),
    st.binary(max_size=2_000),
    st.lists(st.text(max_size=200), max_size=2),
    st.integers(0, 400_000),
    st.sampled_from(["relaxed/relaxed", "simple/simple"]),
    st.sampled_from([None, 0, 10, 10_000]),
)
def test_no_bytes_raise_or_cost_more_than_allowed(head, body, passages, work, canonical, length):
    data = SIGNATURE + head + b"\r\n\r\n" + body
    header = split_header(data)
    target = Target(replace(FACTS, canonical=canonical, length=length), b"\2" * 32)
    allowance = Work(work)
    mail = Mail(header, data[header.body_start :], passages)
    search(mail, target, (), allowance)
    assert allowance.spent <= work
    ((said, message),) = restored(header, data[header.body_start :], (target,), passages=passages, work=work)
    assert not said.headers
    assert not said.body
    assert message is None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([
    b"From: a@b.example\r\n", b"Subject: [x] =?utf-8?q?=C3=A9?= Re: y\r\n", b"To: a <a@b.example>, \"c, d\" <c@d.example>\r\n", b"Cc: \r\n",
    b"Content-Type: multipart/mixed; boundary=b\r\n", b"Content-Type: text/html; charset=\"utf-7\"\r\n", b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Transfer-Encoding: quoted-printable\r\n", b"Reply-To: <>\r\n", b"Date: 1 Jan\r\n", b"\r\n", b"--b\r\n", b"--b--\r\n", b"=\r\n", b"=E9=\r\n",
    b"12 500,00 of 3\r\n", b"<body><div>x</div>\r\n", b"____________\r\n", b">From x\r\n", b"\xe9\xff\0\r\n", b"..\r\n",
]), max_size=30))  # fmt: skip
def test_mail_put_together_at_random_never_raises(pieces):
    data = SIGNATURE + b"".join(pieces)
    header = split_header(data)
    target = Target(FACTS, b"\2" * 32)
    passages = ("12 500 of 4 and more",)
    ((said, _),) = restored(header, data[header.body_start :], (target,), passages=passages, work=300_000)
    assert not said.headers


HOSTILE = {
    "many fields": (b"Subject: a\r\n" * 20_000, b"x\r\n"),
    "many names": (b"".join(b"X-%d: a\r\n" % n for n in range(20_000)), b"x\r\n"),
    "tags": (b"Subject: " + b"[a] Re: " * 20_000 + b"\r\n", b"x\r\n"),
    "open brackets": (b"Subject: " + b"[" * 100_000 + b"\r\n", b"x\r\n"),
    "recipients": (b"To: " + b"a@b.example, " * 20_000 + b"z@b.example\r\n", b"x\r\n"),
    "quotes": (b'To: "' * 20_000 + b"\r\n", b"x\r\n"),
    "encoded words": (b"Subject: " + b"=?utf-8?q?=C3=A9?= " * 10_000 + b"\r\n", b"x\r\n"),
    "parameters": (b"Content-Type: multipart/mixed; " + b'a="b"; ' * 10_000 + b"boundary=b\r\n", b"--b\r\n" * 20_000),
    "boundaries": (b"Content-Type: multipart/mixed; boundary=b\r\n", b"--b\r\n\r\nx\r\n" * 40_000),
    "nested": (
        b"Content-Type: multipart/mixed; boundary=b0\r\n",
        b"".join(b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (n, n + 1) for n in range(2_000)),
    ),
    "ats": (b"", b"@" * 300_000),
    "addresses": (b"", b"a@b.example " * 30_000),
    "figures": (b"", b"1 234 567,89 " * 20_000),
    "elements": (b"Content-Type: text/html\r\n", b"<body>" + b"<div>a</div>" * 20_000),
    "open elements": (b"Content-Type: text/html\r\n", b"<body" * 50_000 + b"<p" * 50_000),
    "rules": (b"", b"_____\r\n" * 50_000),
    "soft breaks": (b"Content-Transfer-Encoding: quoted-printable\r\n", b"=\r\n" * 100_000),
    "links": (b"", b"https://a.safelinks.protection.outlook.com/?url=" * 5_000),
    "blanks": (b"", b" \t" * 400_000),
    "returns": (b"", b"\r" * 400_000),
    "one line": (b"", b"a" * 3_000_000),
    "blanks before a word": (b"", (b" " * 100_000 + b"x\r\n") * 3),
    "blanks in HTML": (b"Content-Type: text/html\r\n", b"<p>a b" + b" " * 100_000 + b"<br>" * 20_000 + b"a b a"),
    "blanks in the date": (b"Date: x" + b" " * 30_000 + b"x\r\n", b""),
    "blanks behind a reply mark": (b"Subject: [x] re" + b" " * 30_000 + b"x\r\n", b""),
    "escaped quotes never closed": (b"To: " + b'"\\' * 15_000 + b"\r\n", b""),
    "parameters given again": (b"Content-Type: text/plain" + b"; a=b" * 6_000 + b"\r\n", b"x\r\n"),
    "rewritten links never closed": (b"", b"https://urldefense.com/v3/__" * 9_000 + b"__;__" * 9_000),
    "a field of a megabyte": (b"Cc: " + b"a" * 1_000_000 + b"@b.example, c@d.example\r\n", b""),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_takes_bounded_time(name):
    head, body = HOSTILE[name]
    data = SIGNATURE + b"From: a@b.example\r\n" + head + b"\r\n" + body
    header = split_header(data)
    signed = (*FACTS.signed, *(f"x-{n}" for n in range(2_000)))
    target = Target(replace(FACTS, signed=signed), b"\2" * 32)
    before = time.process_time()
    ((said, _),) = restored(
        header,
        data[header.body_start :],
        (target,),
        passages=("a b " * 5_000,),
        people=("x <y@z.example>, a <b@c.example>",) * 50,
    )
    assert time.process_time() - before < SLOWEST
    assert not said.whole


def test_the_same_answer_twice_and_work_enough_by_default(signer, mail):
    assert WORK > 1 << 20
    stored = tagged(footed(signer.sign(mail)))
    header = split_header(stored)
    facts = examine(header, stored[header.body_start :])[0]
    target = Target(facts, b"")
    ((first, message),) = restored(header, stored[header.body_start :], (target,), passages=("a", "b"))
    assert restored(header, stored[header.body_start :], (target,), passages=("a", "b")) == ((first, message),)
    assert first.body
    assert not first.headers
