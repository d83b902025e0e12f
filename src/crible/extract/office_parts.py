"""What an OOXML package holds or points to beside its text: files, macros, links, pictures, comments."""

import hashlib
import posixpath
import re
from collections.abc import Iterator
from html import unescape

from crible.extract.capped import clean
from crible.extract.moments import office_instant
from crible.extract.ooxml import Element, Package, inflate, local
from crible.extract.picture_size import picture_size
from crible.model.files import Embedded, Mark, Picture

MOST = 200
PICTURES_CAP = 64 << 20
"""Bytes of all pictures of one file that are hashed: 0.1 s of inflating and hashing."""
_RELATIONS_CAP = 64 << 20
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]{1,4000}>")
_TARGET = re.compile(rb'\bTarget="([^"]{1,2000})"')
_KINDS = {"ins": "insertion", "del": "deletion", "moveTo": "move", "rPrChange": "format", "pPrChange": "format"}
_CHANGES = tuple(f"{{*}}{kind}" for kind in _KINDS)


def embedded(package: Package) -> tuple[Embedded, ...]:
    """Embedded files, macros, then targets of external relationships, each once."""
    found: dict[tuple[str, str], Embedded] = {}
    for part in sorted(package.embedded):
        kind = "object" if part.endswith(".bin") else "file"
        found[kind, part] = Embedded(kind, posixpath.basename(part), package.archive.getinfo(part).file_size)
    for part in package.macros:
        found["macro", part] = Embedded("macro", posixpath.basename(part), package.archive.getinfo(part).file_size)
    for target in _links(package):
        if len(found) >= MOST:
            break
        found.setdefault(("link", target), Embedded("link", target))
    return tuple(found.values())[:MOST]


def _links(package: Package) -> Iterator[str]:
    left = _RELATIONS_CAP
    for part in package.archive.namelist():
        if part.endswith(".rels") and left > 0:
            data = package.small(part)
            left -= len(data)
            for relation in _RELATION.findall(data) if b"External" in data else ():
                target = _TARGET.search(relation) if b'"External"' in relation else None
                if target:
                    yield clean(unescape(target[1].decode("utf-8", "replace")))[:500]


def pictures(package: Package) -> tuple[Picture, ...]:
    """Parts in `media/` by hash and size; those beyond 64 MB in all, and broken ones, are left out."""
    found: dict[bytes, Picture] = {}
    left = PICTURES_CAP
    for part in package.below("media/"):
        size = package.archive.getinfo(part).file_size
        if len(found) >= MOST or size > left:
            continue
        left -= size
        try:
            data = inflate(package.archive, part, size)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001, S112 a broken picture must not cost the text
            continue
        digest = hashlib.sha256(data).digest()
        found.setdefault(digest, Picture(digest, len(data), *picture_size(data)))
    return tuple(found.values())


def changes(root: Element) -> Iterator[Mark]:
    """Tracked changes of a WordprocessingML part (ECMA-376 part 1 §17.13.5), and comments where it is their part."""
    for element in root.iter(*_CHANGES):
        said = _attributes(element)
        text = "".join(each.text or "" for each in element.iter("{*}t", "{*}delText"))
        yield Mark(
            _KINDS[local(element)], said.get("author", "")[:200], office_instant(said.get("date", "")), text[:200]
        )
    for element in root.iter("{*}comment"):
        said = _attributes(element)
        text = "".join(each.text or "" for each in element.iter("{*}t"))
        yield Mark("comment", said.get("author", "")[:200], office_instant(said.get("date", "")), text[:200])


def sheet_comments(root: Element) -> Iterator[Mark]:
    """Comments of a worksheet (§18.7), whose authors stand in a list of their own."""
    authors = ["".join(each.itertext()) for each in root.iter("{*}author")]
    for element in root.iter("{*}comment"):
        number = element.get("authorId", "")
        author = authors[int(number)] if number.isdecimal() and int(number) < len(authors) else ""
        text = "".join(each.text or "" for each in element.iter("{*}t"))
        yield Mark("comment", clean(author)[:200], None, text[:200])


def slide_comments(root: Element, authors: dict[str, str]) -> Iterator[Mark]:
    """Comments of a slide (§19.4), by the number of their author."""
    for element in root.iter("{*}cm"):
        text = "".join(each.text or "" for each in element.iter("{*}text", "{*}t"))
        moment = office_instant(element.get("dt", "") or element.get("created", ""))
        yield Mark("comment", authors.get(element.get("authorId", ""), "")[:200], moment, text[:200])


def comment_authors(package: Package) -> dict[str, str]:
    """Names of those who commented on slides, by number."""
    roots = (package.optional(part) for part in package.named("commentAuthors+xml", "powerpoint.authors+xml"))
    return {
        each.get("id", ""): each.get("name", "")
        for root in roots
        if root is not None
        for each in root.iter("{*}cmAuthor", "{*}author")
    }


def _attributes(element: Element) -> dict[str, str]:
    return {key.rpartition("}")[2]: str(value) for key, value in element.items()}
