import io
import struct
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crible.extract import magic, ooxml
from crible.extract.sniff import sniff

FREE, END = 0xFFFFFFFF, 0xFFFFFFFE


def compound(*names, sector=512):
    """An OLE2 file whose root holds these streams, as a chain of right siblings over several directory sectors."""
    entries = [("Root Entry", FREE, FREE, 1), *((name, FREE, at + 2, FREE) for at, name in enumerate(names))]
    entries[-1] = (entries[-1][0], FREE, FREE, FREE)
    directory = b""
    for name, left, right, child in entries:
        raw = name.encode("utf-16-le")
        directory += raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw) + 2, 2, 1, left, right, child) + bytes(48)
    directory += bytes(-len(directory) % sector)
    count = len(directory) // sector
    fat = [0xFFFFFFFD, *range(2, count + 1), END]
    header = bytearray(sector)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, sector.bit_length() - 1)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<109I", header, 76, 0, *[FREE] * 108)
    return bytes(header) + struct.pack(f"<{len(fat)}I", *fat).ljust(sector, b"\xff") + directory


def zipped(members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(("streams", "mime"), [
    (["WordDocument", "1Table"], "application/msword"), (["BOOK"], "application/vnd.ms-excel"),
    (["\5SummaryInformation", "Workbook"], "application/vnd.ms-excel"),
    (["PowerPoint Document"], "application/vnd.ms-powerpoint"),
    (["__nameid_version1.0", "__properties_version1.0"], "application/vnd.ms-outlook"),
    (["EncryptionInfo", "EncryptedPackage"], magic.OOXML_ENCRYPTED),
    ([*(f"__recip_version1.0_#{at:08X}" for at in range(40)), "__properties_version1.0"], "application/vnd.ms-outlook"),
    (["Contents"], "application/x-ole-storage"),
])  # fmt: skip
def test_compound_files_by_their_streams(window, streams, mime):
    assert sniff(window(compound(*streams))) == mime


def test_a_compound_file_that_loops_ends(window):
    data = bytearray(compound("a", "b", "WordDocument"))
    struct.pack_into("<I", data, 512 + 4, 1)  # the directory's sector follows itself
    struct.pack_into("<I", data, 1024 + 128 + 72, 1)  # "a" is its own right sibling
    assert sniff(window(bytes(data))) == "application/x-ole-storage"


@pytest.mark.parametrize(("kind", "mime"), [
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", ooxml.DOCX),
    ("application/vnd.ms-word.document.macroEnabled.main+xml", ooxml.DOCX),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml", ooxml.XLSX),
    ("application/vnd.ms-excel.sheet.macroEnabled.main+xml", ooxml.XLSX),
    ("application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml", ooxml.PPTX),
    ("application/vnd.ms-excel.sheet.binary.macroEnabled.main",
     "application/vnd.ms-excel.sheet.binary.macroEnabled.12"),
    ("application/x-unheard-of", "application/zip"),
])  # fmt: skip
def test_packages_by_their_main_part(window, kind, mime):
    types = f'<Types><Override PartName="/x" ContentType="{kind}"/></Types>'
    assert sniff(window(zipped({"[Content_Types].xml": types}))) == mime


@pytest.mark.parametrize(("members", "mime"), [
    ({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""},
     "application/vnd.oasis.opendocument.text"),
    ({"mimetype": "application/epub+zip\n"}, "application/epub+zip"), ({"mimetype": "<script>"}, "application/zip"),
    ({"a.txt": "bonjour"}, "application/zip"),
])  # fmt: skip
def test_other_zips(window, members, mime):
    assert sniff(window(zipped(members))) == mime


def test_a_package_without_its_directory_is_still_named(window, docx):
    assert sniff(window(docx("<w:p/>")[:-60])) == ooxml.DOCX


@pytest.mark.parametrize(("data", "mime"), [
    (b"%PDF-1.4\n%\xe2\xe3", "application/pdf"), (b"\xef\xbb\xbf\r\n%PDF-1.4\n1 0 obj<<>>", "application/pdf"),
    (b"The header %PDF-1.4 opens a file.", "text/plain"), (b"{\\rtf1\\ansi", "application/rtf"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"), (b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp"),
    (b"RIFF\x24\0\0\0WAVEfmt ", "audio/wav"), (b"\0\0\0\x18ftypheic\0\0", "image/heic"),
    (b"\0\0\0\x18ftypisom\0\0", "video/mp4"), (b"BMW est une marque.", "text/plain"),
    (b"BM\x3a\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", "image/bmp"),
    (b"7z\xbc\xaf\x27\x1c\0\4", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07\x01\0", "application/vnd.rar"), (b"!BDN\0\0", "application/vnd.ms-outlook-pst"),
    (b"0\x82\x01\0\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03\xa0", "application/pkcs7-mime"),
    (b"0\x82\x01\0\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0", "application/pkcs7-signature"),
    (b"\0" * 32769 + b"CD001\1", "application/x-iso9660-image"),
    (b"<!DOCTYPE html><p>", "text/html"), (b"\n <!-- a --> <HTML lang=fr>", "text/html"),
    (b'<?xml version="1.0"?><html xmlns="x">', "text/html"), (b"<p>bonjour", "text/html"),
    ("<html><p>é".encode("utf-16"), "text/html"), (b"<?xml version='1.0'?><a:b/>", "text/xml"),
    (b'<?xml version="1.0"?><!-- x --><svg xmlns="y">', "image/svg+xml"), (b"<note>a</note>", "text/xml"),
    (b"<3 merci", "text/plain"), (b"<jean@exemple.example> a dit", "text/plain"),
    (b'{"a": 1}', "application/json"), (b'[{"a"', "application/json"), (b"[1] voir note", "text/plain"),
    (b"BEGIN:VCALENDAR\r\n", "text/calendar"), (b"BEGIN:VCARD\r\n", "text/vcard"),
    (b"-----BEGIN PGP MESSAGE-----\n", "application/pgp-encrypted"),
    (b"-----BEGIN PGP SIGNED MESSAGE-----\n", "text/plain"),
    (b"From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\n\r\nok", "message/rfc822"),
    ("Où ?".encode("cp1252"), "text/plain"), (b"\x01\x02\x03\x04", "application/octet-stream"),
    (b"", "application/x-empty"),
])  # fmt: skip
def test_first_bytes(window, data, mime):
    assert sniff(window(data)) == mime


@pytest.mark.parametrize(("data", "name", "mime"), [
    (b"a;b\n1;2\n", "liste.CSV", "text/csv"), (b"a\tb\n", "liste.tsv", "text/tab-separated-values"),
    (b"a;b\n", "liste.txt", "text/plain"), (b"\x89PNG\r\n\x1a\n", "liste.csv", "image/png"),
    (b"%PDF-1.4\n", "rapport.docx", "application/pdf"),
])  # fmt: skip
def test_a_name_only_chooses_among_texts(window, data, name, mime):
    assert sniff(window(data), name) == mime


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-1.", b"<", b"\xff\xfe"]),
    st.binary(),
)
def test_any_bytes_have_a_type(window, start, rest):
    assert "/" in sniff(window(start + rest))
