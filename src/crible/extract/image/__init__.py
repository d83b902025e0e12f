"""Pictures: what they say of themselves, what was written into them, and a hash of what they show.

Text inside a picture is not read here. A picture that may hold some asks for recognition by `wants`; the rule is in
`crible.extract.image.worth`.
"""

import io
import struct
from collections.abc import Iterator

from PIL import Image

from crible.extract.capped import Collector, clean
from crible.extract.credentials import MARK
from crible.extract.guard import reading
from crible.extract.image import exif, iptc, jpeg, likeness, xmp
from crible.extract.image.opening import Opened, opened, quiet, small
from crible.extract.image.worth import may_hold_text
from crible.extract.language import detect
from crible.extract.sniff import sniff
from crible.model.examined import CREDENTIALS, OCR
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.model.image import ImageFacts, Thumbnail
from crible.model.instant import Instant
from crible.sandbox.window import Window

FRAMES = 2000
"""Pages of a TIFF that are counted."""
_PNG_WORDS = frozenset({"title", "author", "description", "copyright", "comment", "disclaimer", "warning", "source"})
"""Keywords of text chunks that a person fills in (PNG §11.3.3.1); others hold numbers, profiles and dates."""
_DULL_DPI = 72


def read(window: Window) -> Reading:
    """Facts of a picture; its text are the captions and comments written into it.

    Raises Unreadable: `budget` for a file or a picture over the caps, `corrupt` where not even the header is read.
    """
    mime = sniff(window)
    found = opened(window, mime)
    with reading("image"), quiet():
        return _read(found, mime)


def _read(found: Opened, mime: str) -> Reading:
    written = exif.parsed(found.image)
    packet = xmp.read(_packet(found.image))
    texts = list(dict.fromkeys(_texts(found, written, packet)))
    facts, defects = _facts(found, written, packet)
    collector = Collector()
    collector.add("\n".join(texts))
    text = collector.text()
    wants = _wants(found, facts)
    pages = _pages(found.image, mime)
    saved = facts.saved or packet.moments.get("ModifyDate")
    return Reading(
        mime,
        text,
        detect(text),
        file=FileFacts(
            author=exif.words(written.tags.get(exif.ARTIST)) or exif.words(written.inner.get(exif.OWNER)),
            application=facts.software or facts.creator_tool,
            created=facts.taken or packet.moments.get("CreateDate"),
            modified=saved,
            device=exif.device(written.tags),
            place=exif.place(written.gps),
            pages=pages,
            pages_without_text=tuple(range(1, pages + 1)) if OCR in wants else (),
            instants=_instants(facts, packet),
            properties=_properties(found.image, written, packet),
            wants=wants,
            image=facts,
            defects=defects,
        ),
        truncated=collector.left_out,
    )


def _facts(found: Opened, written: exif.Exif, packet: xmp.Xmp) -> tuple[ImageFacts, tuple[str, ...]]:
    image = found.image
    width, height = image.size
    mode, turned = image.mode, exif.orientation(written.tags)
    tables, dpi, icc = jpeg.tables(image), _dpi(image), _icc(image)  # before the pixels: a draft changes the picture
    grey = small(image)
    facts = ImageFacts(
        width=width,
        height=height,
        software=_software(image, written),
        dhash=likeness.dhash(likeness.upright(grey, turned)) if grey else b"",
        mode=mode,
        dpi=dpi,
        orientation=turned,
        taken=exif.moment(written, exif.ORIGINAL),
        digitized=exif.moment(written, exif.DIGITIZED),
        saved=exif.moment(written, exif.DATE_TIME),
        located=exif.located(written.gps),
        exposed=any(tag in written.inner for tag in exif.EXPOSURE),
        maker_note=exif.MAKER_NOTE in written.inner,
        thumbnail=_thumbnail(written.thumbnail, grey),
        tables=tables.digest,
        tables_of=tables.owner,
        quality=tables.quality,
        icc=icc,
        creator_tool=packet.creator_tool,
        history=packet.history,
        credentials=packet.provenance if packet.provenance.startswith(("http://", "https://")) else "",
        flat=likeness.flat(grey) if grey else 0,
    )
    odd = {"image-fields-broken": written.broken or packet.broken, "image-pixels-unread": grey is None}
    return facts, tuple(key for key, met in odd.items() if met)


def _thumbnail(data: bytes, grey: Image.Image | None) -> Thumbnail | None:
    if not data:
        return None
    try:
        image = Image.open(io.BytesIO(data), formats=("JPEG",))
        if max(image.size) > 2000:  # a preview, as large as a picture
            return None
        width, height = image.size
        picture = small(image)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  a broken thumbnail is no thumbnail
        return None
    if picture is None:
        return None
    return Thumbnail(width, height, likeness.dhash(picture), likeness.likeness(grey, picture) if grey else 100)


def _texts(found: Opened, written: exif.Exif, packet: xmp.Xmp) -> Iterator[str]:
    info, tags = found.image.info, written.tags
    yield from filter(None, (exif.words(tags.get(exif.DESCRIPTION)), exif.comment(written.inner.get(exif.COMMENT))))
    yield from exif.explorer(tags).values()
    block = jpeg.photoshop(found.data) if found.image.format in ("JPEG", "MPO") else tags.get(33723, b"")
    yield from iptc.captions(block if isinstance(block, bytes) else b"")
    # JPEG 2000 has a comment too, in which its library names itself
    if found.image.format in ("JPEG", "MPO", "GIF") and isinstance(remark := info.get("comment"), (bytes, str)):
        yield from filter(None, (exif.words(remark),))
    if found.image.format == "PNG":
        yield from (_word(value) for key, value in info.items() if _is_word(key, value))
    yield from packet.words
    yield from filter(None, (exif.words(tags.get(exif.COPYRIGHT)),))


def _is_word(key: object, value: object) -> bool:
    return isinstance(key, str) and isinstance(value, str) and key.lower() in _PNG_WORDS and bool(value.strip())


def _word(value: str) -> str:
    return clean(str(value)).strip()[:4000]


def _software(image: Image.Image, written: exif.Exif) -> str:
    """Exif's Software, else that of a PNG's text chunk."""
    chunk = image.info.get("Software") if image.format == "PNG" else ""
    return (exif.words(written.tags.get(exif.SOFTWARE)) or exif.words(chunk))[:200]


def _packet(image: Image.Image) -> bytes:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    if not packet and image.format == "TIFF":
        packet = image.tag_v2.get(700, b"")  # type: ignore[attr-defined]
    return (
        packet.encode("utf-8", "replace") if isinstance(packet, str) else packet if isinstance(packet, bytes) else b""
    )


def _instants(facts: ImageFacts, packet: xmp.Xmp) -> tuple[Instant, ...]:
    own = (facts.taken, facts.digitized, facts.saved, facts.located)
    every = [*filter(None, own), *packet.moments.values(), *(step.instant for step in facts.history if step.instant)]
    return tuple(dict.fromkeys(every))


def _properties(image: Image.Image, written: exif.Exif, packet: xmp.Xmp) -> dict[str, str]:
    lens = exif.words(written.inner.get(exif.LENS))[:120]
    moments = {name: instant.iso() for name, instant in packet.moments.items()}
    said = {"format": image.format or "", "lens": lens, **moments}
    return {key: value for key, value in sorted(said.items()) if value}


def _wants(found: Opened, facts: ImageFacts) -> tuple[str, ...]:
    wants = [CREDENTIALS] if MARK in found.data else []
    return (*wants, OCR) if may_hold_text(facts) else tuple(wants)


def _pages(image: Image.Image, mime: str) -> int:
    """Pages of a TIFF; every other picture is one, however many frames it moves through."""
    if mime != "image/tiff":
        return 1
    count = 1
    try:
        while count < FRAMES:
            image.seek(count)
            count += 1
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  EOFError at the end, anything at all on a broken list
        return count
    return count


def _dpi(image: Image.Image) -> int:
    value = image.info.get("dpi")
    try:
        dpi = round(float(value[0]))  # type: ignore[index]
    except (TypeError, ValueError, IndexError, ArithmeticError):
        return 0
    return dpi if 0 < dpi < 100_000 and dpi != _DULL_DPI else 0


def _icc(image: Image.Image) -> str:
    """Description of the profile: by its own tag, never by running it."""
    profile = image.info.get("icc_profile")
    if not isinstance(profile, bytes) or len(profile) < 132:
        return ""
    (count,) = struct.unpack_from(">I", profile, 128)
    for at in range(132, 132 + 12 * min(count, 100), 12):
        if profile[at : at + 4] == b"desc" and at + 12 <= len(profile):
            start, size = struct.unpack_from(">II", profile, at + 4)
            return _described(profile[start : start + size])
    return ""


def _described(tag: bytes) -> str:
    """A textDescriptionType of version 2, or a multiLocalizedUnicodeType of version 4 (ICC.1 §10.13, §10.22)."""
    if tag[:4] == b"desc" and len(tag) > 12:
        (size,) = struct.unpack_from(">I", tag, 8)
        return exif.words(tag[12 : 12 + min(size, 200)])
    if tag[:4] == b"mluc" and len(tag) >= 28:
        size, start = struct.unpack_from(">II", tag, 20)
        return clean(tag[start : start + min(size, 400)].decode("utf-16-be", "replace")).strip()[:200]
    return ""
