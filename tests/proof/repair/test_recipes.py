"""Each way in which mail is changed between signing and storing, made on a signed mail and found again."""

# ruff: noqa: E501 - a case a line reads better than one folded

import base64
import quopri
import re
from pathlib import Path

import pytest

from crible.proof.repair import RECIPES
from crible.words import keys

PLAIN = (
    b"From: Ana Castel <ana@press.example>\r\n"
    b"To: Bo Lind <bo@desk.example>\r\n"
    b"Subject: Re: estimate for the hall\r\n"
    b"Date: Thu, 20 Apr 2017 09:30:00 +0200\r\n"
    b"Message-ID: <1@press.example>\r\n"
    b"MIME-Version: 1.0\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: 8bit\r\n"
    b"\r\n"
    b"Hello Bo,\r\n\r\nthe hall costs 1 500 euros, heating not included; the caf\xc3\xa9 opens at eight.\r\n"
    b"From here on the stage is ours.\r\n.50 per chair.\r\n\r\nAna\r\n"
)
BOTH = (
    b"From: Ana Castel <ana@press.example>\r\n"
    b"To: Bo Lind <bo@desk.example>\r\n"
    b"Cc: Cy Marsh <cy@desk.example>, Di Roe <di@desk.example>\r\n"
    b"Subject: Estimate for the hall\r\n"
    b"Date: Thu, 20 Apr 2017 09:30:00 +0200\r\n"
    b"Message-ID: <1@press.example>\r\n"
    b"MIME-Version: 1.0\r\n"
    b'Content-Type: multipart/alternative; boundary="alt-1"\r\n'
    b"\r\n"
    b"--alt-1\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: 8bit\r\n"
    b"\r\n"
    b"Hello Bo,\r\n\r\nthe hall costs 1500 euros. We meet on 12 May.\r\n\r\nAna\r\n"
    b"--alt-1\r\n"
    b"Content-Type: text/html; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: 8bit\r\n"
    b"\r\n"
    b"<html><body><p>Hello Bo,</p>\r\n<p>the hall costs 1500 euros. We meet on 12 May.</p>\r\n<p>Ana</p></body></html>\r\n"
    b"--alt-1--\r\n"
)
FOOTER = b"_______________________________________________\nHall mailing list\nhall@lists.example\n"


def sub(old: bytes, new: bytes, count: int = 1):
    def alter(message: bytes) -> bytes:
        assert old in message
        return message.replace(old, new, count)

    return alter


def field(name: bytes, value: bytes):
    """The first field of that name with another value, or put in on top."""

    def alter(message: bytes) -> bytes:
        pattern = re.compile(rb"(?im)^" + name + rb":.*\r?\n(?:[ \t].*\r?\n)*")
        head, _, body = message.partition(b"\r\n\r\n")
        head += b"\r\n"
        line = name + b": " + value + b"\r\n" if value else b""
        head = pattern.sub(lambda _: line, head, count=1) if pattern.search(head) else line + head
        return head + b"\r\n" + body

    return alter


def both(*alters):
    def alter(message: bytes) -> bytes:
        for one in alters:
            message = one(message)
        return message

    return alter


def body(change):
    def alter(message: bytes) -> bytes:
        head, _, rest = message.partition(b"\r\n\r\n")
        return head + b"\r\n\r\n" + change(rest)

    return alter


def wrapped(message: bytes) -> bytes:
    """As Mailman 2 adds a footer to what it cannot add lines to: MIME fields and body become the first part."""
    head, _, rest = message.partition(b"\r\n\r\n")
    fields = re.findall(rb"(?im)^content-.*\r?\n?(?:[ \t].*\r?\n?)*", head + b"\r\n")
    for one in fields:
        head = (head + b"\r\n").replace(one, b"", 1).removesuffix(b"\r\n")
    return (
        head
        + b'\r\nContent-Type: multipart/mixed; boundary="==1=="\r\n\r\n--==1==\r\n'
        + b"".join(fields)
        + b"\r\n"
        + rest
        + b"\r\n--==1==\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n"
        + FOOTER
        + b"\r\n--==1==--\r\n"
    )


NEUTRAL = [
    ("unquote-mboxo", PLAIN, sub(b"\nFrom here", b"\n>From here")),
    ("unquote-mboxrd", PLAIN.replace(b"ours.", b"ours.\r\n>From Ana"), body(lambda b: re.sub(rb"(?m)^(>*From )", rb">\1", b))),
    ("encoding-undone", PLAIN, both(body(quopri.encodestring), field(b"Content-Transfer-Encoding", b"quoted-printable"))),
    ("encoding-label", PLAIN, both(body(base64.encodebytes), field(b"Content-Transfer-Encoding", b"base64"))),
    ("encoding-redone", both(body(quopri.encodestring), sub(b"8bit", b"quoted-printable"))(PLAIN),
        both(body(quopri.decodestring), field(b"Content-Transfer-Encoding", b"8bit"))),
    ("charset-redone", PLAIN.replace(b"utf-8", b"iso-8859-1").replace(b"\xc3\xa9", b"\xe9"),
        both(sub(b"\xe9", b"\xc3\xa9"), sub(b"charset=iso-8859-1", b"charset=utf-8"))),
    ("empty-lines", PLAIN, sub(b"Hello Bo", b"\r\nHello Bo")),
    ("empty-lines", PLAIN.replace(b"Hello Bo", b"\r\nHello Bo"), sub(b"\r\n\r\n\r\nHello", b"\r\n\r\nHello")),
    ("dots-doubled", PLAIN, sub(b"\n.50", b"\n..50")),
    ("dots-doubled", PLAIN.replace(b"\r\n.50", b"\r\n..50"), sub(b"\n..50", b"\n.50")),
    ("line-ends", PLAIN, body(lambda b: b.replace(b"\r\n", b"\r\r\n"))),
    ("invisible-bytes", PLAIN, sub(b"Hello Bo", b"\xef\xbb\xbfHello Bo")),
    ("words-encoded", PLAIN.replace(b"the hall", b"the =?UTF-8?Q?caf=C3=A9?=", 1), field(b"Subject", b"Re: estimate for the =?utf-8?b?Y2Fmw6k=?=")),
    ("words-encoded", PLAIN.replace(b"Ana Castel", b"=?UTF-8?Q?Ana_Cast=C3=A9l?="), field(b"From", b"=?utf-8?b?QW5hIENhc3TDqWw=?= <ana@press.example>")),
    ("display-quotes", PLAIN.replace(b"Ana Castel", b'"Ana Castel"'), field(b"From", b"Ana Castel <ana@press.example>")),
    ("angle-brackets", PLAIN.replace(b"Ana Castel <ana@press.example>", b"ana@press.example"), field(b"From", b"<ana@press.example>")),
    ("recipient-order", BOTH, field(b"Cc", b"Di Roe <di@desk.example>, Cy Marsh <cy@desk.example>")),
    ("comma-blank", PLAIN.replace(b"bo@desk.example>", b"bo@desk.example>,cy@desk.example"), field(b"To", b"Bo Lind <bo@desk.example>,\r\n cy@desk.example")),
    ("date-spelling", PLAIN.replace(b"20 Apr", b"2 Apr"), field(b"Date", b"Thu, 02 Apr 2017 09:30:00 +0200 (CEST)")),
    ("parameter-spelling", PLAIN, field(b"Content-Type", b'text/plain;charset="utf-8"')),
    ("charset-label", PLAIN.replace(b"utf-8", b"us-ascii").replace(b"\xc3\xa9", b"e"), field(b"Content-Type", b"text/plain; charset=utf-8")),
    ("mime-version", PLAIN.replace(b"MIME-Version: 1.0", b"MIME-Version: 1.0 (1.0)"), field(b"MIME-Version", b"1.0")),
    ("id-brackets", PLAIN, field(b"Message-ID", b"1@press.example")),
    ("part-fields-folded", BOTH.replace(b"plain; charset", b"plain;\r\n charset").replace(b"html; charset", b"html;\r\n charset"), sub(b";\r\n charset", b"; charset", 2)),
    ("part-fields-order", BOTH, body(lambda b: re.sub(rb"(Content-Type: .*\r\n)(Content-Transfer.*\r\n)", rb"\2\1", b))),
    ("part-field-added", BOTH, body(lambda b: b.replace(b"\r\nContent-Transfer", b"\r\nMIME-Version: 1.0\r\nContent-Transfer"))),
    ("multipart-framing", BOTH, body(lambda b: b"This is a multi-part message in MIME format.\r\n" + b)),
    ("multipart-framing", BOTH, body(lambda b: b.replace(b"--alt-1--\r\n", b"--alt-1--\r\nepilogue\r\n"))),
]  # fmt: skip

CHANGING = [
    ("footer-cut", PLAIN, body(lambda b: b + FOOTER)),
    ("footer-cut", PLAIN, body(lambda b: b + b"\r\n-----\r\nSent through the hall gateway\r\n")),
    ("part-taken-out", PLAIN, wrapped),
    ("part-taken-out", BOTH, wrapped),
    ("mime-from-part", BOTH, wrapped),
    ("part-cut", BOTH, body(lambda b: b.replace(b"--alt-1--", b"--alt-1\r\nContent-Type: text/plain\r\n\r\nAdded.\r\n--alt-1--"))),
    ("mime-absent", PLAIN.replace(b"Content-Transfer-Encoding: 8bit\r\n", b""), field(b"Content-Transfer-Encoding", b"8bit")),
    ("from-reply-to", PLAIN, both(field(b"From", b"Ana via Hall <hall@lists.example>"), field(b"Reply-To", b"Ana Castel <ana@press.example>"))),
    ("from-original", PLAIN, both(field(b"From", b"'Ana' via Hall <hall@lists.example>"), field(b"X-Original-From", b"Ana Castel <ana@press.example>"))),
    ("from-via", PLAIN, both(field(b"From", b'"Ana Castel via Hall" <hall@lists.example>'), field(b"X-Original-Sender", b"ana@press.example"))),
    ("subject-tag-cut", PLAIN, field(b"Subject", b"Re: [Hall] estimate for the hall")),
    ("subject-tag-cut", PLAIN, field(b"Subject", b"[EXTERNAL] Re: estimate for the hall")),
    ("subject-tag-moved", PLAIN.replace(b"Re: est", b"RE: [Hall] est"), field(b"Subject", b"[Hall] RE: estimate for the hall")),
    ("subject-reply-mark", PLAIN.replace(b"Re: est", b"AW: est"), field(b"Subject", b"Re: estimate for the hall")),
    ("subject-empty", re.sub(rb"Subject: .*\r\n", b"Subject:\r\n", PLAIN), field(b"Subject", b"(no subject)")),
    ("recipient-placeholder", re.sub(rb"To: .*\r\n", b"", PLAIN), field(b"To", b"unlisted-recipients:; (no To-header on input)")),
    ("address-qualified", PLAIN.replace(b"<bo@desk.example>", b"<Bo>"), field(b"To", b"Bo Lind <Bo@relay.example>")),
    ("recipient-restored", BOTH, both(field(b"Cc", b"Cy Marsh <cy@desk.example>"), sub(b"Hello Bo,", b"Hello Bo,"))),
    ("duplicate-cut", PLAIN, lambda m: m.replace(b"\r\nMessage-ID", b"\r\nSubject: Invoice\r\nMessage-ID", 1)),
    ("parameter-cut", PLAIN, field(b"Content-Type", b"text/plain; charset=utf-8; format=flowed")),
    ("links-restored", PLAIN.replace(b"Ana\r\n", b"see https://press.example/a?b=1 Ana\r\n"),
        sub(b"https://press.example/a?b=1", b"https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fpress.example%2Fa%3Fb%3D1&data=01&reserved=0")),
    ("banner-cut", PLAIN, sub(b"Hello Bo", b"CAUTION: this mail came from outside.\r\nTake care.\r\n\r\nHello Bo")),
    ("banner-cut", BOTH, both(sub(b"\r\n\r\nHello Bo", b"\r\n\r\nEXTERNAL MAIL\r\nHello Bo"), sub(b"<body>", b"<body><div style=x><p>EXTERNAL MAIL</p></div>"))),
    ("disclaimer-cut", PLAIN, body(lambda b: b + b"\r\nThis mail is confidential.\r\nDelete it if it is not yours.\r\n")),
    ("disclaimer-cut", BOTH, both(sub(b"\r\nAna\r\n--alt", b"\r\nAna\r\nConfidential.\r\n--alt"), sub(b"</body>", b"<p>Confidential.</p></body>"))),
]  # fmt: skip


@pytest.mark.parametrize(("name", "original", "alter"), NEUTRAL, ids=[case[0] for case in NEUTRAL])
def test_neutral(mend, name, original, alter):
    mended = mend(original, alter, people=("Di Roe <di@desk.example>",))
    assert mended.said.whole, mended.said
    assert name in mended.names
    assert mended.said.neutral, mended.said.steps
    assert not any(step.words for step in mended.said.steps)


@pytest.mark.parametrize(("name", "original", "alter"), CHANGING, ids=[case[0] for case in CHANGING])
def test_changing(mend, name, original, alter):
    mended = mend(original, alter, people=("Di Roe <di@desk.example>",))
    assert mended.said.whole, mended.said
    assert name in mended.names
    assert not mended.said.neutral
    assert not any(step.words for step in mended.said.steps)


def test_what_was_cut_is_shown_with_its_place(mend):
    mended = mend(PLAIN, body(lambda b: b + FOOTER))
    (step,) = mended.said.steps
    assert step.stored.startswith("____")
    assert step.signed == ""
    assert step.end - step.start == len(FOOTER)
    assert mended.said.spans[-1][1] == step.start
    assert "heating not included" in mended.said.text
    assert "mailing list" not in mended.said.text


def test_a_restored_field_is_shown_as_stored_and_as_signed(mend):
    mended = mend(
        PLAIN,
        both(
            field(b"From", b"Ana via Hall <hall@lists.example>"), field(b"Reply-To", b"Ana Castel <ana@press.example>")
        ),
    )
    (step,) = mended.said.steps
    assert (step.field, step.stored, step.signed) == (
        "from",
        "Ana via Hall <hall@lists.example>",
        "Ana Castel <ana@press.example>",
    )


def test_what_nobody_altered_needs_no_step(mend):
    mended = mend(PLAIN, lambda message: message)
    assert mended.said.neutral
    assert mended.said.steps == ()


def test_every_recipe_is_found_by_a_case_above_and_has_its_sentence():
    untested = {recipe.name for recipe in RECIPES} - {case[0] for case in (*NEUTRAL, *CHANGING)}
    assert untested <= {
        "trailing-blanks", "sender-restored", "reply-to-restored", "list-field-cut", "duplicate-order",
        "recipients-elsewhere", "words-replaced", "figure-replaced",
    }  # fmt: skip  # in test_signed_fields.py and test_words.py
    for language in ("en", "fr"):
        assert keys("repairs", language) >= {recipe.name for recipe in RECIPES}


def test_every_step_stands_in_the_documentation():
    page = (Path(__file__).parents[3] / "docs/howto/repairs.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+)+)`", page)) == {recipe.name for recipe in RECIPES}
