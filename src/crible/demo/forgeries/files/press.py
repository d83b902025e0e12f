"""PDFs as programs write them, and what a later save appends to them (ISO 32000-1 §7.5)."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

WIDTH, HEIGHT = 595, 842
_OBJECT = re.compile(rb"(?m)^(\d+) 0 obj\n")


@dataclass(slots=True)
class Press:
    """Objects of a file to be; the catalog is the first, the pages' root the second."""

    objects: list[bytes] = field(default_factory=lambda: [b"", b""])

    def add(self, content: bytes) -> int:
        """One object more; its number."""
        self.objects.append(content)
        return len(self.objects)

    def file(self, pages: Sequence[int], info: Mapping[str, str], catalog: str = "") -> bytes:
        """The file; `info` as strings or `D:` dates, `catalog` further entries of the catalog."""
        kids = " ".join(f"{page} 0 R" for page in pages)
        self.objects[0] = f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode()
        self.objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode()
        told = self.add(information(info))
        out, offsets = bytearray(b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n"), []
        for number, content in enumerate(self.objects, 1):
            offsets.append(len(out))
            out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
        name = hashlib.sha256(bytes(out)).hexdigest()[:32]
        start, count = len(out), len(self.objects) + 1
        out += f"xref\n0 {count}\n0000000000 65535 f \n".encode()
        out += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
        out += f"trailer\n<< /Size {count} /Root 1 0 R /Info {told} 0 R /ID [<{name}> <{name}>] >>\n".encode()
        return bytes(out) + f"startxref\n{start}\n%%EOF\n".encode()


def stream(content: bytes, entries: str = "") -> bytes:
    """A stream object's content."""
    return f"<< {entries} /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def drawn(content: bytes, sides: tuple[int, int], fonts: str) -> bytes:
    """A form XObject (§8.10): what an annotation or field looks like."""
    box = f"/BBox [0 0 {sides[0]} {sides[1]}]"
    return stream(content, f"/Type /XObject /Subtype /Form {box} /Resources << /Font << {fonts} >> >>")


def information(info: Mapping[str, str]) -> bytes:
    """A document information dictionary."""
    return b"<< " + b" ".join(f"/{name} ".encode() + literal(value) for name, value in info.items()) + b" >>"


def literal(text: str) -> bytes:
    """A string in Windows-1252."""
    data = text.encode("cp1252")
    return b"(" + data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


def dated(at: datetime) -> str:
    """A moment as PDF writes it."""
    return f"D:{at.astimezone(UTC):%Y%m%d%H%M%S}Z"


def shown(x: float, y: float, text: str, font: str = "F1", size: float = 10) -> bytes:
    """Operators that show a line."""
    return f"BT /{font} {size} Tf {x} {y} Td ".encode() + literal(text) + b" Tj ET"


def part(data: bytes, number: int) -> bytes:
    """What an object holds, as it was last saved."""
    start = [found.end() for found in _OBJECT.finditer(data) if int(found[1]) == number][-1]
    return data[start : data.index(b"\nendobj", start)]


def size(data: bytes) -> int:
    """The number that the next new object gets."""
    return max(int(found[1]) for found in _OBJECT.finditer(data)) + 1


def updated(data: bytes, objects: Mapping[int, bytes]) -> bytes:
    """The file with an incremental update (§7.5.6): the former bytes, changed and new objects, another table."""
    trailer = data[data.rindex(b"trailer") :]
    info = re.search(rb"/Info (\d+) 0 R", trailer)
    previous = int(trailer.split(b"startxref\n", 1)[1].split(b"\n")[0])
    out, table = bytearray(data), bytearray()
    for number in sorted(objects):
        table += f"{number} 1\n{len(out):010} 00000 n \n".encode()
        out += f"{number} 0 obj\n".encode() + objects[number] + b"\nendobj\n"
    count = max(size(data), *(number + 1 for number in objects))
    start, told = len(out), info[1].decode() if info else "5"
    out += b"xref\n" + table
    out += f"trailer\n<< /Size {count} /Root 1 0 R /Info {told} 0 R /Prev {previous} >>\n".encode()
    return bytes(out) + f"startxref\n{start}\n%%EOF\n".encode()
