"""What of a `style` attribute may stand: a short list of properties, with values that hide, cover or fetch nothing."""

import re

PROPERTIES = frozenset(
    {
        "background-color", "border", "border-bottom", "border-collapse", "border-color", "border-left", "border-right",
        "border-spacing", "border-style", "border-top", "border-width", "color", "float", "font-family", "font-size",
        "font-style", "font-variant", "font-weight", "height", "line-height", "list-style-type", "margin",
        "margin-bottom", "margin-left", "margin-right", "margin-top", "max-width", "outline", "padding",
        "padding-bottom", "padding-left", "padding-right", "padding-top", "text-align", "text-decoration",
        "text-transform", "vertical-align", "white-space", "width",
    }
)  # fmt: skip
"""No position, opacity, z-index, display, overflow, direction or transform: what is there must be seen where it is."""
MARK = "outline:1px dashed #b5651d"
"""Put around what the mail hides. The only outline there is."""

_VALUE = re.compile(r"[\w\s#.,%'\"!+-]{1,120}|rgb\([\d\s.,%]{1,40}\)")
_NEGATIVE = re.compile(r"(?:^|[\s,])-\.?\d")
_SIZE = re.compile(r"(\d{0,5}\.?\d{1,5})\s*(px|pt|em|rem|%)?")
_LEAST = {"px": 6.0, "pt": 5.0, "em": 0.5, "rem": 0.5, "%": 50.0, None: 6.0}
"""Letters smaller than that are not meant to be read."""
_HIDES = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|mso-hide:all|opacity:0*\.?0*(?:;|!|$)|(?<!-)color:transparent"
    r"|(?:max-)?(?:height|width):0(?:px|pt|em|%)?(?:;|!|$)|text-indent:-|(?:left|top|right):-\d{3}"
)
_WHITE = re.compile(r"\s+|/\*.*?\*/", re.DOTALL)
_LONGEST = 4_000


def plain(style: str) -> tuple[str, bool]:
    """What may stand of a style, in its order, and whether the style as written hides what it is given to."""
    written = style[:_LONGEST].lower()
    hides = _HIDES.search(_WHITE.sub("", written)) is not None
    kept: list[str] = []
    # An escape may spell anything (`u\72l(`), a comment may part anything: where either stands, nothing is taken.
    for declaration in () if "\\" in written or "/*" in written else written.split(";"):
        name, _, value = (each.strip() for each in declaration.partition(":"))
        small = name == "font-size" and _small(value)
        hides = hides or small
        if not small and _allowed(name, value):
            kept.append(f"{name}:{value}")
        elif f"{name}:{value}" == MARK:
            hides = True
    return ";".join([*kept, MARK] if hides else kept), hides


def _allowed(name: str, value: str) -> bool:
    if name not in PROPERTIES or name == "outline" or not _VALUE.fullmatch(value) or _NEGATIVE.search(value):
        return False
    return not (name == "line-height" and value.startswith(("0", "."))) and value != "transparent"


def _small(value: str) -> bool:
    size = _SIZE.match(value)
    return size is not None and float(size[1]) < _LEAST[size[2]]
