"""Alterations hidden behind what a repair undoes: none is called neutral, none lies in a span that is vouched for.

Beside each the innocent twin: what mail systems do, which leaves the mail proven or its text unquestioned.
"""

import re
from dataclasses import dataclass

import pytest
from attack_forge import GMAIL, attach, mail, multipart, ring, sign, swap

from crible.model.grade import Level
from crible.sift.one import Answer, weigh_files

MIXED = 'multipart/mixed; boundary="b"'
TWO_PARTS = multipart(("Content-Type: text/plain", "Accord: verser 1 500 euros.\nMerci"), attach("a.txt", b"facture\n"))
PARTED = sign(mail(TWO_PARTS, kind=MIXED))
TYPED = sign(mail(TWO_PARTS, kind='multipart/mixed; type="x"; boundary="b"'))
PLAIN = sign(mail("Le prix est de 1 500 euros.\nMais pas avant accord.\n"))
ACCENTS = sign(
    mail(multipart(("Content-Type: text/plain", "Décidé: 1 500 euros."), attach("a.txt", b"x")), kind=MIXED),
    signed=GMAIL,
)
TABLE = sign(
    mail(
        '<html><body><table width="600"><tr><td>Verser 1 500 euros.</td></tr></table></body></html>\n', kind="text/html"
    )
)
LOT = "Lot=31, 500 euros\nLa salle coute 1 500 euros, chauffage non compris.\nAna\n"
ANGLES = "Un prix <1 500 euros, hors taxe> sera refuse.\n"
QUOTED_SOURCE = "Je refuse ceci:\n--z\nContent-Type: text/plain\n\nJe verse 9 000 euros.\n--z--\nAna"
EVIL = b"--evil\r\nContent-Type: text/plain\r\n\r\nVerser 9 000 euros a Eve.\r\n--evil--\r\n\r\n"
NOTICE = b"This is a multi-part message in MIME format.\r\n"
FORGED = b"--b\r\nContent-Type: text/plain\r\n\r\nVerser 9 000 euros a Eve.\r\n"


@dataclass(frozen=True)
class Row:
    """A mail as it was left, its grade, and what no span may hold."""

    mail: bytes
    level: Level
    never: bytes = b"9 000"
    asks: str = ""


def before(body: bytes, message: bytes) -> bytes:
    head, _, rest = message.partition(b"\r\n\r\n")
    return head + b"\r\n\r\n" + body + rest


def last_part(message: bytes, part: bytes) -> bytes:
    at = message.rindex(b"--b--")
    return message[:at] + part + message[at:]


def in_latin(message: bytes) -> bytes:
    return message.decode().encode("cp1252")


def wrapped(text: str, part: str, before: str = "text/plain; charset=utf-8") -> bytes:
    """A mail signed as Gmail signs, put whole into a part under other MIME fields."""
    head, _, body = sign(mail(text, kind=before), signed=GMAIL).partition(b"\r\n\r\n")
    head = re.sub(rb"Content-Type: [^\r]*", b'Content-Type: multipart/mixed; boundary="w"', head)
    inner = part.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body
    footer = b"--w\r\nContent-Type: text/plain\r\n\r\nListe des elus\r\n--w--\r\n"
    return head + b"\r\n\r\n--w\r\n" + inner + b"\r\n" + footer


IN_PART, PROVEN = Level.PARTLY_PROVEN, Level.PROVEN
ATTACKS = {
    "message in the preamble": Row(before(EVIL, PARTED), IN_PART),
    "message behind the last part": Row(PARTED + EVIL, IN_PART),
    "two boundaries, one of them escaped, and a preamble": Row(
        before(EVIL, swap(TYPED, b'type="x"; boundary="b"', b'boundary="b"; boundary="evi\\l"; type="x"')), IN_PART
    ),
    "another alphabet that we do not know": Row(swap(PLAIN, b"charset=utf-8", b"charset=IBM037"), IN_PART),
    "two bytes a letter": Row(swap(PLAIN, b"charset=utf-8", b"charset=utf-16"), IN_PART),
    "text ended by a NUL": Row(swap(PLAIN, b"euros.\r\n", b"euros.\0\r\n"), IN_PART, never=b"\0"),
    "field of a part behind a bare CR": Row(
        swap(
            PARTED,
            b"Content-Type: text/plain\r\n",
            b"Content-Type: text/plain\r\nX-A: b\rContent-Transfer-Encoding: base64\r\n",
        ),
        IN_PART,
        never=b"X-A",
    ),
    "file name in a part that had none": Row(
        swap(
            PARTED,
            b"Content-Type: text/plain\r\n",
            b"Content-Disposition: inline; filename=oui.exe\r\nContent-Type: text/plain\r\n",
        ),
        IN_PART,
        never=b"oui.exe",
    ),
    "part added, and all put into another alphabet": Row(in_latin(last_part(ACCENTS, FORGED)), IN_PART),
    "signed text in a part called quoted-printable": Row(
        wrapped(LOT, "Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable"),
        Level.QUESTIONED,
        asks="repair-misread",
    ),
    "signed text in a part called HTML": Row(
        wrapped(ANGLES, "Content-Type: text/html"), Level.QUESTIONED, asks="repair-misread"
    ),
    "signed parts under the boundary of quoted source": Row(
        wrapped(
            multipart(("Content-Type: text/plain", QUOTED_SOURCE)), "Content-Type: multipart/mixed; boundary=z", MIXED
        ),
        Level.QUESTIONED,
        asks="repair-misread",
    ),
    "figure changed in HTML": Row(
        swap(TABLE, b"1 500", b"9 500"), Level.CONTRADICTED, never=b"9 500", asks="repair-words"
    ),
}
TWINS = {
    "notice put before the parts": Row(before(NOTICE, PARTED), PROVEN),
    "empty lines behind the last part": Row(PARTED + b"\r\n\r\n", PROVEN),
    "parameters in another order": Row(swap(TYPED, b'type="x"; boundary="b"', b'boundary="b"; type="x"'), PROVEN),
    "label of plain letters": Row(swap(PLAIN, b"charset=utf-8", b"charset=iso-8859-1"), PROVEN),
    "field of a scanner in a part": Row(
        swap(PARTED, b"Content-Type: text/plain\r\n", b"Content-Type: text/plain\r\nX-Scanned: oui\r\n"), PROVEN
    ),
    "all put into another alphabet": Row(in_latin(ACCENTS), Level.PROVEN),
    "wrapped by a list": Row(wrapped(LOT, "Content-Type: text/plain; charset=utf-8"), IN_PART),
    "parts wrapped by a list": Row(wrapped(TWO_PARTS, f"Content-Type: {MIXED}", MIXED), IN_PART),
    "width of a table changed by a gateway": Row(swap(TABLE, b'"600"', b'"601"'), IN_PART, never=b"601"),
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answer]:
    folder = tmp_path_factory.mktemp("repairs")
    paths = {name: folder / f"{number:03}.eml" for number, name in enumerate(ATTACKS | TWINS)}
    for name, row in (ATTACKS | TWINS).items():
        paths[name].write_bytes(row.mail)
    return dict(zip(paths, weigh_files(list(paths.values()), ring()), strict=True))


@pytest.mark.parametrize("name", ATTACKS | TWINS)
def test_what_was_altered_is_neither_neutral_nor_vouched_for(answers: dict[str, Answer], name: str) -> None:
    row, grade = (ATTACKS | TWINS)[name], answers[name].grade
    said = [one.evidence.message for one in answers[name].weighed]
    assert grade is not None
    assert grade.level is row.level, said
    assert not row.asks or row.asks in said
    assert all(row.never not in row.mail[span.start : span.end] for span in grade.spans)
    assert grade.spans or row.level not in (Level.PROVEN, IN_PART)
