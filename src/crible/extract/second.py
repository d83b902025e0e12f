"""Second readers: who is asked when the first gives up on a file, or when a child died on it. The literal table."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from crible.extract import doc, docx, odf, pptx, text, visio, xls, xlsb, xlsx
from crible.extract.ooxml import DOCX, PPTX, VSDX, XLSX
from crible.extract.zip_salvage import salvaging
from crible.model.errors import Unreadable
from crible.model.facts import Reading
from crible.sandbox.window import Window

Read = Callable[[Window], Reading]
DEFECT = "second-reader"
"""Defect of what a second reader read: it may lack some of the text."""


@dataclass(frozen=True, slots=True)
class Second:
    """A reader of another make, or of the same file put together again."""

    name: str
    read: Read
    aborts: bool = False
    """It may end the process on hostile bytes, so it is not asked once a child died on the file."""


SECOND: dict[str, tuple[Second, ...]] = {
    DOCX: (Second("zip-salvage", salvaging(docx.read)),),
    XLSX: (Second("zip-salvage", salvaging(xlsx.read)),),
    PPTX: (Second("zip-salvage", salvaging(pptx.read)),),
    xlsb.MIME: (Second("zip-salvage", salvaging(xlsb.read)),),
    VSDX: (Second("zip-salvage", salvaging(visio.read)),),
    **dict.fromkeys(odf.MIMES, (Second("zip-salvage", salvaging(odf.read)),)),
    doc.MIME: (Second("text-runs", doc.scavenge),),
    xls.MIME: (Second("calamine", xls.second, aborts=True), Second("text-runs", doc.scavenge)),
    "application/vnd.ms-powerpoint": (Second("text-runs", doc.scavenge),),
    "application/rtf": (Second("text", text.read),),
    **dict.fromkeys(("text/xml", "text/html", "text/calendar", "text/vcard"), (Second("text", text.read),)),
}
"""By media type, in the order in which they are asked."""


def read(first: Read, window: Window, mime: str, attempt: int) -> Reading:
    """The first reader's answer; where it finds the file corrupt, that of the first second reader that can read it.

    `attempt` counts children that died on the file: then only readers that cannot die are asked, the first one of all
    not among them unless there is no other. If all give up, the first one's reason is the file's.
    """
    others = SECOND.get(mime, ())
    tried = [first.__module__.rpartition(".")[2]]
    reason: Unreadable | None = None
    if not attempt or all(other.aborts for other in others):
        try:
            return first(window)
        except Unreadable as error:
            if error.code != "corrupt":
                raise
            reason = error
    for other in others:
        if attempt and other.aborts:
            continue
        tried.append(other.name)
        try:
            found = other.read(window)
        except Unreadable as error:
            if error.code == "encrypted":
                raise
            reason = reason or error
            continue
        if found.file is None or not found.text.strip():
            continue
        defects = tuple(sorted({*found.file.defects, DEFECT}))
        return replace(found, file=replace(found.file, readers=tuple(tried), defects=defects))
    raise reason or Unreadable("corrupt", reader=tried[-1], detail="no text")
