"""Electronic books (EPUB 2 and 3: OCF 3.3, EPUB 3.3)."""

import posixpath
import re
import zipfile
from urllib.parse import unquote

from crible.extract import charset, html
from crible.extract.capped import Collector, clean
from crible.extract.guard import reading
from crible.extract.language import detect
from crible.extract.moments import office_instant
from crible.extract.odf import parse
from crible.extract.ooxml import Element, inflate, local, open_zip
from crible.model.errors import Unreadable
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.model.ledger import State
from crible.sandbox.window import Window

MIME = "application/epub+zip"
_CONTAINER, _ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
_CHAPTERS = 10_000
_CHAPTER_CAP = 32 << 20
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_FONTS = re.compile(rb"obfuscation|RC\b", re.IGNORECASE)
"""Fonts are commonly scrambled under a public key, which is no encryption of the text (OCF 3.3 §6.2)."""


def read(window: Window) -> Reading:
    """The chapters in their order of reading, parted by form feeds; then those that the order leaves out."""
    with reading("epub"):
        archive = open_zip(window)
        names = set(archive.namelist())
        if _ENCRYPTION in names and _locked(inflate(archive, _ENCRYPTION, 16 << 20)):
            raise Unreadable("encrypted", State.ENCRYPTED)
        root = parse(inflate(archive, _CONTAINER, 1 << 20))
        opf = next(unquote(each.get("full-path", "")) for each in root.iter("{*}rootfile"))
        package = parse(inflate(archive, opf, 16 << 20))
        collector, unread = Collector(), 0
        chapters = _chapters(package, posixpath.dirname(opf))
        for name in chapters[:_CHAPTERS]:
            try:
                collector.add_section(_page(archive, name))
            except (KeyError, OSError, ValueError, zipfile.BadZipFile, Unreadable):
                unread += 1
            if collector.left_out:
                break
        if unread and unread == len(chapters):
            raise ValueError("no chapter can be read")
        text = collector.text()
        facts = _facts(package, len(chapters), unread)
        return Reading(MIME, text, detect(text), file=facts, truncated=collector.left_out)


def _locked(data: bytes) -> bool:
    """Some content is encrypted by more than the scrambling of fonts."""
    algorithms = re.findall(rb'EncryptionMethod[^>]{0,200}Algorithm="([^"]{1,200})"', data)
    return any(not _FONTS.search(each) for each in algorithms)


def _chapters(package: Element, folder: str) -> list[str]:
    """Members with text: as the spine lists them, then others of the manifest (EPUB 3.3 §5.6, §5.7)."""
    items = {
        each.get("id", ""): posixpath.normpath(posixpath.join(folder, unquote(each.get("href", "").partition("#")[0])))
        for each in package.iter("{*}item")
        if each.get("media-type") in _PAGES
    }
    spine = [each.get("idref", "") for each in package.iter("{*}itemref")]
    return list(dict.fromkeys([*(items[key] for key in spine if key in items), *items.values()]))


def _page(archive: zipfile.ZipFile, name: str) -> str:
    data = inflate(archive, name, _CHAPTER_CAP)
    markup, _ = charset.decode(data, charset.sniff(data) or "utf-8")
    return html.read(markup).text


def _facts(package: Element, chapters: int, unread: int) -> FileFacts:
    said: dict[str, str] = {}
    for metadata in package.iter("{*}metadata"):
        for element in metadata:
            if text := clean(element.text or "").strip()[:1000]:
                said.setdefault(element.get("property", "") or local(element), text)
    created, modified = office_instant(said.get("date", "")), office_instant(said.get("dcterms:modified", ""))
    kept = ("publisher", "identifier", "description", "subject", "rights")
    return FileFacts(
        title=said.get("title", ""),
        author=said.get("creator", ""),
        application=said.get("contributor", ""),
        created=created,
        modified=modified,
        locale=said.get("language", "")[:40],
        pages=chapters,
        instants=tuple(moment for moment in (created, modified) if moment),
        properties={key: said[key] for key in kept if key in said} | ({"unread-parts": str(unread)} if unread else {}),
        defects=("unread-parts",) if unread else (),
    )
