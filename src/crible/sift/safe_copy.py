"""A safe copy: a PDF of nothing but pictures of pages, which were drawn in the sandbox and came out of it as pixels.

As Dangerzone does it: what leaves the sandbox is red, green and blue, which nobody has to decode, and the file is put
together here, so that nothing of the stranger's can be in it. Letters can no longer be searched or copied.
"""

import io
from collections.abc import Iterable

from PIL import Image

QUALITY = 82
"""Of JPEG: 150 to 300 kB for a page of writing at 150 dots per inch."""
POINTS = 595.0
"""Width of each page: A4."""
Pixels = tuple[tuple[int, int], bytes]


def pdf(pages: Iterable[Pixels]) -> bytes:
    """The pages, in order (ISO 32000-1 §7.5): a page, its drawing and its picture are three objects each."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids: list[str] = []
    for (width, height), pixels in pages:
        at = len(objects) + 1
        tall = POINTS * height / width
        kids.append(f"{at} 0 R")
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {POINTS:.2f} {tall:.2f}] /Contents {at + 1} 0 R "
            f"/Resources << /XObject << /P {at + 2} 0 R >> >> >>".encode(),
            _stream("", f"{POINTS:.2f} 0 0 {tall:.2f} 0 0 cm /P Do".encode()),
            _stream(
                f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB "
                "/BitsPerComponent 8 /Filter /DCTDecode ",
                _jpeg(width, height, pixels),
            ),
        ]
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    return _file(objects)


def _jpeg(width: int, height: int, pixels: bytes) -> bytes:
    out = io.BytesIO()
    Image.frombytes("RGB", (width, height), pixels).save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _stream(entries: str, data: bytes) -> bytes:
    return f"<< {entries}/Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _file(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return bytes(
        out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    )  # fmt: skip
