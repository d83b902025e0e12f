"""XMP of a PDF's catalog (ISO 16684-1): simple properties by the customary prefix of their namespace."""

import re
from collections.abc import Iterator

from lxml import etree

MOST = 1 << 20
"""Bytes of a packet that are parsed; real ones have about 3,000, padding included."""
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_SPACES = {
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/tiff/1.0/": "tiff",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://www.aiim.org/pdfa/ns/id/": "pdfaid",
    "http://ns.adobe.com/pdfx/1.3/": "pdfx",
    "http://ns.adobe.com/xap/1.0/rights/": "xmpRights",
}
_NAME = re.compile(r"\{([^}]*)\}([\w.-]{1,60})\Z")


def properties(packet: bytes) -> dict[str, str]:
    """Simple values and the items of lists, at most 60 properties of 500 characters; empty where it is no XML.

    Of a history (`xmpMM:History`) only the programs are kept, in their order. No entity is expanded or fetched.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(packet[:MOST].strip(b"\0 \r\n\t"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return {}
    found: dict[str, str] = {}
    if root is not None:
        for description in root.iter(_RDF + "Description"):
            for key, value in _simple(description):
                if value and len(found) < 60:
                    found.setdefault(key, value)
    return dict(sorted(found.items()))


def _simple(description: "etree._Element") -> Iterator[tuple[str, str]]:
    for name, value in description.attrib.items():
        yield from _named(name, value)
    for child in description:
        if isinstance(child.tag, str):
            yield from _named(child.tag, _value(child))


def _named(name: str | bytes, value: str | bytes) -> Iterator[tuple[str, str]]:
    match = _NAME.match(str(name))
    if match and match[1] in _SPACES:
        yield f"{_SPACES[match[1]]}:{match[2]}", " ".join(str(value).split())[:500]


def _value(element: "etree._Element") -> str:
    items = list(element.iter(_RDF + "li"))[:50]
    if not items:
        return element.text or ""
    agents = [agent for item in items for agent in _agents(item)]
    return "; ".join(agents or [" ".join((item.text or "").split()) for item in items])


def _agents(item: "etree._Element") -> Iterator[str]:
    for one in item.iter():
        for name, value in one.attrib.items():
            if str(name).endswith("}softwareAgent"):
                yield str(value)
        if isinstance(one.tag, str) and one.tag.endswith("}softwareAgent"):
            yield one.text or ""
