"""A sheet of paper on an office copier: the picture of a page, and the recognised text that hides behind it."""

import io
import random
from collections.abc import Sequence
from datetime import datetime

from PIL import Image, ImageDraw, ImageFont

from crible.demo.forgeries.files.press import HEIGHT, WIDTH, Press, dated, literal, stream
from crible.demo.paper.pdf import Line

COPIER = "Canon iR-ADV C5235"
DPI = 100


def scanned(rng: random.Random, lines: Sequence[Line], at: datetime) -> bytes:
    """The paper with these lines, laid on the glass a little askew, recognised by the copier."""
    press = Press()
    picture = _picture(rng, lines)
    sides = f"/Width {picture.width} /Height {picture.height}"
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=60, dpi=(DPI, DPI))
    image = press.add(
        stream(
            buffer.getvalue(),
            f"/Type /XObject /Subtype /Image {sides} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode",
        )
    )
    font = press.add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>")
    text = b"\n".join(
        f"BT 3 Tr /F1 {line.size} Tf {line.x} {line.y} Td ".encode() + literal(line.text) + b" Tj ET" for line in lines
    )
    content = press.add(stream(f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Im0 Do Q\n".encode() + text))
    page = press.add(
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {content} 0 R /Resources "
        f"<< /XObject << /Im0 {image} 0 R >> /Font << /F1 {font} 0 R >> >> >>".encode()
    )
    return press.file([page], {"Creator": COPIER, "Producer": "Adobe PSL 1.2e for Canon", "CreationDate": dated(at)})


def _picture(rng: random.Random, lines: Sequence[Line]) -> Image.Image:
    scale = DPI / 72
    sheet = Image.new("L", (round(WIDTH * scale), round(HEIGHT * scale)), 246)
    pen = ImageDraw.Draw(sheet)
    for line in lines:
        font = ImageFont.load_default(line.size * scale)
        pen.text((line.x * scale, (HEIGHT - line.y - line.size) * scale), line.text, fill=40, font=font)
    for _ in range(120):
        sheet.putpixel((rng.randrange(sheet.width), rng.randrange(sheet.height)), rng.randrange(90, 200))
    return sheet.rotate(rng.uniform(-0.6, 0.6), Image.Resampling.BILINEAR, fillcolor=246)
