"""What pdfium does not tell of a PDF and its catalog does: XMP, layers, actions (ISO 32000-2 §7.7.2). By qpdf."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pikepdf

from crible.extract.pdf.opening import MENDED_CAP, folded, source
from crible.extract.pdf.xmp import MOST, properties
from crible.model.pdf import PdfLayer
from crible.sandbox.window import Window

LAYERS = 100
FAULTS = (
    pikepdf.PdfError,
    pikepdf.PasswordError,
    RuntimeError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    OverflowError,
)
"""What pikepdf raises on objects that are of another kind than they should be."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """The catalog's own statements."""

    xmp: dict[str, str]
    layers: tuple[PdfLayer, ...] = ()
    actions: tuple[str, ...] = ()


@contextmanager
def objects(window: Window) -> Iterator[pikepdf.Pdf]:
    """The file's objects; raises one of FAULTS where qpdf cannot make them out."""
    content = source(window)
    file = io.BytesIO(content) if isinstance(content, bytes) else content
    with pikepdf.open(file, suppress_warnings=True, attempt_recovery=window.length <= MENDED_CAP) as pdf:
        yield pdf


def catalog(window: Window) -> Catalog:
    """What the catalog says; empty where qpdf cannot open the file, which pdfium may well."""
    try:
        with objects(window) as pdf:
            root = pdf.Root
            return Catalog(_told(_xmp, root, {}), _told(_layers, root, ()), _told(_actions, root, ()))
    except FAULTS:
        return Catalog({})


def _told(teller: Any, root: Any, otherwise: Any) -> Any:
    """Each statement by itself: a broken one takes no other with it."""
    try:
        return teller(root)
    except FAULTS:
        return otherwise


def _xmp(root: Any) -> dict[str, str]:
    stream = root.get("/Metadata")
    if not isinstance(stream, pikepdf.Stream) or int(stream.get("/Length", 0)) > MOST:
        return {}
    return properties(stream.read_bytes())


def _layers(root: Any) -> tuple[PdfLayer, ...]:
    held = root.get("/OCProperties")
    if held is None:
        return ()
    default = held.get("/D", pikepdf.Dictionary())
    state = str(default.get("/BaseState", "/ON"))
    shown, hidden = _group(default.get("/ON")), _group(default.get("/OFF"))
    return tuple(
        PdfLayer(
            folded(str(group.get("/Name", "")), 200),
            group.objgen not in hidden and (state != "/OFF" or group.objgen in shown),
        )
        for group in list(held.get("/OCGs", ()))[:LAYERS]
    )


def _group(array: Any) -> set[tuple[int, int]]:
    return {item.objgen for item in list(array or ())[:1000]}


def _actions(root: Any) -> tuple[str, ...]:
    found = set()
    opening = root.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary):
        found.add(_kind(opening))
    for trigger in (root.get("/AA") or {}).values():
        found.add(_kind(trigger))
    names = root.get("/Names")
    if names is not None and names.get("/JavaScript") is not None:
        found.add("JavaScript")
    return tuple(sorted(found - {"", "GoTo", "Named"}))


def _kind(action: Any) -> str:
    return str(action.get("/S", "")).lstrip("/")[:40]
