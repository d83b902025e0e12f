"""Windows on bytes, and Office packages written by hand: part name to content."""

import io
import zipfile

import pytest

from crible.sandbox.window import Window

VENDOR = "application/vnd.openxmlformats-officedocument."
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
SHOW = "http://schemas.openxmlformats.org/presentationml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
    "<dc:title>Budget de mars</dc:title><dc:creator>Hélène Marchand</dc:creator>"
    "<cp:lastModifiedBy>Roman Petrov</cp:lastModifiedBy><cp:revision>7</cp:revision>"
    "<dcterms:created>2007-03-01T08:00:00Z</dcterms:created>"
    "<dcterms:modified>2017-03-27T14:05:09+02:00</dcterms:modified></cp:coreProperties>"
)
APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Microsoft Office Word</Application><AppVersion>15.0000</AppVersion>"
    "<Company>Atelier du Nord</Company></Properties>"
)
KINDS = {
    "word/document.xml": VENDOR + "wordprocessingml.document.main+xml",
    "word/header1.xml": VENDOR + "wordprocessingml.header+xml",
    "word/footer1.xml": VENDOR + "wordprocessingml.footer+xml",
    "word/footnotes.xml": VENDOR + "wordprocessingml.footnotes+xml",
    "word/comments.xml": VENDOR + "wordprocessingml.comments+xml",
    "xl/workbook.xml": VENDOR + "spreadsheetml.sheet.main+xml",
    "xl/sharedStrings.xml": VENDOR + "spreadsheetml.sharedStrings+xml",
    "xl/styles.xml": VENDOR + "spreadsheetml.styles+xml",
    "ppt/presentation.xml": VENDOR + "presentationml.presentation.main+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": VENDOR + "extended-properties+xml",
}
FOLDERS = {
    "xl/worksheets/": VENDOR + "spreadsheetml.worksheet+xml",
    "ppt/slides/": VENDOR + "presentationml.slide+xml",
    "ppt/notesSlides/": VENDOR + "presentationml.notesSlide+xml",
}


@pytest.fixture
def window(tmp_path):
    """A window on bytes, as a reader gets it."""
    count = 0
    files = []

    def open_on(data: bytes, before: bytes = b"", after: bytes = b"") -> Window:
        nonlocal count
        count += 1
        path = tmp_path / f"untrusted-{count}"
        path.write_bytes(before + data + after)
        files.append(path.open("rb"))
        return Window(files[-1].fileno(), len(before), len(data))

    yield open_on
    for file in files:
        file.close()


def kind_of(name: str) -> str:
    return KINDS.get(name) or next((kind for folder, kind in FOLDERS.items() if name.startswith(folder)), "")


@pytest.fixture
def package():
    """An OOXML package from its parts (XML as text) and, by part, its relationships: id to (type, target)."""

    def build(parts, relations=None, compress=zipfile.ZIP_DEFLATED):
        buffer = io.BytesIO()
        main = next((name for name in parts if kind_of(name).endswith(".main+xml")), "")
        links = {"": {"rId1": ("officeDocument", main)}, **(relations or {})}
        types = "".join(
            f'<Override PartName="/{name}" ContentType="{kind_of(name)}"/>' for name in parts if kind_of(name)
        )
        with zipfile.ZipFile(buffer, "w", compress) as archive:
            archive.writestr(
                "[Content_Types].xml",
                f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{types}</Types>',
            )
            for part, ids in links.items():
                folder, _, base = part.rpartition("/")
                rows = "".join(
                    f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
                    for key, (kind, target) in ids.items()
                )
                archive.writestr(
                    f"{folder}/_rels/{base}.rels".lstrip("/"),
                    f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}'
                    "</Relationships>",
                )
            for name, content in parts.items():
                archive.writestr(name, content)
        return buffer.getvalue()

    return build


@pytest.fixture
def docx(package):
    """A Word document with this body and these other parts."""

    def build(body, **parts):
        extra = {f"word/{name}.xml": f'<w:x xmlns:w="{WORD}">{xml}</w:x>' for name, xml in parts.items()}
        return package(
            {
                "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
                "docProps/core.xml": CORE,
                "docProps/app.xml": APP,
                **extra,
            }
        )

    return build


@pytest.fixture
def xlsx(package):
    """A workbook: sheets as (name, state, rows as XML), with shared strings and styles."""

    def build(sheets, strings="", styles="", workbook=""):
        listed = "".join(
            f'<sheet name="{name}" sheetId="{at}" state="{state}" r:id="rId{at}"/>'
            for at, (name, state, _) in enumerate(sheets, 1)
        )
        parts = {
            "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{RELATIONS}">{workbook}'
            f"<sheets>{listed}</sheets></workbook>",
            "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">{strings}</sst>',
            "xl/styles.xml": f'<styleSheet xmlns="{SHEET}">{styles}</styleSheet>',
        }
        for at, (_, _, rows) in enumerate(sheets, 1):
            parts[f"xl/worksheets/sheet{at}.xml"] = (
                f'<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>'
            )
        ids = {f"rId{at}": ("worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(sheets) + 1)}
        ids |= {"rIdS": ("sharedStrings", "sharedStrings.xml"), "rIdT": ("styles", "styles.xml")}
        return package(parts, {"xl/workbook.xml": ids})

    return build


@pytest.fixture
def pptx(package):
    """A presentation: slides as texts in the order shown, stored in the opposite order; notes by number."""

    def build(slides, notes=()):
        def page(text, root, show=""):
            lines = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in text.split("\n"))
            return f'<p:{root} xmlns:p="{SHOW}" xmlns:a="{DRAWING}"{show}><p:txBody>{lines}</p:txBody></p:{root}>'

        count = len(slides)
        parts = {
            "ppt/presentation.xml": f'<p:presentation xmlns:p="{SHOW}" xmlns:r="{RELATIONS}"><p:sldIdLst>'
            + "".join(f'<p:sldId id="{256 + at}" r:id="rId{at}"/>' for at in range(count))
            + "</p:sldIdLst></p:presentation>"
        }
        for at, text in enumerate(slides):
            hidden = ' show="0"' if text.startswith("hidden") else ""
            parts[f"ppt/slides/slide{count - at}.xml"] = page(text, "sld", hidden)
        for at, text in enumerate(notes):
            parts[f"ppt/notesSlides/notesSlide{at + 1}.xml"] = page(text, "notes")
        ids = {f"rId{at}": ("slide", f"slides/slide{count - at}.xml") for at in range(count)}
        return package(parts, {"ppt/presentation.xml": ids})

    return build


@pytest.fixture
def pdf():
    """A PDF: one page per text (empty: a page without any), an information dictionary, extra trailer entries."""

    def build(pages, info="", trailer=""):
        objects = {1: b"<</Type/Catalog/Pages 2 0 R>>", 3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"}
        kids = []
        for at, text in enumerate(pages):
            page, stream = 10 + 2 * at, f"BT /F 12 Tf 20 200 Td ({text}) Tj ET".encode("latin-1") if text else b""
            kids.append(f"{page} 0 R")
            objects[page] = (
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents {page + 1} 0 R"
                "/Resources<</Font<</F 3 0 R>>>>>>"
            ).encode()
            objects[page + 1] = b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream)
        objects[2] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
        objects[4] = f"<<{info}>>".encode("latin-1")
        out = b"%PDF-1.5\n" + b"".join(b"%d 0 obj%b endobj\n" % each for each in sorted(objects.items()))
        return out + f"trailer<</Root 1 0 R/Info 4 0 R/Size 99{trailer}>>\n%%EOF\n".encode()

    return build


@pytest.fixture(scope="session")
def office_files(unpack, tmp_path_factory):
    """Paths of the real Office files with these endings, in a fixed order."""
    target = unpack("office", tmp_path_factory.mktemp("office"))
    return lambda *endings: sorted(path for path in target.rglob("*") if path.suffix.lower() in endings)
