"""What a paper says of itself by which it is one paper and not another: number, issuer, date, title, edition.

Identity decides, not similarity: two invoices of one make differ in every figure and are two invoices; one number under
two totals is a question.
"""

import re
import unicodedata
from dataclasses import dataclass

from crible.model.facts import Reading
from crible.model.sorting import Finance

WORDS = 4
"""Of a line that is a title; shorter ones are letterheads, `Invoice` and `Sheet1`."""
HEAD = 4_000
"""Characters at the start of a text in which it names itself."""
_NUMBERED = re.compile(
    r"\b(?:facture|devis|invoice|quote|quotation|avoir|credit note|estimate|commande|order|contrat|contract"
    r"|bon de livraison|delivery note|relev[ée]|statement|re[çc]u|receipt|quittance)"
    r"[ \t]{0,3}(?:n[°ºo]\.?|no\.?|number|num[ée]ro|#|:)?[ \t:#]{0,4}"
    r"([A-Z]{0,4}[-/]?\d[A-Z0-9]{0,12}(?:[-/.][A-Z0-9]{1,12}){0,4})",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)"
)
_DATED = re.compile(
    rf"\b\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{4}}\b|\b\d{{4}}-\d{{2}}-\d{{2}}\b"
    rf"|\b\d{{1,2}}(?:er|st|nd|rd|th)? {_MONTH} \d{{4}}\b|\b{_MONTH} \d{{1,2}},? \d{{4}}\b",
    re.IGNORECASE,
)
_EDITION = re.compile(
    r"(?<![^\W_])(?:(?:version|vers\.?|v|rev\.?|r[ée]v\.?|r[ée]vision|revision|indice|draft|projet)"
    r"[ _.°-]{0,2}\d{1,2}(?:\.\d{1,2})?(?![0-9])"
    r"|r[ée]vis[ée]e?|revised|corrig[ée]e?|corrected|rectificati(?:f|ve)|annule et remplace|supersedes|amended|avenant"
    r"|final|d[ée]finitif|d[ée]finitive|brouillon|draft|template|mod[èe]le|duplicata|credit note|pro ?forma)"
    r"(?![^\W_])",
    re.IGNORECASE,
)
_FOLDED = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper's name for itself; empty where it gives none."""

    number: str = ""
    issuer: str = ""
    date: str = ""
    titles: frozenset[str] = frozenset()
    """First line if it is more than a letterhead, the title that its program keeps, its file name; folded, editions cut
    off."""
    editions: frozenset[str] = frozenset()
    """`v2`, `revise`, `draft` …, folded, met in its head, its title or its name."""


def paper(reading: Reading, text: str, name: str) -> Paper:
    """What a document calls itself; where sorting found no number or date, the first of its head."""
    finance = (reading.sorting and reading.sorting.finance) or Finance()
    head = text[:HEAD]
    title = reading.file.title if reading.file else ""
    numbered_, dated = _NUMBERED.search(head), _DATED.search(head)
    first = next((line.strip() for line in head.splitlines() if line.strip()), "")
    named = "\n".join((name, title, head))
    return Paper(
        number=fold(finance.number or (numbered_[1] if numbered_ else "")),
        issuer=fold(finance.issuer),
        date=finance.date or (fold(dated[0]) if dated else ""),
        titles=frozenset(filter(None, (_title(first, WORDS), _title(title, WORDS), _title(stem(name), 1)))),
        editions=frozenset(fold(found[0]) for found in _EDITION.finditer(named)),
    )


def _title(text: str, least: int) -> str:
    bare = _EDITION.sub(" ", text)
    return fold(bare)[:200] if len(text.split()) >= least else ""


def stem(name: str) -> str:
    """A file name without its ending and without what a program adds to a second copy (`(1)`, ` - Copie`)."""
    bare = name.rpartition(".")[0] or name
    return re.sub(r"(?:[ _-]{1,3}(?:copie|copy)|[ _]?\(\d{1,3}\)|~\d{1,3})$", "", bare, flags=re.IGNORECASE)


def numbered(finance: Finance | None) -> str:
    """Issuer and number as one key, at most 200 characters; empty where either is missing."""
    if finance is None or not (issuer := fold(finance.issuer)) or not (number := fold(finance.number)):
        return ""
    return f"{issuer[:120]}|{number[:60]}"


def fold(text: str) -> str:
    """Letters and digits, without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _FOLDED.sub("", "".join(c for c in plain if not unicodedata.combining(c)))
