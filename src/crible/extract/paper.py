"""Names of paper sizes."""

_SIZES = {
    (210, 297): "A4", (297, 420): "A3", (148, 210): "A5", (216, 279): "Letter", (216, 356): "Legal",
    (279, 432): "Tabloid", (182, 257): "B5 (JIS)", (176, 250): "B5", (184, 267): "Executive",
}  # fmt: skip
_NEAR = 2
"""Millimetres of difference allowed: printers' drivers round in points, inches and twips."""

EXCEL = {1: "Letter", 5: "Legal", 7: "Executive", 8: "A3", 9: "A4", 11: "A5", 12: "B4 (JIS)", 13: "B5 (JIS)"}
"""Windows' own numbers of paper (DMPAPER), as spreadsheets keep them (ECMA-376 part 1 §18.3.1.63)."""


def paper(width: float, height: float) -> str:
    """The name of a page of that many millimetres, either way round; `210x100 mm` where it has none, empty for none."""
    if not 10 <= width <= 6000 or not 10 <= height <= 6000:
        return ""
    short, long = sorted((width, height))
    for (one, other), name in _SIZES.items():
        if abs(short - one) <= _NEAR and abs(long - other) <= _NEAR:
            return name
    return f"{round(width)}x{round(height)} mm"
