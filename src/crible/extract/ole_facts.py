"""What a Word, Excel or PowerPoint file of before 2007 says of itself: its property sets, and what lies inside it."""

from dataclasses import dataclass
from typing import Any

from crible.extract import property_set
from crible.extract.compound import Compound, Item
from crible.extract.ole_package import wraps
from crible.extract.property_set import DOCUMENT_SUMMARY, SUMMARY, Value
from crible.model.files import Embedded, FileFacts
from crible.model.instant import Instant

EMBEDDED = 200
_MACROS = frozenset({"_vba_project", "vba"})
_SUMMARY_TEXT = {2: "title", 4: "author", 7: "template", 8: "last_author", 18: "application"}
_SUMMARY_MOMENTS = {11: "printed", 12: "created", 13: "modified"}
_KEPT = {3: "subject", 5: "keywords", 6: "description"}
_PROGRAMS = {
    "0002082": "Microsoft Excel", "0002081": "Microsoft Excel", "0002090": "Microsoft Word",
    "64818d1": "Microsoft PowerPoint", "0003000": "OLE Package",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """What the property sets say, as fields of FileFacts, and what else they keep."""

    fields: dict[str, Any]
    properties: dict[str, str]


def said(compound: Compound) -> Said:
    """Facts of SummaryInformation and DocumentSummaryInformation; empty where neither is there."""
    raw = compound.optional(SUMMARY)
    summary, document = property_set.read(raw), property_set.read(compound.optional(DOCUMENT_SUMMARY))
    fields: dict[str, Any] = {name: _text(summary, key) for key, name in _SUMMARY_TEXT.items()}
    fields |= {
        name: summary.get(key) for key, name in _SUMMARY_MOMENTS.items() if isinstance(summary.get(key), Instant)
    }
    fields["manager"], fields["company"] = _text(document, 14), _text(document, 15)
    fields["version"] = _version(document.get(23))
    fields["revision"] = _number(_text(summary, 9))
    fields["minutes"] = property_set.minutes(raw)
    page = summary.get(1)
    fields["locale"] = f"cp{page}" if isinstance(page, int) and page > 0 else ""
    kept = {name: _text(summary, key) for key, name in _KEPT.items()}
    return Said({key: value for key, value in fields.items() if value not in ("", None)}, _filled(kept))


def file_facts(
    said_of_itself: Said, embedded: tuple[Embedded, ...], properties: dict[str, str], **fields: Any
) -> FileFacts:
    """The facts of one file: what its property sets say, then what its reader found out (which prevails)."""
    known = said_of_itself.fields | {key: value for key, value in fields.items() if value not in ("", None, ())}
    defects = set(known.pop("defects", ()))
    if any(each.kind == "macro" for each in embedded):
        defects.add("macros")
    moments = tuple(known[name] for name in ("created", "modified", "printed") if name in known)
    return FileFacts(
        **known,
        embedded=embedded,
        instants=moments,
        properties=dict(sorted({**said_of_itself.properties, **_filled(properties)}.items())),
        defects=tuple(sorted(defects)),
    )


def embedded(compound: Compound) -> tuple[Embedded, ...]:
    """Objects of the pool or at the root (`MBD…`, `_1234…`) and macros, in the order of the directory."""
    found: list[Embedded] = []
    for item in compound.items.values():
        if len(found) >= EMBEDDED:
            break
        folder, _, _ = item.path.rpartition("/")
        name = item.name.lower()
        if item.storage and (folder == "objectpool" or (not folder and name.startswith("mbd"))):
            kind = "file" if wraps(compound, item) else "object"
            found.append(Embedded(kind, _program(compound, item), _size(compound, item)))
        elif item.storage and name in _MACROS:
            found.append(Embedded("macro", item.name, _size(compound, item)))
    return tuple(found)


def _size(compound: Compound, item: Item) -> int:
    return sum(each.size for each in compound.streams(item.path))


def _program(compound: Compound, item: Item) -> str:
    """The object's kind as its CompObj stream names it for people ([MS-OLEDS] §2.3.8), else its storage's name."""
    raw = compound.optional(item.path + "/\x01compobj", 4096)
    size = int.from_bytes(raw[28:32], "little")
    if 1 < size <= 200 and len(raw) >= 32 + size:
        name = raw[32 : 32 + size].partition(b"\0")[0].decode("cp1252", "replace").strip()
        if name.isprintable() and name:
            return name
    clsid = item.clsid[:4][::-1].hex()
    return next((program for start, program in _PROGRAMS.items() if clsid.startswith(start)), item.name)


def _text(values: dict[int, Value], key: int) -> str:
    value = values.get(key, "")
    return value if isinstance(value, str) else ""


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _version(value: Value | None) -> str:
    """`11.5606` from the two halves of the property (version and build)."""
    return f"{value >> 16 & 0xFFFF}.{value & 0xFFFF}" if isinstance(value, int) and value > 0 else ""


def _filled(values: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in values.items() if value}
