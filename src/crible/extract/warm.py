"""Runs every reader once on a document of a few words, so that nothing is left to import, open or load later."""

import io
import tempfile
import zipfile

from crible.extract import language
from crible.extract.image.samples import samples as pictures
from crible.extract.readers import read_file
from crible.extract.sniff import sniff
from crible.sandbox.window import Window

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_VENDOR = "application/vnd.openxmlformats-officedocument."
_WORDS = "Quelques mots pour mettre la machine en train, rien de plus."

PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 37>>stream
BT /F 12 Tf 20 100 Td (Bonjour) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
6 0 obj<</Type/Metadata/Subtype/XML/Length 93>>
stream
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description/></rdf:RDF>
endstream endobj
trailer<</Root 1 0 R/Size 7>>
"""


WAV = b"RIFF\x28\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data\x04\0\0\0\0\0\0\0"


def package(parts: dict[str, tuple[str, str]], relations: dict[str, str] | None = None) -> bytes:
    """A minimal OOXML package: part name to (content type, XML); `relations` by .rels member name to Target."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, (kind, _) in parts.items())
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{_TYPES}">{overrides}</Types>')
        for name, target in (relations or {}).items():
            one = f'<Relationship Id="r1" Type="{_RELATIONS}/{_kind(target)}" Target="{target}"/>'
            archive.writestr(name, f'<Relationships xmlns="{_PACKAGE}">{one}</Relationships>')
        for name, (_, xml) in parts.items():
            archive.writestr(name, xml)
    return buffer.getvalue()


def _kind(target: str) -> str:
    return "slide" if "slide" in target else "worksheet"


def _samples() -> list[bytes]:
    word = f'<document xmlns="w"><p><r><t>{_WORDS}</t></r></p></document>'
    sheet = f'<worksheet><sheetData><row><c t="inlineStr"><is><t>{_WORDS}</t></is></c></row></sheetData></worksheet>'
    book = f'<workbook xmlns:r="{_RELATIONS}"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>'
    show = f'<presentation xmlns:r="{_RELATIONS}"><sldIdLst><sldId r:id="r1"/></sldIdLst></presentation>'
    slide = f'<sld><p xmlns="a"><r><t>{_WORDS}</t></r></p></sld>'
    return [
        PDF,
        package({"w/d.xml": (_VENDOR + "wordprocessingml.document.main+xml", word)}),
        package(
            {
                "x/b.xml": (_VENDOR + "spreadsheetml.sheet.main+xml", book),
                "x/s.xml": (_VENDOR + "spreadsheetml.worksheet+xml", sheet),
            },
            {"x/_rels/b.xml.rels": "s.xml"},
        ),
        package(
            {
                "p/p.xml": (_VENDOR + "presentationml.presentation.main+xml", show),
                "p/slide1.xml": (_VENDOR + "presentationml.slide+xml", slide),
            },
            {"p/_rels/p.xml.rels": "slide1.xml"},
        ),
        f"<html><title>A</title><p>{_WORDS}".encode(),
        _WORDS.encode("utf-16"),
        _WORDS.encode("utf-16-le"),
        "dévoilé".encode("cp1252"),
        "Несколько слов".encode("koi8-r"),
        "Несколько слов".encode("cp1251"),
        _WORDS.encode("utf-32"),
        *pictures(),
        *_older(),
        WAV,
    ]


def _older() -> list[bytes]:
    """Older and open formats; the last is a document whose zip has lost its directory."""
    content = f'<o:c xmlns:o="o"><o:body><o:text><o:p>{_WORDS}</o:p></o:text></o:body></o:c>'
    cell = b"\x04\x02\x0b\0\0\0\0\0\0\0\3\0mot"
    word = f'<document xmlns="w"><p><r><t>{_WORDS}</t></r></p></document>'
    return [
        rb"{\rtf1\ansi\ansicpg1250{\fonttbl{\f0\fcharset128 A;}}\f0\'82\'a0\u233?{\info{\title A}}}",
        _zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}),
        b"\x09\x08\x08\0\0\5\x05\0\0\0\0\0" + cell,
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:L=C3=A9a\r\nEND:VCARD\r\n",
        b'{"a": "\\u00e9t\\u00e9"}',
        b"<?xml version='1.0' encoding='ISO-8859-2'?><a>&#233;</a>",
        package({"word/d.xml": (_VENDOR + "wordprocessingml.document.main+xml", word)})[:-60],
    ]


def _zipped(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def warm_up() -> None:
    """Read each sample through the same door as any document; raises where a library does not work here."""
    language.detect(_WORDS)
    for sample in _samples():
        with tempfile.TemporaryFile() as file:
            file.write(sample)
            file.flush()
            window = Window.whole(file.fileno())
            read_file(window, sniff(window))
