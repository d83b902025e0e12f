"""The little header above a mail that another passes on or answers below: a separator, its fields, or fields alone."""

import re

from crible.extract.mail import attributions

LINE = 2_000
"""Characters of a line that are looked at."""
_HEADER = 14
"""Lines that such a header may have."""
_GAP = 3
"""Lines below a separator within which its fields begin."""
_PREFIX = re.compile(r"(?>(?:>[ \t]?){1,50})")
_MORE = frozenset((">", ""))
_VERB = re.compile(attributions.VERB.pattern + r"(?>(?:[^:]|(?<=\d):(?=\d)){0,80}):\s*+$", re.IGNORECASE)
_SEPARATOR = re.compile(
    r"[-_*=]{2,}+\s*+(?:original (?:message|appointment)|forwarded (?:message|by\b)"
    r"|message (?:d['’ ]?\s?origine|original|transf[ée]r[ée]|initial|forwarded)|mail original"
    r"|courriel (?:original|transféré)|e-?mail d['’]origine|r[ée]exp[ée]di[ée] par\b|transf[ée]r[ée] par\b)"
    r"[^\n]{0,80}+$"
    r"|[-_]{3,}+\s*+[^\n]{1,120}(?:wrote|a écrit)\s?:\s?[-_]{3,}\s*+$"
    r"|message du \d{1,2}[/.]\d{1,2}[/.]\d{2,4}[^\n]{0,40}+$"
    r"|(?:début du (?:message|courriel) (?:réexpédié|transféré)|begin forwarded message|inline original message)"
    r"\s*+:?\s*+$",
    re.IGNORECASE,
)
FORWARDED = re.compile(r"forward|transf[ée]r|r[ée]exp[ée]di", re.IGNORECASE)
_FROM = re.compile(r"[*_]{0,2}(?:From|De|Expéditeur|Von)\s?[*_]{0,2}\s?:\s?[*_]{0,2}\s*+\S", re.IGNORECASE)
HEADS = re.compile(f"{_SEPARATOR.pattern}|{_FROM.pattern}", re.IGNORECASE)
_SENT = frozenset({"sent", "envoyé", "envoyé le", "date", "subject", "objet", "sujet"})
MAY_HEAD = frozenset(
    [first + second for first in "-_*=" for second in "-_*="]
    + [first + second for first in "*_" for second in "fdev"]
    + ["fr", "de", "ex", "vo", "me", "dé", "be", "in"]
)
"""First two characters of a separator or of a forwarded header, in lower case."""


def bare(line: str) -> tuple[int, str]:
    """How many `>` stand before a line, and what stands behind them, blanks cut off."""
    line = line[:LINE]
    if line[:2] == "> " and line[2:3] not in _MORE:
        return 1, line[2:].strip()
    prefix = _PREFIX.match(line)
    return (prefix[0].count(">"), line[prefix.end() :].strip()) if prefix else (0, line.strip())


def introduces(line: str) -> bool:
    """Whether a line ends as those do that introduce a quote: `… wrote:`, `… a écrit :`."""
    return line.endswith(":") and _VERB.search(line) is not None


def quoted_soon(lines: list[str], at: int) -> bool:
    """Whether one of the next three lines with text is a `>` line, or none follows at all."""
    ahead = [line for line in lines[at : at + 6] if line.strip()][:3]
    return not ahead or any(line.startswith(">") for line in ahead)


def block(lines: list[str], at: int, marks: int) -> tuple[int, int, list[str]] | None:
    """The header that begins at `at`, behind `marks` many `>`, where `HEADS` matched; None if it is none after all.

    Where it ends, how many `>` its text stands behind, and its lines. Apple writes the separator before the `>` lines
    that hold the fields.
    """
    shown = bare(lines[at])[1]
    if _SEPARATOR.match(shown) is None:
        end, head, stated = _fields(lines, at, marks)
        return (end, marks, head) if stated >= 2 else None
    start = next((n for n in range(at + 1, min(at + 1 + _GAP, len(lines))) if bare(lines[n])[1]), at + 1)
    depth, first = bare(lines[start]) if start < len(lines) else (0, "")
    if attributions.field(first) is None:
        if introduces(first) and quoted_soon(lines, start + 1):
            return None  # that attribution says more, and its `>` lines where the quote ends
        return start, marks, [shown]
    below = marks + 1 if depth == marks + 1 else marks
    end, head, _ = _fields(lines, start, below)
    return end, below, [shown, *head]


def _fields(lines: list[str], at: int, marks: int) -> tuple[int, list[str], int]:
    """Where the fields from `at` on end, blank lines below them included; their lines; how many say when or what of."""
    end, stated, listing, blank = at, 0, False, False
    head: list[str] = []
    while end < min(len(lines), at + _HEADER):
        depth, line = bare(lines[end])
        found = attributions.field(line) if depth == marks else None
        if found:
            stated += found[0] in _SENT
            listing = found[0] not in _SENT
        elif depth != marks or (not line and blank):
            break
        elif line and (blank or not stated or not (listing or lines[end][:1] in " \t") or len(line.split()) > 12):
            break  # only lists of addresses go on unmarked; below the subject stands the text
        if line:
            head.append(line)
        blank = not line
        end += 1
    return end, head, stated
