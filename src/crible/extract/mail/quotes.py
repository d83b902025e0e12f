"""The passages that a mail quotes from others: `>` lines, attribution lines, forwarded and Outlook blocks.

French and English forms, wrapped or not. What follows an attribution without `>` lines, or a forward's separator, is
quoted to the next one or to the end. Linear in the number of lines.
"""

import re
from dataclasses import dataclass, field

from crible.model.facts import Quote

QUOTES = 20
CHARACTERS = 200_000
"""Characters of all quotes of a mail together."""

_LEVELS = 50
_LINES = 50_000
_LINE = 2_000
_ATTRIBUTION = 300
_PREFIX = re.compile(r"(?:>[ \t]?){1,50}+")
_VERB = re.compile(
    r"\b(?:wrote|writes|said|a\s?écrit|a ecrit|écrivait|écrit|ecrit|schrieb|escribió|ha scritto|geschreven)"
    r"\b[^:]{0,80}+:\s*+$",
    re.IGNORECASE,
)
_OPENING = re.compile(r"(?:On|Le|Am|El|Il|Op|At|In)\b|\d{4}-\d\d-\d\d|\d{1,2}[./]\d|[*]", re.IGNORECASE)
_SEPARATOR = re.compile(
    r"[-_*=]{2,}+\s*+(?:original (?:message|appointment)|forwarded message|message (?:d['’ ]?\s?origine|original"
    r"|transféré|transfere|initial|forwarded)|mail original|courriel original|e-?mail d['’]origine)[^\n]{0,80}+$"
    r"|(?:début du message (?:réexpédié|transféré)|begin forwarded message|inline original message)\s*+:?\s*+$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\*?(?:From|De|Expéditeur|Von)\s?\*?\s?:\s?\*?\s*+\S", re.IGNORECASE)
_FIELD = re.compile(
    r"\*?(?:From|De|Expéditeur|Von|Sent|Envoyé(?: le| par)?|Date|To|À|A|Pour|Destinataire|Cc|Copie|Objet|Sujet|Subject"
    r"|Reply-To|Répondre à|Importance|Attachments?|Pièces? jointes?|Organisation|Organization)\s?\*?\s?:",
    re.IGNORECASE,
)
_SENT = re.compile(r"\*?(?:Sent|Envoyé(?: le)?|Date|Subject|Objet|Sujet)\s?\*?\s?:", re.IGNORECASE)


def quotes(text: str) -> tuple[Quote, ...]:
    """The quoted passages in order, at most 20 and 200,000 characters in all.

    Lines of the same depth under the same attribution are one passage, replies between them left out. The
    attribution is the line (or wrapped lines) that introduces the passage, or the fields of a forwarded header.
    """
    reader = _Reader()
    lines = text.split("\n", _LINES)[:_LINES]
    at = 0
    while at < len(lines):
        at = reader.line(lines, at)
    return reader.quotes()


@dataclass(slots=True)
class _Passage:
    depth: int
    attribution: str
    lines: list[str] = field(default_factory=list)


class _Reader:
    def __init__(self) -> None:
        self.passages: list[_Passage] = []
        self.open: dict[int, _Passage] = {}
        """By depth, the passage that further lines of that depth continue."""
        self.base = 0
        """Depth of what stands without `>`: raised by each forwarded block."""
        self.recent: dict[int, list[str]] = {}
        """By depth, the last lines met, where an attribution may stand."""
        self.last = 0
        """Depth of the last line with text."""

    def line(self, lines: list[str], at: int) -> int:
        """Take the line (or the forwarded header) at `at`; where to go on."""
        raw = lines[at][:_LINE]
        prefix = _PREFIX.match(raw)
        depth = self.base + (prefix[0].count(">") if prefix else 0)
        shown = (raw[prefix.end() :] if prefix else raw).strip()
        if not prefix and (end := _block(lines, at)):
            self.forward(" ".join(line.strip() for line in lines[at:end] if line.strip()))
            return end
        if not prefix and _introduces(shown) and not _quoted_soon(lines, at + 1):
            self.forward(_attribution([*self.recent.get(depth, ()), shown]))
            return at + 1
        self.take(depth, shown)
        return at + 1

    def take(self, depth: int, shown: str) -> None:
        recent = self.recent.setdefault(depth, [])
        if not shown:
            if depth in self.open:
                self.open[depth].lines.append("")
            return
        passage = self.open.get(depth)
        if depth and (passage is None or self.last < depth):
            above = _attribution(self.recent.get(depth - 1, []))
            if passage is None or (above and above != passage.attribution):
                passage = self.start(depth, above)
        if passage:
            passage.lines.append(shown)
        self.last = depth
        recent.append(shown)
        del recent[:-4]

    def start(self, depth: int, attribution: str) -> _Passage:
        for deeper in [level for level in self.open if level >= depth]:
            del self.open[deeper]
        passage = self.open[depth] = _Passage(depth, attribution)
        self.passages.append(passage)
        return passage

    def forward(self, attribution: str) -> None:
        """From here on, lines without `>` are quoted, one level deeper than before."""
        self.base = min(self.base + 1, _LEVELS)
        self.recent.clear()
        self.start(self.base, attribution[:_ATTRIBUTION])

    def quotes(self) -> tuple[Quote, ...]:
        found: list[Quote] = []
        room = CHARACTERS
        for passage in self.passages:
            text = "\n".join(passage.lines).strip("\n")[:room]
            if text and room > 0 and len(found) < QUOTES:
                found.append(Quote(text, passage.attribution, passage.depth))
                room -= len(text)
        return tuple(found)


def _introduces(line: str) -> bool:
    return line.endswith(":") and _VERB.search(line) is not None


def _attribution(recent: list[str]) -> str:
    """The attribution that ends in the last of these lines, up to three of which it may be wrapped over."""
    if not recent or not _introduces(recent[-1]):
        return ""
    for back in range(1, min(4, len(recent) + 1)):
        if _OPENING.match(recent[-back]):
            return " ".join(recent[-back:])[:_ATTRIBUTION]
    return recent[-1][:_ATTRIBUTION]


def _block(lines: list[str], at: int) -> int:
    """Where a forwarded header that begins at `at` ends, 0 if none does: a separator, its fields, or fields alone."""
    shown = lines[at][:_LINE].strip()
    separated = _SEPARATOR.match(shown) is not None
    if not separated and not _FROM.match(shown):
        return 0
    end = at + 1 if separated else at
    blanks = sent = 0
    while end < len(lines) and end - at < 14:
        line = lines[end][:_LINE].strip()
        if not line:
            blanks += 1
            if (blanks > 1 and not separated) or blanks > 2:
                break
        elif not _FIELD.match(line):
            if blanks or not sent or len(line.split()) > 12:
                break
        else:
            sent += _SENT.match(line) is not None
        end += 1
    return end if separated or sent >= 2 else 0


def _quoted_soon(lines: list[str], at: int) -> bool:
    """Whether one of the next three lines with text is a `>` line."""
    ahead = [line for line in lines[at : at + 6] if line.strip()][:3]
    return not ahead or any(line.startswith(">") for line in ahead)
