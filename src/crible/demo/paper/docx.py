"""A text document of plain paragraphs (ECMA-376 part 1, WordprocessingML)."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from crible.demo.paper.ooxml import Origin, package

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(paragraphs: Sequence[str], origin: Origin) -> bytes:
    """The file; the first paragraph is set bold."""
    rows = "".join(_paragraph(text, bold=number == 0) for number, text in enumerate(paragraphs))
    document = f'<w:document xmlns:w="{WORD}"><w:body>{rows}</w:body></w:document>'
    return package("word/document.xml", f"{MIME}.main+xml", {"word/document.xml": document}, {}, origin)


def _paragraph(text: str, bold: bool) -> str:
    style = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:p><w:r>{style}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
