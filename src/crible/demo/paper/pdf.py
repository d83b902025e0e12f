"""A one-font PDF writer (ISO 32000-1 §7.5): lines of text at positions, rules, a document information dictionary."""

from collections.abc import Sequence
from dataclasses import dataclass

A4 = (595, 842)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; x and y in points from the lower left corner."""

    x: float
    y: float
    text: str
    size: float = 10
    bold: bool = False


def pdf(pages: Sequence[Sequence[Line]], title: str, producer: str, created: str) -> bytes:
    """The file. `created` is a PDF date without prefix, `20170314101500+01'00'`; text must fit Windows-1252."""
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        _font("Helvetica"),
        _font("Helvetica-Bold"),
        b"<< /Title ("
        + _escape(title)
        + b") /Producer ("
        + _escape(producer)
        + f") /CreationDate (D:{created}) >>".encode(),
    ]
    for number, page in enumerate(pages):
        content = b"\n".join(_show(line) for line in page)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {A4[0]} {A4[1]}] /Contents {7 + 2 * number} 0 R "
            f"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream")
    return _file(objects)


def _font(name: str) -> bytes:
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()


def _show(line: Line) -> bytes:
    font = "F2" if line.bold else "F1"
    return f"BT /{font} {line.size} Tf {line.x} {line.y} Td (".encode() + _escape(line.text) + b") Tj ET"


def _escape(text: str) -> bytes:
    data = text.encode("cp1252")
    return data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
