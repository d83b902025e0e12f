"""Documents that open with a password, made here by qpdf and msoffcrypto; Office's own are among the corpora."""

import io
import random
import tarfile

import msoffcrypto
import pikepdf
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from crible.demo.paper.pdf import Line, pdf
from crible.extract.magic import OOXML_ENCRYPTED
from crible.extract.readers import read_file
from crible.extract.sniff import sniff
from crible.extract.unlock import unlock
from crible.extract.warm import package
from crible.intake.budget import Budget
from crible.model.entry import Begin, Closed, End
from crible.model.errors import Unreadable
from crible.model.ledger import State

WORDS = "Le budget de la campagne"
NOISE = "".join(random.Random(7).choices("abcdefghijklmnopqrstuvwxyz ", k=12_000))
"""msoffcrypto writes packages of less than 4 kB in a way it cannot read again."""
WORD = package(
    {
        "w/d.xml": (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            f'<document xmlns="w"><p><r><t>{WORDS} {NOISE}</t></r></p></document>',
        )
    }
)


def locked_pdf(user: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf([[Line(60, 700, WORDS)]], "", "", "20170314101500"))) as document:
        document.save(out, encryption=pikepdf.Encryption(user=user, owner="other", R=6))
    return out.getvalue()


def locked_word(password: str) -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(WORD)).encrypt(password, out)
    return out.getvalue()


@pytest.mark.parametrize(("make", "name"), [(locked_pdf, "avis.pdf"), (locked_word, "note.docx")])
def test_the_document_in_clear_is_a_member(make, name, window):
    opened = window(make("sésame"))
    mime = sniff(opened, name)
    begin, *chunks, end, closed = unlock(opened, mime, name, Budget(passwords=("wrong", "sésame")))
    clear = b"".join(chunks)
    assert isinstance(begin, Begin)
    assert (begin.ordinal, begin.name, begin.declared) == (0, name, len(clear))
    assert (end, closed) == (End(len(clear)), Closed(1))
    inner = window(clear)
    assert WORDS in read_file(inner, sniff(inner, name), name).text


@pytest.mark.parametrize(("make", "name"), [(locked_pdf, "avis.pdf"), (locked_word, "note.docx")])
@pytest.mark.parametrize("passwords", [(), ("wrong",)])
def test_no_password_fits(make, name, passwords, window):
    opened = window(make("sésame"))
    with pytest.raises(Unreadable) as refused:
        unlock(opened, sniff(opened, name), name, Budget(passwords=passwords))
    assert refused.value.state is State.ENCRYPTED


def test_the_same_file_gives_the_same_bytes(window):
    opened = window(locked_pdf("a"))
    given = Budget(passwords=("a",))
    first = list(unlock(opened, "application/pdf", "x", given))
    assert first == list(unlock(opened, "application/pdf", "x", given))


def test_a_workbook_nobody_typed_a_password_for_opens_by_itself(window):
    """Excel encrypts a workbook whose structure alone is protected with a password of its own."""
    opened = window(locked_word("VelvetSweatshop"))
    assert len(list(unlock(opened, OOXML_ENCRYPTED, "x", Budget()))) == 4


def test_what_knows_no_password_stays_encrypted(window):
    with pytest.raises(Unreadable):
        unlock(window(b"x"), "application/pgp-encrypted", "x", Budget(passwords=("a",)))


REAL = {
    "password_password_cryptoapi.doc": "password",
    "testWORD_protected_passtika.docx": "tika",
    "testPPT_protected_passtika.pptx": "tika",
    "testEXCEL_protected_passtika_2.xlsx": "tika",
}


@pytest.mark.corpora
def test_files_that_office_encrypted(window, corpora):
    met = set()
    with tarfile.open(corpora / "office.tar.xz") as archive:
        for member in archive:
            name = member.name.rpartition("/")[2]
            if name in REAL:
                opened = window(archive.extractfile(member).read())
                entries = list(unlock(opened, sniff(opened, name), name, Budget(passwords=("no", REAL[name]))))
                inner = window(b"".join(piece for piece in entries if isinstance(piece, bytes)))
                assert read_file(inner, sniff(inner, name), name).text.strip(), name
                met.add(name)
    assert met == set(REAL)


def test_msoffcrypto_checks_the_password():
    """What `unlock` leans on: a wrong password raises rather than giving rubbish."""
    file = msoffcrypto.OfficeFile(io.BytesIO(locked_word("a")))
    with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
        file.load_key(password="b", verify_password=True)
