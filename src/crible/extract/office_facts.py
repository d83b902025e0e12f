"""What an Office file says of itself: core and extended properties, and what it holds beside its text."""

from typing import Any

from crible.extract.moments import office_instant
from crible.extract.office_parts import embedded, pictures
from crible.extract.ooxml import Element, Package, local
from crible.extract.ooxml_traces import traces
from crible.model.files import FileFacts
from crible.model.instant import Instant

_CORE = ("core-properties+xml",)
_EXTENDED = ("extended-properties+xml",)
_KEPT = ("subject", "keywords", "description", "category", "revision", "Company", "Manager", "Template", "TotalTime")
_MOMENTS = ("created", "modified", "lastPrinted")


def file_facts(
    package: Package,
    pages: int | None,
    properties: dict[str, str],
    defects: tuple[str, ...],
    body: Element | None = None,
    locale: str = "",
    **found: Any,
) -> FileFacts:
    """The facts of one file: its properties parts, completed by what its reader counted.

    `body` is the root of a text document's main part, for the traces of its editing sessions; `found` are further
    fields of FileFacts that the reader met.
    """
    core, extended = _values(package, _CORE), _values(package, _EXTENDED)
    said = {**core, **extended}
    moments: dict[str, Instant] = {}
    for key in _MOMENTS:
        if (instant := office_instant(said.get(key, ""))) is not None:
            moments[key] = instant
    kept = {key: said[key] for key in _KEPT if said.get(key)} | {key: value.iso() for key, value in moments.items()}
    office = traces(package, body)
    inside = embedded(package)
    beside, odd = _beside(package)
    return FileFacts(
        title=core.get("title", ""),
        author=core.get("creator", ""),
        last_author=core.get("lastModifiedBy", ""),
        company=extended.get("Company", ""),
        manager=extended.get("Manager", ""),
        template=extended.get("Template", ""),
        application=extended.get("Application", ""),
        version=extended.get("AppVersion", ""),
        revision=_number(core.get("revision", "")),
        minutes=_number(extended.get("TotalTime", "")),
        locale=locale or (office.languages[0] if office.languages else ""),
        embedded=inside,
        pictures=pictures(package),
        created=moments.get("created"),
        modified=moments.get("modified"),
        printed=moments.get("lastPrinted"),
        pages=_number(extended.get("Pages", "")) if pages is None else pages,
        instants=tuple(moments.values()),
        properties=dict(sorted({**kept, **beside, **properties}.items())),
        office=office,
        defects=tuple(sorted({*defects, *odd})),
        **found,
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _values(package: Package, endings: tuple[str, ...]) -> dict[str, str]:
    """Simple elements of the first part of that type; the first of a name counts, 1,000 characters of it."""
    for part in package.named(*endings):
        root = package.optional(part)
        if root is not None:
            return {local(element): (element.text or "").strip()[:1000] for element in reversed(root)}
    return {}


def _beside(package: Package) -> tuple[dict[str, str], set[str]]:
    counts = {"embedded-files": len(package.embedded), "unread-parts": len(package.unread)}
    odd = {key for key, count in counts.items() if count}
    if package.macros:
        odd.add("macros")
    return {key: str(count) for key, count in counts.items() if count}, odd
