"""A text as comparable words: what mail systems change by themselves is gone, what a reader reads is kept."""

import re
from collections.abc import Collection
from dataclasses import dataclass

MOST = 20_000
"""Words of one text that are compared; a longer text is compared up to here."""

_PREFIX = re.compile(r"[ \t]*+(?>(?:[>|][ \t]?)+)")
_LINK = re.compile(r"<(?:mailto:|https?://)[^<>\s]{0,2000}>", re.IGNORECASE)
"""The target that a program writes out behind a link's words, or leaves away."""
_WORD = re.compile(r"\S+")
_ALPHANUMERIC = re.compile(r"[^\W_]")
_GROUPS = re.compile(r"[+-]?\d{1,3}(?: \d{3})*")
_STRIP = "!\"#'()*,./:;<=>?[\\]^_`{|}~-+…«»“”„‘’‹›·•–—¡¿"
_SAME = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "`": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "−": "-",
        "，": ", ",
        "*": " ",
        **dict.fromkeys("\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}", None),
    }
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words in order: `keys` to compare, `shown` as written, `lines` the line each stood on."""

    keys: list[str]
    shown: list[str]
    lines: list[int]

    def __len__(self) -> int:
        return len(self.keys)

    def between(self, start: int, end: int) -> str:
        """The words of a range as written, one blank between them."""
        return " ".join(self.shown[start:end])


def tokens(text: str, without: Collection[str] = ()) -> Tokens:
    """The words of a text, quoting prefixes, typographic quotes, case, punctuation and line breaks set aside.

    Breaks of lines play no part, so that format=flowed (RFC 3676) and any re-wrapping compare equal. `without` holds
    lines, as `line_form` gives them, to leave out: text that stands in a sender's other mails too.
    """
    result = Tokens([], [], [])
    for number, line in enumerate(text.splitlines()):
        if len(result) >= MOST:
            break
        line = unquoted(line)
        if without and line_form(line) in without:
            continue
        for word in _words(line)[: MOST - len(result)]:
            _append(result, word, number)
    return result


def placed(text: str) -> tuple[Tokens, list[tuple[int, int]]]:
    """The words of a text as `tokens` has them, each with where it stands in it; targets of links count as words."""
    result, places = Tokens([], [], []), list[tuple[int, int]]()
    for found in _WORD.finditer(text):
        if len(result) >= MOST:
            break
        word = found[0].translate(_SAME).strip()
        before = len(result)
        _append(result, word, 0)
        if len(result) > before:
            places.append(found.span())
        elif _key(word):  # the next digits of a figure
            places[-1] = (places[-1][0], found.end())
    return result, places


def line_form(line: str) -> str:
    """A line as `tokens(without=…)` knows it: its compared words, one blank between them."""
    return " ".join(key for key in map(_key, _words(unquoted(line))) if key)


def _words(line: str) -> list[str]:
    if "<" in line:
        line = _LINK.sub(" ", line)
    if line.isascii() and "*" not in line and "`" not in line:
        return line.split()  # nothing to translate, which took half of a text's time
    return line.translate(_SAME).split()


def _append(result: Tokens, word: str, line: int) -> None:
    key = _key(word)
    if not key:
        return
    if len(key) == 3 and key.isdigit() and result.shown and _GROUPS.fullmatch(result.shown[-1][-20:]):
        # "18 214", with whatever kind of blank, is the figure "18214".
        result.keys[-1] += key
        result.shown[-1] += " " + word
        return
    result.keys.append(key)
    result.shown.append(word)
    result.lines.append(line)


def _key(word: str) -> str:
    key = word.strip(_STRIP)
    if key and key[0].isdigit():
        at = word.find(key)
        if at and word[at - 1] in "+-":
            key = word[at - 1] + key
    return key.casefold()


def plain_words(text: str) -> list[str]:
    """The words of a text as they stand, those with a letter or digit, without quoting prefixes."""
    if ">" in text or "|" in text:
        text = "\n".join(map(unquoted, text.splitlines()))
    return words(text)


def words(text: str) -> list[str]:
    """What stands between blanks, if it has a letter or digit."""
    # One expression for a whole word goes back and forth over every line of dashes: a sixth slower on mailing lists.
    # Nine words in ten begin with one, which is seen without any expression.
    return [word for word in text.split() if word[0].isalnum() or _ALPHANUMERIC.search(word)]


def unquoted(line: str) -> str:
    """A line without its quoting prefix."""
    if ">" not in line and "|" not in line:
        return line
    found = _PREFIX.match(line)  # `sub` with `^` tries the whole line: four times as long
    return line[found.end() :] if found else line
