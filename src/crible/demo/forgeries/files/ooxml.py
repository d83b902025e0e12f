"""What Word's and Excel's files share (ECMA-376 part 2): properties, the package, and the manners of packing it."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from xml.sax.saxutils import escape

from crible.demo.paper.ooxml import HEAD, OFFICE, PACKAGE, relations

Manner = Literal["office", "python", "7-zip"]
"""Who packed the zip: the program itself, a library, or somebody who opened and closed it by hand."""
THEMES = {"fr": "Thème Office", "en": "Office Theme", "ru": "Тема Office"}
CORE = "application/vnd.openxmlformats-package.core-properties+xml"
EXTENDED = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


@dataclass(frozen=True, slots=True)
class Props:
    """What a file says of itself."""

    author: str
    created: datetime
    saved: datetime
    saved_by: str = ""
    """Empty: the author."""
    language: str = "fr"
    """Of the menus of the program that saved last."""
    born: str = "fr"
    """Of the program that the file was begun in."""
    title: str = ""
    company: str = ""
    minutes: int = 14
    revision: int = 3


def core(props: Props, *, counted: bool = True) -> str:
    """`docProps/core.xml`; Excel keeps no count of revisions."""
    revision = f"<cp:revision>{props.revision}</cp:revision>" if counted else ""
    title = f"<dc:title>{escape(props.title)}</dc:title>" if props.title else ""
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{title}<dc:creator>{escape(props.author)}</dc:creator>"
        f"<cp:lastModifiedBy>{escape(props.saved_by or props.author)}</cp:lastModifiedBy>{revision}"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{_moment(props.created)}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{_moment(props.saved)}</dcterms:modified></cp:coreProperties>'
    )


def extended(program: str, version: str, props: Props, heading: str, parts: Sequence[str], counts: str = "") -> str:
    """`docProps/app.xml`; `heading` names `parts` in the language of the menus, `counts` is what else Word writes."""
    pairs = ""
    if parts:
        names = "".join(f"<vt:lpstr>{escape(part)}</vt:lpstr>" for part in parts)
        pairs = (
            f'<HeadingPairs><vt:vector size="2" baseType="variant"><vt:variant><vt:lpstr>{heading}</vt:lpstr>'
            f"</vt:variant><vt:variant><vt:i4>{len(parts)}</vt:i4></vt:variant></vt:vector></HeadingPairs>"
            f'<TitlesOfParts><vt:vector size="{len(parts)}" baseType="lpstr">{names}</vt:vector></TitlesOfParts>'
        )
    return (
        f'<Properties xmlns="{OFFICE.replace("relationships", "extended-properties")}" '
        f'xmlns:vt="{OFFICE.replace("relationships", "docPropsVTypes")}">{counts}'
        f"<Application>{program}</Application><DocSecurity>0</DocSecurity><ScaleCrop>false</ScaleCrop>{pairs}"
        f"<Company>{escape(props.company)}</Company><LinksUpToDate>false</LinksUpToDate><SharedDoc>false</SharedDoc>"
        f"<HyperlinksChanged>false</HyperlinksChanged><AppVersion>{version}</AppVersion></Properties>"
    )


def theme(language: str) -> str:
    """The theme's name is given where the file is begun, and stays."""
    return (
        f'<a:theme xmlns:a="{_A}" name="{THEMES[language]}"><a:themeElements><a:clrScheme name="Office"><a:dk1>'
        '<a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>'
        '</a:clrScheme><a:fontScheme name="Office"><a:majorFont><a:latin typeface="Calibri Light"/></a:majorFont>'
        '<a:minorFont><a:latin typeface="Calibri"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>'
    )


def package(main: str, types: Mapping[str, str], parts: Mapping[str, str], manner: Manner, packed: datetime) -> bytes:
    """The file: `parts` by name in the program's order, `types` their content types, `main` what opens first.

    `packed`: when somebody packed it by hand; the programs themselves write 1 January 1980.
    """
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items())
    content = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    root = relations(
        (f"{OFFICE}/officeDocument", main),
        (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        (f"{OFFICE}/extended-properties", "docProps/app.xml"),
    )
    entries = {"[Content_Types].xml": content, "_rels/.rels": root, **parts}
    # An archiver walks a folder: its names come in the order of the alphabet.
    names = sorted(entries) if manner == "7-zip" else list(entries)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(_entry(name, manner, packed), HEAD + entries[name])
    return buffer.getvalue()


def _entry(name: str, manner: Manner, packed: datetime) -> zipfile.ZipInfo:
    stamp = (1980, 1, 1, 0, 0, 0) if manner == "office" else packed.timetuple()[:6]
    entry = zipfile.ZipInfo(name, stamp)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system, entry.create_version = {"office": (0, 45), "python": (3, 20), "7-zip": (0, 63)}[manner]
    return entry


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
