"""Alterations of one signed mail: none may be vouched for in what was altered, and none may be passed over in silence.

Every row is a mail as an attacker would leave it, built from genuine signed ones without their keys.
"""

from dataclasses import dataclass

import pytest
from attack_forge import ATTACKER, GMAIL, SIGNED, attach, field, mail, multipart, ring, sign, swap

from crible.model.grade import Level
from crible.sift.one import Answer, weigh_files

TEXT = "Bonjour Bo,\n\nLa salle coute 1 500 euros, chauffage non compris.\nTotal: 1 500 euros\n\nAna\n"
GENUINE = sign(mail(TEXT))
BY_GMAIL = sign(mail(TEXT), signed=GMAIL)
MIXED = 'multipart/mixed; boundary="b"'
TWO_PARTS = multipart(("Content-Type: text/plain", "Accord: verser 1 500 euros.\nMerci"), attach("a.txt", b"facture\n"))
HTML = multipart(
    ("Content-Type: text/plain", "Verser 1 500 euros."),
    ("Content-Type: text/html", "<p>Verser 1 500 euros.</p>"),
)
ALTERNATIVE = 'multipart/alternative; boundary="b"'
HIDING = "Je refuse ceci:\n--z\nContent-Type: text/plain\n\nJe verse 9 000 euros.\n--z--\nAna\n"
"""A genuine text that quotes the source of a MIME mail."""


@dataclass(frozen=True)
class Row:
    """An attack, and what must come of it."""

    mail: bytes
    full: bool = False
    """The whole may still be called proven: nothing a reader is shown was altered."""
    asks: str = ""
    """Message key, or its beginning, of the question or note that must be there."""
    vouched: bool = True
    """May be proven in part; False where nothing of the mail may be vouched for."""
    contradicted: bool = False
    """Its own signature, led back to, covers other words."""


def altered(old: bytes, new: bytes, whole: bytes = GENUINE) -> bytes:
    return swap(whole, old, new)


def inside(extra: bytes, whole: bytes = GENUINE) -> bytes:
    """Lines put between two unsigned-for-order header fields, after signing."""
    return swap(whole, b"MIME-Version: 1.0\r\n", b"MIME-Version: 1.0\r\n" + extra)


def unsigned_kind(kind: bytes, body: str, before: str = "text/plain; charset=utf-8") -> bytes:
    """Signed as Gmail signs, with the Content-Type exchanged afterwards."""
    return swap(sign(mail(body, kind=before), signed=GMAIL), before.encode(), kind)


SECOND = {
    f"second {name.strip().decode('latin-1')!r}{how!r}": Row(field(name, how, GENUINE), asks="doubled")
    for name, how in (
        (b"From", b": Eve <eve@halle.example>"),
        (b"FROM", b":eve@halle.example"),
        (b"Subject ", b": Devis: 15 000"),
        (b"Subject\t", b": Devis"),
        (b"sUBJECT", b":\r\n Devis"),
        (b"To", b": eve@mairie.example"),
        (b"Date", b": Thu, 20 Apr 2016 09:30:00 +0200"),
        (b"Content-Type", b": text/html"),
        (b"Content-Type", b": multipart/mixed; boundary=x"),
        (b"Content-Transfer-Encoding", b": base64"),
    )
    if name != b"Content-Transfer-Encoding"
}

ATTACKS: dict[str, Row] = {
    **SECOND,
    "untouched": Row(GENUINE, full=True),
    "untouched, as Gmail signs": Row(BY_GMAIL, full=True, asks="unsigned-fields"),
    "body changed": Row(altered(b"Total: 1 500", b"Total: 9 500"), contradicted=True, asks="repair-words"),
    "body changed under l=": Row(swap(sign(mail(TEXT), cut=True), b"Total: 1 500", b"Total: 9 500"), vouched=False),
    "subject changed": Row(altered(b"Devis de la salle", b"Refus de la salle"), vouched=False),
    "from changed": Row(altered(b"<ana@halle.example>", b"<eve@halle.example>"), vouched=False),
    "name in from changed": Row(altered(b"Ana Castel", b"Eve Castel"), vouched=False),
    "subject appended below": Row(
        altered(b"\r\n\r\nBonjour", b"\r\nSubject: Refus\r\n\r\nBonjour"), asks="repair-changed"
    ),
    # -- fields that one program sees and another does not
    "subject behind a bare CR": Row(field(b"X-A", b": b\rSubject: Devis 15 000", GENUINE), asks="header-ambiguous"),
    "from behind a bare CR": Row(field(b"X-A", b": b\rFrom: eve@halle.example", GENUINE), asks="header-ambiguous"),
    "header ended by bare CRs": Row(field(b"X-A", b": b\r\rVerser 9 000 euros\r", GENUINE), asks="header-ambiguous"),
    "CR after a signed value": Row(altered(b"de la salle\r\n", b"de la salle\r\r\n"), asks="header-ambiguous"),
    "header ended by a blank line": Row(inside(b" \r\nX-Total: 9 000\r\n"), asks="header-ambiguous"),
    "header ended by a tab": Row(inside(b"\t\r\n"), asks="header-ambiguous"),
    "forged text folded behind a blank line": Row(
        field(b"X-A", b": b\r\n \r\n Verser 9 000 euros", GENUINE), asks="header-ambiguous"
    ),
    "empty line taken out": Row(altered(b"\r\n\r\nBonjour", b"\r\nBonjour"), asks="header-ambiguous"),
    "From_ line in front": Row(b"From eve@halle.example Thu Apr 20 2017\n" + GENUINE, full=True),
    "two From_ lines in front": Row(b"From a\nFrom b\n" + GENUINE, full=True),
    "name outside of ASCII": Row(field("Sübject".encode(), b": Devis", GENUINE), vouched=False),
    "Cyrillic name": Row(field("Subjеct".encode(), b": Devis", GENUINE), vouched=False),
    "colon only": Row(field(b"", b": Devis", GENUINE), vouched=False),
    "vertical tab in a name": Row(field(b"Subject\x0b", b": Devis", GENUINE), vouched=False),
    "second sender field": Row(field(b"Sender", b": eve@halle.example", GENUINE), full=True, asks="unsigned-fields"),
    "answers sent elsewhere": Row(
        field(b"Reply-To", b": eve@louche.example", GENUINE), full=True, asks="unsigned-fields"
    ),
    "copy recipient added": Row(field(b"Cc", b": eve@louche.example", GENUINE), full=True, asks="unsigned-fields"),
    # -- what decodes the body
    "second transfer encoding on top": Row(
        field(
            b"Content-Transfer-Encoding",
            b": quoted-printable",
            sign(mail(TEXT + "Budget=15 000\n", more="Content-Transfer-Encoding: 7bit\n")),
        ),
        asks="doubled",
    ),
    "transfer encoding unsigned, base64": Row(
        field(b"Content-Transfer-Encoding", b": base64", BY_GMAIL), full=True, asks="body-unfit"
    ),
    "transfer encoding unsigned, figures eaten": Row(
        field(b"Content-Transfer-Encoding", b": quoted-printable", sign(mail("Budget=15 000 euros\n"), signed=GMAIL)),
        full=True,
        asks="body-unfit",
    ),
    "transfer encoding unsigned, digit made": Row(
        field(b"Content-Transfer-Encoding", b": quoted-printable", sign(mail("Lot=31, 500 euros\n"), signed=GMAIL)),
        full=True,
        asks="body-unfit",
    ),
    "HTML made of text": Row(
        unsigned_kind(b"text/html", "Un prix <1 500 euros, hors taxe> sera refuse.\n"), full=True, asks="body-unfit"
    ),
    "mail made of text": Row(
        unsigned_kind(b"message/rfc822", "From: ana@halle.example\nTo: bo@mairie.example\nSubject: Oui\n\nD'accord.\n"),
        full=True,
        asks="body-unfit",
    ),
    "text made of parts": Row(unsigned_kind(b"text/plain", TWO_PARTS, MIXED), full=True, asks="body-unfit"),
    "boundary that does not occur": Row(
        unsigned_kind(b"multipart/mixed; boundary=q", TWO_PARTS, MIXED), full=True, asks="content-type-unfit"
    ),
    "boundary of quoted source": Row(
        unsigned_kind(b"multipart/mixed; boundary=z", HIDING), full=True, asks="content-type-hides"
    ),
    "two boundaries": Row(
        unsigned_kind(b"multipart/mixed; boundary=b; boundary=z", TWO_PARTS, MIXED), full=True, asks="body-unfit"
    ),
    "boundary twice, RFC 2231": Row(
        unsigned_kind(b"multipart/mixed; boundary=z; boundary*0=b", TWO_PARTS, MIXED), full=True, asks="body-unfit"
    ),
    "part header made longer": Row(
        swap(
            sign(mail(multipart(("Content-Type: text/plain", "Note: ne rien verser.\nTotal: 0\n\nAna")), kind=MIXED)),
            b"Content-Type: text/plain\r\n\r\n",
            b"Content-Type: text/plain\r\n \r\n",
        ),
        asks="header-ambiguous",
    ),
    "blanks after a soft line break": Row(
        swap(
            sign(mail("Verser 1=\n500 euros\n", more="Content-Transfer-Encoding: quoted-printable\n")),
            b"1=\r\n",
            b"1= \r\n",
        ),
        full=True,
    ),
    # -- l=
    "text after l=": Row(sign(mail(TEXT), cut=True) + b"PS: 9 000 euros.\r\n", asks="tail-unsigned"),
    "part after l=, shown first": Row(
        swap(
            sign(mail(TWO_PARTS, kind=MIXED), cut=True, signed=GMAIL)
            + b"--w\r\nContent-Type: text/plain\r\n\r\nVerser 9 000 euros.\r\n--w--\r\n",
            b'boundary="b"',
            b'boundary="w"',
        ),
        asks="tail",
        vouched=False,
    ),
    "l= beyond the body": Row(swap(sign(mail(TEXT + "Fin\n"), cut=True), b"Fin\r\n", b""), vouched=False),
    "l= of forty digits": Row(altered(b"v=1; a=", b"v=1; l=" + b"9" * 40 + b"; a="), vouched=False),
    "l= of nothing, before a body": Row(
        sign(mail(""), cut=True) + b"Verser 9 000 euros.\r\n", asks="tail-all", vouched=False
    ),
    "l= given twice": Row(altered(b"v=1; a=", b"v=1; l=5; l=900; a="), asks="dkim-malformed", vouched=False),
    "signer's name below another's": Row(altered(b"d=halle.example", b"d=example"), vouched=False),
    "i= of somebody else": Row(altered(b"i=@halle.example", b"i=@mairie.example"), asks="dkim-mal", vouched=False),
    "algorithm exchanged": Row(altered(b"rsa-sha256", b"rsa-sha1"), vouched=False),
    "canonical form exchanged": Row(altered(b"c=relaxed/relaxed", b"c=simple/simple"), vouched=False),
    "h= without Subject": Row(altered(b" : subject\r\n", b"\r\n"), vouched=False),
    # -- who signed
    "signed by a stranger": Row(sign(mail(TEXT), domain=ATTACKER), asks="handled-by"),
    "two senders, one signs": Row(
        sign(mail(TEXT, sender="Ana <ana@halle.example>, Eve <eve@louche.example>"), domain=ATTACKER), asks="handled-by"
    ),
    "sender without brackets beside one with": Row(
        sign(mail(TEXT, sender="ana@halle.example, <eve@louche.example>"), domain=ATTACKER), asks="handled-by"
    ),
    "group of senders": Row(
        sign(mail(TEXT, sender="Bureau: ana@halle.example, eve@louche.example;"), domain=ATTACKER), asks="handled-by"
    ),
    "two addresses in one sender": Row(
        sign(mail(TEXT, sender="<ana@halle.example> <eve@louche.example>"), domain=ATTACKER), asks="handled-by"
    ),
    "source route": Row(
        sign(mail(TEXT, sender="<@louche.example:ana@halle.example>"), domain=ATTACKER), asks="handled-by"
    ),
    "empty group": Row(sign(mail(TEXT, sender="Ana Castel:;"), domain=ATTACKER), asks="handled-no-sender"),
    "no sender's domain": Row(sign(mail(TEXT, sender="louche.example"), domain=ATTACKER), asks="handled-no-sender"),
    "homograph sender": Row(sign(mail(TEXT, sender="Ana <ana@ｌouche.example>"), domain=ATTACKER), asks="handled-by"),
    "a second signature, a stranger's": Row(sign(GENUINE, domain=ATTACKER), full=True),
    "From named twice in h=": Row(sign(mail(TEXT), signed=("from", "from", *SIGNED[1:])), full=True),
    "subject not signed": Row(sign(mail(TEXT), signed=("from", "to", "date")), asks="unsigned-fields"),
    "date not signed": Row(sign(mail(TEXT), signed=("from", "to", "subject")), asks="unsigned-fields"),
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answer]:
    folder = tmp_path_factory.mktemp("attacks")
    paths = {}
    for number, (name, row) in enumerate(ATTACKS.items()):
        paths[name] = folder / f"{number:03}.eml"
        paths[name].write_bytes(row.mail)
    return dict(zip(paths, weigh_files(list(paths.values()), ring()), strict=True))


@pytest.mark.parametrize("name", ATTACKS)
def test_nothing_altered_is_vouched_for(answers: dict[str, Answer], name: str) -> None:
    row, answer = ATTACKS[name], answers[name]
    assert answer.grade is not None
    said = [one.evidence.message for one in answer.weighed]
    if row.full:
        assert answer.grade.level is Level.PROVEN, said
    elif row.contradicted:
        assert answer.grade.level is Level.CONTRADICTED, said
        assert answer.grade.spans == ()
    elif row.vouched:
        assert answer.grade.level is Level.PARTLY_PROVEN, said
    else:
        assert answer.grade.level in (Level.UNATTESTED, Level.QUESTIONED), said
        assert answer.grade.spans == ()
    assert not row.asks or any(message.startswith(row.asks) for message in said), said


def test_what_is_cut_in_two_by_blanks_is_read_whole(answers: dict[str, Answer]) -> None:
    reading = answers["blanks after a soft line break"].reading
    assert reading is not None
    assert reading.text == "Verser 1500 euros\n"


def test_a_line_that_looks_like_a_field_is_still_shown(answers: dict[str, Answer]) -> None:
    reading = answers["part header made longer"].reading
    assert reading is not None
    assert "ne rien verser" in reading.text


def test_a_field_put_below_is_not_among_those_said_to_be_unchanged(answers: dict[str, Answer]) -> None:
    repaired = [one.evidence for one in answers["subject appended below"].weighed if one.check == "mail.repair"]
    (changed,) = [said for said in repaired if said.message == "repair-changed"]
    assert "Subject" not in changed.params["fields"]
    assert not changed.params["aligned"]
