"""What a docx and an xlsx share: the package (ECMA-376 part 2), its relations and its core properties."""

import io
import zipfile
from dataclasses import dataclass
from xml.sax.saxutils import escape

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# Word and Excel themselves write this date into every entry.
ENTRY_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Origin:
    """Core properties; instants as ISO 8601 in UTC, `2017-03-14T09:15:00Z`."""

    title: str
    author: str
    saved_by: str
    created: str
    modified: str


def package(main: str, main_type: str, parts: dict[str, str], types: dict[str, str], origin: Origin) -> bytes:
    """The zip: `parts` are name to XML, `types` part name to content type, `main` the part the file opens with."""
    overrides = {
        main: main_type,
        **types,
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    entries = {
        "[Content_Types].xml": _types(overrides),
        "_rels/.rels": relations(
            (f"{OFFICE}/officeDocument", main),
            (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        **parts,
        "docProps/core.xml": _core(origin),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in entries.items():
            entry = zipfile.ZipInfo(name, ENTRY_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
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
