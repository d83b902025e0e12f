"""Files at which the usual reader gives up, and what the other one still finds."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest

from crible.extract import second
from crible.extract.ooxml import DOCX
from crible.extract.readers import READERS, read_file
from crible.extract.sniff import sniff
from crible.extract.zip_salvage import Rebuilt, rebuilt
from crible.intake.detect import detect
from crible.model.errors import Unreadable
from crible.words import render

P = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
BODY = "".join(P.format(f"Paragraphe numéro {at} de la lettre.") for at in range(400))


def of(data):
    return Rebuilt(-1, 0, len(data), data)


def read(data, attempt=0):
    return read_file(of(data), sniff(of(data)), attempt=attempt)


def test_a_document_without_its_directory(docx):
    whole = docx(BODY)
    broken = whole[: whole.rindex(b"PK\1\2") - 200]
    assert detect(broken[:4096], broken[-1024:], "a.docx", of(broken)) is None
    reading = read(broken)
    assert reading.mime == DOCX
    assert reading.text == read(whole).text
    assert reading.file.readers == ("docx", "zip-salvage")
    assert second.DEFECT in reading.file.defects


def test_a_document_cut_in_its_middle_gives_the_first_half(package):
    body = f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{BODY}'
    whole = package({"word/document.xml": body + "</w:body></w:document>"}, compress=zipfile.ZIP_STORED)
    reading = read(whole[: whole.index(b"Paragraphe num\xc3\xa9ro 200 ")])
    assert "numéro 199" in reading.text
    assert "numéro 201" not in reading.text


def test_a_document_type_is_left_out_never_resolved(package):
    body = (
        '<!DOCTYPE x [<!ENTITY e "secret">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/'
        f'main"><w:body>{P.format("avant &e; après")}</w:body></w:document>'
    )
    assert read(package({"word/document.xml": body})).text == "avant  après"


def test_what_no_reader_reads_keeps_the_first_ones_reason(docx):
    data = docx(P.format("x"))
    with pytest.raises(Unreadable) as raised:
        read(data[: data.index(b"word/document.xml") + 20])
    assert raised.value.code == "corrupt"
    assert raised.value.params["reader"] == "docx"


def test_whole_documents_have_one_reader(docx):
    assert read(docx(P.format("x"))).file.readers == ()


def test_the_first_reader_is_not_asked_again_once_a_child_died(docx):
    assert read(docx(P.format("x")), attempt=1).file.readers == ("docx", "zip-salvage")


def test_encrypted_is_an_answer(docx):
    def locked(_):
        raise Unreadable("encrypted")

    with pytest.raises(Unreadable, match="encrypted"):
        second.read(locked, of(docx(P.format("x"))), DOCX, 0)


def test_every_second_reader_has_a_first_and_the_defect_its_sentence():
    assert set(second.SECOND) <= set(READERS)
    for language in ("en", "fr"):
        assert render("ledger", second.DEFECT, {}, language) != second.DEFECT


def test_a_bomb_in_a_broken_zip_is_dropped():
    engine = zlib.compressobj(9, wbits=-15)
    packed = b"".join(engine.compress(bytes(1 << 20)) for _ in range(100)) + engine.flush()
    header = b"PK\3\4" + struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, 0, len(packed), 100 << 20, 5, 0) + b"a.xml"
    with zipfile.ZipFile(BytesIO(rebuilt(of(header + packed)))) as archive:
        assert archive.namelist() == []
