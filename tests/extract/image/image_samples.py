"""Pictures made by Pillow, with the fields that cameras and editors write."""

import io
import struct

from PIL import Image

PLACE = {1: "N", 2: (48.0, 51.0, 30.24), 3: "E", 4: (2.0, 17.0, 42.0)}
TAKEN = "2017:03:27 14:05:09"
XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#" xmlns:dcterms="http://purl.org/dc/terms/">
<rdf:Description rdf:about="" xmp:CreatorTool="Atelier Photo 3" xmp:CreateDate="2017-03-27T14:05:09+02:00"
 dcterms:provenance="https://titres.example/7">
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">La tribune vue du balcon</rdf:li></rdf:Alt></dc:description>
<xmpMM:History><rdf:Seq>
<rdf:li stEvt:action="saved" stEvt:softwareAgent="Atelier Photo 3" stEvt:when="2017-03-28T09:00:00+02:00"/>
</rdf:Seq></xmpMM:History></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def scene(width: int = 640, height: int = 480, *, mirrored: bool = False) -> Image.Image:
    """Clouds of grey, of no even background, like a photograph."""
    noise = Image.new("L", (9, 7))
    noise.putdata([(x * 53 + y * 97 + x * y * 31) % 256 for y in range(7) for x in range(9)])
    large = noise.resize((width, height), Image.Resampling.BICUBIC).convert("RGB")
    return large.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if mirrored else large


def page(width: int = 640, height: int = 900) -> Image.Image:
    """A white sheet with lines of dark dashes."""
    sheet = Image.new("L", (width, height), 250)
    for y in range(60, height - 60, 24):
        for x in range(60, width - 60, 40):
            sheet.paste(20, (x, y, x + 28, y + 9))
    return sheet


def camera(offset: str = "") -> Image.Exif:
    """Exif as a telephone writes it, with the offset of the moment of exposure if given."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0131] = "Apple", "iPhone 6", "10.2.1"
    exif[0x0132], exif[0x010E], exif[0x013B] = "2017:03:28 09:00:00", "Réunion du comité".encode(), "Elsa"
    inner = {0x9003: TAKEN, 0x9004: TAKEN, 0x829A: 0.01, 0x9286: b"ASCII\0\0\0premier rang", 0x927C: b"Apple iOS\0"}
    if offset:
        inner[0x9011] = offset
    exif.get_ifd(0x8769).update(inner)
    exif.get_ifd(0x8825).update({**PLACE, 7: (12.0, 5.0, 9.0), 29: "2017:03:27"})
    return exif


def saved(image: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def with_thumbnail(large: Image.Image, small: Image.Image) -> bytes:
    """A JPEG whose Exif holds `small` in IFD1, laid out by hand."""
    inside = saved(small.resize((160, 120)), quality=80)
    tiff = b"MM\0*\0\0\0\x08" + struct.pack(">HHHIHHI", 1, 0x0112, 3, 1, 1, 0, 26)
    entries = struct.pack(">H", 3) + b"".join(
        (
            struct.pack(">HHIHH", 0x0103, 3, 1, 6, 0),
            struct.pack(">HHII", 0x0201, 4, 1, 26 + 2 + 36 + 4),
            struct.pack(">HHII", 0x0202, 4, 1, len(inside)),
        )
    )
    return saved(large, exif=b"Exif\0\0" + tiff + entries + bytes(4) + inside)


def captioned(picture: bytes, *datasets: tuple[int, bytes]) -> bytes:
    """The JPEG with an IPTC block in APP13."""
    iptc = b"".join(b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(text)) + text for number, text in datasets)
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(iptc)) + iptc + b"\0" * (len(iptc) % 2)
    payload = b"Photoshop 3.0\0" + resource
    return picture[:2] + b"\xff\xed" + struct.pack(">H", len(payload) + 2) + payload + picture[2:]
