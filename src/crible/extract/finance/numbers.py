"""The number of an invoice or quote, and which party is which."""

import re

from crible.extract.finance.dates import dates
from crible.extract.finance.labels import ISSUER, LEGAL, NUMBERS, RECIPIENT, VALUE
from crible.extract.page import Page

LINES = 60
"""Lines among which the issuer's name is looked for."""
_YEAR = range(1970, 2070)


def number(page: Page) -> str:
    """The paper's own number as written; empty where none is labelled."""
    folded = page.folded
    for label in NUMBERS:
        for met in label.finditer(folded):
            value = _under(folded, met.start(), met.end()) or VALUE.match(folded, met.end())
            if value and _is_number(value[0], plain="#" in met[0] or label is not NUMBERS[1]):
                return page.text[value.start() : value.end()]
    return ""


def _under(folded: str, start: int, end: int) -> re.Match[str] | None:
    """The last value of the row below a label that closes a row of column heads."""
    if "\n" not in folded[start:end].lstrip():
        return None
    row = folded[end : folded.find("\n", end) if folded.find("\n", end) > 0 else len(folded)]
    head = folded[folded.rfind("\n", 0, start) + 1 : start]
    if head.strip() and " " in row.strip():
        return VALUE.match(folded, end + row.rstrip().rfind(" ") + 1)
    return VALUE.match(folded, end) if " " not in row.strip() else None


def _is_number(value: str, *, plain: bool) -> bool:
    """Whether it may be a document's number rather than a date, a year, a page or a count."""
    if dates(value) and not value.isdigit():
        return False
    if not any(c.isdigit() for c in value) or value.startswith(("page", "art")):
        return False
    if plain:
        return True
    return (len(value) >= 3 and not (value.isdigit() and int(value) in _YEAR)) and value[-1].isalnum()


def issuer(page: Page) -> str:
    """Who made the paper out: as labelled, else the first line that holds a legal form, else its first line."""
    if (met := ISSUER.search(page.folded)) and (named := _name(page.text[met.start(1) : met.end(1)])):
        return named
    lines = [line for _, line in page.lines[:LINES]]
    lines += [line for _, line in page.lines[-LINES // 2 :]]
    for line in lines:
        if (form := LEGAL.search(line)) and form.start() >= 3 and line[:1].isupper():
            return _name(line[: form.end()])
    return _name(lines[0]) if lines and lines[0].strip()[:1].isupper() else ""


def recipient(page: Page) -> str:
    """Whom it is made out to, where that is labelled."""
    met = RECIPIENT.search(page.folded)
    return _name(page.text[met.start(1) : met.end(1)].removeprefix("ATTN:")) if met else ""


def _name(line: str) -> str:
    for cut in (" - ", " – ", " | ", "  ", "\t", " au capital", " ● "):
        line = line.strip().partition(cut)[0]
    name = line.strip(" ,;:")[:120]
    return "" if ":" in name or not any(map(str.isalpha, name)) else name
