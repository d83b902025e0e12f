"""What a docx and an xlsx share: the package (ECMA-376 part 2), its relations and its properties."""

import io
import zipfile
from dataclasses import dataclass
from xml.sax.saxutils import escape

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# Word and Excel themselves write this date into every entry, and these versions of host and format.
ENTRY_DATE = (1980, 1, 1, 0, 0, 0)
FAT, FORMAT = 0, 45
PROGRAMS = {
    "word/document.xml": ("Microsoft Office Word", "16.0000"),
    "xl/workbook.xml": ("Microsoft Excel", "16.0300"),
}
HEADINGS = {
    "word/document.xml": {"fr": "Titre", "ru": "Название", "nl": "Titel"},
    "xl/workbook.xml": {"fr": "Feuilles de calcul", "ru": "Листы", "nl": "Werkbladen"},
}
"""How the program that saved last names the document's parts: in the language of its own menus."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Core properties; instants as ISO 8601 in UTC, `2017-03-14T09:15:00Z`."""

    title: str
    author: str
    saved_by: str
    created: str
    modified: str
    language: str = "fr"
    """Of the menus of the program that saved last."""


def package(main: str, main_type: str, parts: dict[str, str], types: dict[str, str], origin: Origin) -> bytes:
    """The zip: `parts` are name to XML, `types` part name to content type, `main` the part the file opens with."""
    overrides = {
        main: main_type,
        **types,
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    entries = {
        "[Content_Types].xml": _types(overrides),
        "_rels/.rels": relations(
            (f"{OFFICE}/officeDocument", main),
            (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{OFFICE}/extended-properties", "docProps/app.xml"),
        ),
        **parts,
        "docProps/core.xml": _core(origin),
        "docProps/app.xml": _extended(main, origin.language),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in entries.items():
            entry = zipfile.ZipInfo(name, ENTRY_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.create_version = FAT, FORMAT
            archive.writestr(entry, HEAD + text)
    return buffer.getvalue()


def relations(*targets: tuple[str, str]) -> str:
    """A relationships part: (type, target) numbered from rId1."""
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def _types(overrides: dict[str, str]) -> str:
    rows = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )


def _core(origin: Origin) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(origin.title)}</dc:title><dc:creator>{escape(origin.author)}</dc:creator>"
        f"<cp:lastModifiedBy>{escape(origin.saved_by)}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{origin.created}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{origin.modified}</dcterms:modified></cp:coreProperties>'
    )


def _extended(main: str, language: str) -> str:
    program, version = PROGRAMS[main]
    return (
        f'<Properties xmlns="{OFFICE.replace("relationships", "extended-properties")}" '
        f'xmlns:vt="{OFFICE.replace("relationships", "docPropsVTypes")}">'
        f"<Application>{program}</Application><DocSecurity>0</DocSecurity>"
        f'<HeadingPairs><vt:vector size="2" baseType="variant"><vt:variant><vt:lpstr>{HEADINGS[main][language]}'
        "</vt:lpstr></vt:variant><vt:variant><vt:i4>1</vt:i4></vt:variant></vt:vector></HeadingPairs>"
        f"<AppVersion>{version}</AppVersion></Properties>"
    )
