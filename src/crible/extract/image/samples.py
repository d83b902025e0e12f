"""One tiny picture in each format, made by the libraries themselves: what the readers are warmed with."""

import io

from PIL import Image

_WRITTEN = ("JPEG", "PNG", "TIFF", "GIF", "WEBP", "BMP", "JPEG2000", "ICO")
"""Not HEIF, AVIF and PSD: their decoders are in libraries that were loaded with their plugins, and open nothing."""


def load_decoders() -> None:
    """Use each decoder once: what it loads on first use could not be loaded behind the walls."""
    Image.init()
    for data in samples():
        Image.open(io.BytesIO(data)).load()


def samples() -> list[bytes]:
    """Pictures of 16 by 16 pixels."""
    picture = Image.linear_gradient("L").resize((16, 16)).convert("RGB")
    exif = Image.Exif()
    exif[0x0131] = "crible"
    made = []
    for name in _WRITTEN:
        buffer = io.BytesIO()
        picture.save(buffer, name, **({"exif": exif} if name in ("JPEG", "TIFF") else {}))
        made.append(buffer.getvalue())
    return made
