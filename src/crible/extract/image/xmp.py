"""XMP packets (ISO 16684-1): which program made a picture and what it did, dates, words, address of credentials."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from crible.extract.moments import office_instant
from crible.extract.ooxml import Element, local, parse
from crible.model.image import Step
from crible.model.instant import Clock, Instant

PACKET_CAP = 4 << 20
STEPS = 50
_WORDS = {"title", "description", "subject", "creator", "rights", "Headline", "Instructions", "CaptionWriter", "Credit"}
"""Properties that a person wrote; places (`City`, GPS) are left where they are."""
_MOMENTS = ("CreateDate", "ModifyDate", "MetadataDate", "DateCreated")
_CAP = 4000


@dataclass(frozen=True, slots=True)
class Xmp:
    """What a packet says."""

    creator_tool: str = ""
    moments: dict[str, Instant] = field(default_factory=dict)
    """By local name of the property."""
    history: tuple[Step, ...] = ()
    words: tuple[str, ...] = ()
    provenance: str = ""
    broken: bool = False


def read(packet: bytes) -> Xmp:
    """The packet; `broken` where it is no XML, over the cap, or has a document type declaration."""
    start, end = packet.find(b"<"), packet.rfind(b">") + 1
    if start < 0:
        return Xmp()
    if len(packet) > PACKET_CAP:
        return Xmp(broken=True)
    try:
        root = parse(packet[start:end])
    except Exception:  # noqa: BLE001  lxml's own and UnicodeError, LookupError
        return Xmp(broken=True)
    return _said(root)


def _said(root: Element) -> Xmp:
    found = Xmp()
    moments: dict[str, Instant] = {}
    steps: list[Step] = []
    words: list[str] = []
    for name, value, holder in _properties(root):
        if name == "CreatorTool":
            found = replace(found, creator_tool=value[:200])
        elif name == "provenance":
            found = replace(found, provenance=value[:500])
        elif name in _MOMENTS and (instant := moment(value)) is not None:
            moments.setdefault(name, instant)
        elif name == "action" and len(steps) < STEPS:
            steps.append(_step(value, holder))
        elif name in _WORDS and value not in words and len(words) < 200:
            words.append(value)
    return replace(found, moments=moments, history=tuple(steps), words=tuple(words))


def _properties(root: Element) -> Iterator[tuple[str, str, Element]]:
    """Local name, text and holder of each property: attributes of rdf:Description or rdf:li, else elements.

    A property of several values (rdf:Bag, Seq, Alt) comes once for each.
    """
    for element in root.iter("{*}Description", "{*}li"):
        for key, value in element.items():
            yield key.rpartition("}")[2], value.strip()[:_CAP], element
        for child in element:
            values = child.findall(".//{*}li") if len(child) else [child]
            for one in values:
                if (text := (one.text or "").strip()) and not len(one):
                    yield local(child), text[:_CAP], element


def _step(action: str, holder: Element) -> Step:
    said = {key.rpartition("}")[2]: value for key, value in holder.items()}
    said |= {local(child): (child.text or "") for child in holder}
    return Step(action[:60], said.get("softwareAgent", "")[:120], moment(said.get("when", "")))


def moment(raw: str) -> Instant | None:
    """An XMP date, a W3C date-time (ISO 16684-1 §8.2.1.2)."""
    instant = office_instant(raw)
    return replace(instant, clock=Clock.EXIF) if instant else None
