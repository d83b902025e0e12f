"""One-page PDFs written by hand: content as PDF operators, resources by name."""

import pytest

from crible.extract.pdf import reader

IMAGE = (
    b"<</Type/XObject/Subtype/Image/Width 400/Height 300/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/%b/Length %d>>"
)


def stream(data, entries=b""):
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries, len(data), data)


@pytest.fixture
def image():
    """An image of 400 by 300 grey pixels from its encoded bytes."""

    def build(data, encoding="FlateDecode"):
        return IMAGE % (encoding.encode(), len(data)) + b"stream\n" + data + b"\nendstream"

    return build


@pytest.fixture
def page():
    """A PDF of one page of 400 by 300 points; fonts by name to base font, further objects by number from 20 on."""

    def build(content, fonts=None, objects=None, resources="", annots="", catalog="", page="", info=""):
        fonts = fonts or {"F": "Helvetica"}
        named = "".join(f"/{name} {50 + at} 0 R" for at, name in enumerate(fonts))
        parts = {
            1: f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode(),
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 4 0 R{page}"
            f"/Resources<</Font<<{named}>>{resources}>>/Annots[{annots}]>>".encode(),
            4: stream(content.encode("latin-1")),
            5: f"<<{info}>>".encode("latin-1"),
        }
        for at, base in enumerate(fonts.values()):
            parts[50 + at] = f"<</Type/Font/Subtype/Type1/BaseFont/{base}/Encoding/WinAnsiEncoding>>".encode()
        parts |= objects or {}
        out = b"%PDF-1.7\n" + b"".join(b"%d 0 obj%b endobj\n" % each for each in sorted(parts.items()))
        return out + b"trailer<</Root 1 0 R/Info 5 0 R/Size 99>>\n%%EOF\n"

    return build


@pytest.fixture
def facts(window, page):
    """What the reader finds in such a page."""

    def read(content, **how):
        return reader.read(window(page(content, **how))).file

    return read
