"""Figures in running text, as people write them."""

import re

FIGURE = re.compile(r"(?<!\d)\d{1,3}(?:[ \u00a0\u202f]\d{3}(?!\d))+(?:[.,]\d+)?|\d[\d.,'’]*\d")
"""Two digits or more, with marks of thousands and decimals; `11 805,00` is one, `12 000` too, `3 15` is not."""
