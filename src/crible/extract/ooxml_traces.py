"""What an OOXML package tells of the programs and hands that made it, beyond what its properties say."""

import hashlib
import posixpath
import re
from collections.abc import Iterator

from crible.extract.interface import HEADINGS, NAMES, spoken
from crible.extract.ooxml import Element, Package, inflate, local, relation_id
from crible.extract.packers import packed, packer
from crible.extract.recalculation import SHEETS_CAP, has_formula, recalculated
from crible.model.office import Formulas, OfficeFacts, Passage

_SESSIONS, _PASSAGES, _PATHS, _LANGUAGES = 2_000, 100, 50, 10
_EXCERPT = 80
_SMALL = 1 << 20
"""Bytes of a secondary part that is looked into."""
_LINKS, _LINK = 4 << 20, 4096
"""Bytes of relationships that are looked into; each part counts as some more: a package may have 50,000 of them."""
_PICTURE = 8 << 20
_RSID = re.compile(r"[0-9A-Fa-f]{8}")
_PATH = re.compile(r"(?:file:/{2,5})?((?:\\\\|//)[\w.$-]+[\\/][^\"<>|*?\x00-\x1f]+|[A-Za-z]:[\\/][^\"<>|*?\x00-\x1f]+)")
_PRINTER = re.compile(rb"(?:[ -~\xa0-\xff]\0){4,32}")
_THUMBNAILS = {"jpeg": "image/jpeg", "jpg": "image/jpeg", "png": "image/png", "emf": "image/x-emf", "wmf": "image/wmf"}


def traces(package: Package, body: Element | None = None) -> OfficeFacts:
    """The traces of one package; `body` is the root of a text document's main part, where the reader has it parsed.

    Each part is looked into under its own small cap; one that is broken or too large leaves its fields empty.
    """
    entries = package.archive.infolist()
    application, build, headings, security = _extended(_first(package, "extended-properties+xml"))
    settings = _first(package, "wordprocessingml.settings+xml")
    root, sessions = _revisions(settings)
    kind, digest = _thumbnail(package)
    return OfficeFacts(
        root=root,
        sessions=sessions,
        passages=_passages(body) if body is not None and root else (),
        packer=packer(entries),
        packed=packed(entries),
        application=application[:200],
        build=build[:40],
        interface=spoken(headings, HEADINGS),
        born=spoken(list(_names(package)), NAMES),
        languages=_languages(package, settings),
        security=security,
        paths=_paths(package),
        thumbnail=kind,
        thumbnail_digest=digest,
        formulas=_formulas(package),
    )


def _small(package: Package, part: str) -> bytes:
    """A part's bytes; none where it is missing, large or broken: traces never cost a document."""
    try:
        if package.archive.getinfo(part).file_size > _SMALL:
            return b""
        return inflate(package.archive, part, _SMALL)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 zlib, zipfile and our own caps raise what they like
        return b""


def _first(package: Package, ending: str) -> Element | None:
    for part in package.named(ending):
        if package.archive.getinfo(part).file_size <= _SMALL:
            return package.optional(part)
    return None


def _extended(root: Element | None) -> tuple[str, str, list[str], int | None]:
    """Application, AppVersion, words of the heading pairs, DocSecurity."""
    if root is None:
        return "", "", [], None
    said = {local(element): (element.text or "").strip() for element in reversed(root)}
    headings = [(text.text or "").strip() for pairs in root.iter("{*}HeadingPairs") for text in pairs.iter("{*}lpstr")]
    security = said.get("DocSecurity", "")
    level = int(security) if re.fullmatch(r"\d{1,3}", security) else None
    return said.get("Application", ""), said.get("AppVersion", ""), headings[:20], level


def _revisions(settings: Element | None) -> tuple[str, tuple[str, ...]]:
    if settings is None:
        return "", ()
    roots = [_value(element) for element in settings.iter("{*}rsidRoot")]
    found = (_value(element) for element in settings.iter("{*}rsid"))
    sessions = tuple(dict.fromkeys(one.upper() for one in found if _RSID.fullmatch(one)))
    root = roots[0].upper() if roots and _RSID.fullmatch(roots[0]) else ""
    return root, sessions[:_SESSIONS] if root else ()


def _passages(body: Element) -> tuple[Passage, ...]:
    """Characters and first words by session; a run without a mark of its own is its paragraph's."""
    space = body.tag.partition("}")[0] + "}"  # of the transitional or of the strict schema
    own, usual, run_tag, text_tag = space + "rsidR", space + "rsidRDefault", space + "r", space + "t"
    counts: dict[str, int] = {}
    words: dict[str, list[str]] = {}
    for paragraph in body.iter(space + "p"):
        inherited = paragraph.get(usual) or paragraph.get(own) or ""
        for run in paragraph.iterchildren(run_tag):
            session = run.get(own) or inherited
            for text in run.iterchildren(text_tag):
                piece, before = text.text or "", counts.get(session, 0)
                if before < _EXCERPT:
                    words.setdefault(session, []).append(piece[:_EXCERPT])
                counts[session] = before + len(piece)
    fewest = sorted((count, session) for session, count in counts.items() if _RSID.fullmatch(session))[:_PASSAGES]
    return tuple(
        Passage(session.upper(), count, " ".join("".join(words[session]).split())[:_EXCERPT])
        for count, session in sorted(fewest, key=lambda one: one[1].upper())
    )


def _names(package: Package) -> Iterator[str]:
    """Names of the first theme and of the cell style that is every program's default."""
    theme = re.search(rb'<a:theme\b[^>]{0,2000}?\bname="([^"]{1,200})"', _part(package, "theme+xml")[:8192])
    if theme:
        yield theme[1].decode("utf-8", "replace")
    styles = _part(package, "spreadsheetml.styles+xml")
    for style in re.findall(rb"<cellStyle\s[^>]{1,300}>", styles[-(1 << 17) :]):
        name = re.search(rb'\bname="([^"]{1,200})"', style)
        if name and re.search(rb'\bbuiltinId="0"', style):
            yield name[1].decode("utf-8", "replace")


def _part(package: Package, ending: str) -> bytes:
    part = next(iter(package.named(ending)), "")
    return _small(package, part) if part else b""


def _languages(package: Package, settings: Element | None) -> tuple[str, ...]:
    found: list[str] = []
    if settings is not None:
        found += [_value(element) for element in settings.iter("{*}themeFontLang")]
    # The defaults stand in the first kilobytes; a style sheet of 100 kB is not parsed for one attribute.
    head = _part(package, "wordprocessingml.styles+xml")[:16384]
    at = head.find(b"<w:rPrDefault")
    defaults = re.search(rb'<w:lang\b[^>]{0,200}?w:val="([A-Za-z-]{2,20})"', head[at : at + 2000]) if at >= 0 else None
    if defaults:
        found.append(defaults[1].decode("ascii"))
    return tuple(dict.fromkeys(one for one in found if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", one)))[
        :_LANGUAGES
    ]


def _value(element: Element) -> str:
    return next((str(value) for key, value in element.items() if key.endswith("}val") or key == "val"), "")


def _paths(package: Package) -> tuple[str, ...]:
    found: set[str] = set()
    left = _LINKS
    for part in package.archive.namelist():
        if left < 0 or len(found) >= _PATHS:
            break
        if part.endswith(".rels"):
            data = _small(package, part)
            left -= _LINK + len(data)
            if b"External" in data:
                for target in re.findall(rb'Target="([^"]{3,1000})"', data):
                    found |= _local_paths(target.decode("utf-8", "replace").replace("%20", " "))
        elif "printersettings" in part.lower() and part.endswith(".bin"):
            left -= _LINK
            found |= set(_printers(_small(package, part)))
    return tuple(sorted(found)[:_PATHS])


def _local_paths(target: str) -> set[str]:
    if not target.startswith(("file:", "\\\\", "//")) and not re.match(r"[A-Za-z]:[\\/]", target):
        return set()
    return {match[1][:300] for match in [_PATH.match(target)] if match}


def _printers(data: bytes) -> Iterator[str]:
    """The device name at the head of a DEVMODEW ([MS-RPRN] §2.2.2.1), cut by Windows at 32 characters."""
    match = _PRINTER.match(data)
    if match:
        yield match[0].decode("utf-16-le").strip()


def _thumbnail(package: Package) -> tuple[str, str]:
    """Media type and digest of `docProps/thumbnail.*`, wherever the package keeps it."""
    for part in package.archive.namelist():
        stem, _, ending = posixpath.basename(part).lower().rpartition(".")
        if stem == "thumbnail" and ending in _THUMBNAILS:
            try:
                data = inflate(package.archive, part, _PICTURE)
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001 a broken picture must not cost the text
                return "", ""
            return _THUMBNAILS[ending], hashlib.sha256(data).hexdigest()
    return "", ""


def _formulas(package: Package) -> Formulas | None:
    parts = package.named("spreadsheetml.worksheet+xml")
    if not parts:
        return None
    chain, left, sheets = _part(package, "calcChain+xml"), SHEETS_CAP, dict[str, bytes]()
    for part in parts:
        data = _small(package, part)
        left -= len(data)
        if left < 0:
            break
        sheets[part] = data
    if not chain and not any(map(has_formula, sheets.values())):
        return None
    named = _titles(package)
    rows = ((*named.get(part.lower(), ("", posixpath.basename(part))), data) for part, data in sheets.items())
    return recalculated(rows, chain, _part(package, ".sheet.main+xml"))


def _titles(package: Package) -> dict[str, tuple[str, str]]:
    """Number in the workbook (`sheetId`) and title of each sheet, by its part in lower case."""
    book = package.optional(package.main)
    if book is None:
        return {}
    parts = package.relations(package.main)
    return {
        parts.get(relation_id(sheet), ("", ""))[1].lower(): (sheet.get("sheetId", ""), sheet.get("name", ""))
        for sheet in book.iter("{*}sheet")
    }
