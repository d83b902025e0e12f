"""Office documents in one XML file: Word and Excel 2003, and OOXML parts laid flat (`pkg:package`)."""

from typing import Any

from lxml import etree

from crible.extract.capped import Collector, clean
from crible.extract.guard import reading
from crible.extract.language import detect
from crible.extract.moments import office_instant
from crible.extract.ooxml import Element, local, prose
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.sandbox.window import Window

WORD, SHEET, FLAT = "application/vnd.ms-wordml", "application/vnd.ms-spreadsheetml", "application/vnd.ms-flat-opc"
ROOTS = {"wordDocument": WORD, "Workbook": SHEET, "package": FLAT}
"""By the root element, where its namespace is one of Microsoft's or of OOXML."""
CAP = 128 << 20
_SAFE: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": True}
_TEXTS = ("document", "hdr", "ftr", "footnotes", "endnotes", "comments", "sld", "notes", "worksheet", "sst")
_FIELDS = {
    "Title": "title", "Author": "author", "LastAuthor": "last_author", "Company": "company", "Manager": "manager",
    "Template": "template", "Version": "version", "title": "title", "creator": "author",
    "lastModifiedBy": "last_author",
    "Application": "application", "AppVersion": "version",
}  # fmt: skip
_MOMENTS = {
    "Created": "created", "LastSaved": "modified", "LastPrinted": "printed", "created": "created",
    "modified": "modified", "lastPrinted": "printed",
}  # fmt: skip
_PROPERTIES = ("DocumentProperties", "coreProperties", "Properties")


def read(window: Window) -> Reading:
    """Text or rows, by form feeds where there are several parts or sheets; properties as facts."""
    with reading("office-xml"):
        parser = etree.XMLParser(remove_comments=True, remove_pis=True, **_SAFE)
        root = etree.fromstring(window.read(0, CAP), parser)
        collector = Collector()
        mime = ROOTS.get(local(root), WORD)
        if mime == SHEET:
            for sheet in root.iter("{*}Worksheet"):
                collector.add_section(_sheet(sheet))
        elif mime == FLAT:
            for part in root.iter("{*}xmlData"):
                if len(part) and local(part[0]) in _TEXTS:
                    collector.add_section(prose(part[0]))
        else:
            for body in root.iter("{*}body"):
                collector.add_section(prose(body))
        text = collector.text()
        return Reading(mime, text, detect(text), file=_facts(root), truncated=collector.left_out)


def _sheet(sheet: Element) -> str:
    title = next((str(value) for key, value in sheet.items() if local(sheet) and key.endswith("}Name")), "")
    rows = ("\t".join(filter(None, map(_cell, row.iter("{*}Data")))) for row in sheet.iter("{*}Row"))
    return "\n".join([title, *filter(None, rows)])


def _cell(data: Element) -> str:
    return "".join(data.itertext())


def _facts(root: Element) -> FileFacts:
    known: dict[str, Any] = {}
    for properties in root.iter(*(f"{{*}}{name}" for name in _PROPERTIES)):
        for element in properties:
            text, name = clean(element.text or "").strip()[:1000], local(element)
            if name in _FIELDS and text:
                known.setdefault(_FIELDS[name], text)
            elif name in _MOMENTS and (moment := office_instant(text)):
                known.setdefault(_MOMENTS[name], moment)
    return FileFacts(
        **known, instants=tuple(known[name] for name in ("created", "modified", "printed") if name in known)
    )
