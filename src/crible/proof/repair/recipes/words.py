"""Words altered after signing: the same passage as others have it, then small edits of figures.

No list and no gateway does that. What is found is proven by the digest alone; the passages only say what to try.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from crible.proof.repair.draft import Draft, Made
from crible.proof.repair.recipe import BodyRecipe
from crible.proof.repair.texts import Change, Text, texts, written

WORDS = 6_000
"""Words of a text or passage that are aligned."""
RUN = 40
"""Words of one difference."""
CHANGES = 10
"""Differences that are joined with one another."""
JOINED = 256
"""Sets of differences that are tried for one passage."""
FIGURES = 120
"""Figures of one mail that are altered, one at a time."""
STEPS_BEFORE = 2
SEPARATORS = ("", " ", ".", ",", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}")

_WORD = re.compile(r"[^\s>]\S*")
_FIGURE = re.compile(r"\d(?:[\d.,  \u202f]{0,14}\d)?")
_SEPARATOR = re.compile(r"(?<=\d)[.,  \u202f](?=\d{3}(?!\d))")


def _from_passages(draft: Draft) -> Iterator[tuple[Draft, Made]]:
    if len(draft.steps) > STEPS_BEFORE or not draft.mail.passages:
        return
    found = texts(draft)
    for passage in draft.mail.passages:
        for text in found:
            if text.mime != "text/plain" and len(found) > 1:
                continue
            changes = differences(text.text, passage)
            for chosen in _sets(changes):
                yield from _changed(draft, found, text, chosen)


def _sets(changes: Sequence[Change]) -> Iterator[tuple[Change, ...]]:
    """All differences at once, each alone, then pairs and so on."""
    if not changes:
        return
    yield tuple(changes)
    tried = 1
    for size in range(1, min(len(changes), CHANGES)):
        for chosen in combinations(changes[:CHANGES], size):
            yield chosen
            tried += 1
            if tried >= JOINED:
                return


def _changed(
    draft: Draft, found: Sequence[Text], text: Text, changes: Sequence[Change]
) -> Iterator[tuple[Draft, Made]]:
    """The draft with the changes made in one text, and then in its other forms (HTML beside plain) too."""
    shown = text.text
    here = list(written(draft, text, changes))
    if not here:
        return
    stored = " … ".join(shown[change.start : change.end] for change in changes)
    signed = " … ".join(change.by for change in changes)
    made = Made("words-replaced", stored=stored, signed=signed, origin=draft.origin(here[0].start, here[0].end))
    others = []
    for other in found:
        if other is not text:
            same = _likewise(other.text, [(shown[change.start : change.end], change.by) for change in changes])
            others += list(written(draft, other, same)) if same else []
    if others:
        yield draft.edited(sorted([*here, *others], key=lambda edit: edit.start)), made
    yield draft.edited(here), made


def _likewise(shown: str, pairs: Sequence[tuple[str, str]]) -> list[Change]:
    """The same words replaced wherever they stand in another form of the text."""
    changes: list[Change] = []
    for old, new in pairs:
        if not old.strip():
            continue
        pattern = r"(?:\s|&nbsp;)+".join(map(re.escape, old.split()[:RUN]))
        changes += [
            Change(one.start(), one.end(), new)
            for one in re.finditer(rf"(?<!\w){pattern}(?!\w)", shown)
            if not any(one.start() < known.end and known.start < one.end() for known in changes)
        ][:20]
    return sorted(changes, key=lambda change: change.start)


def differences(text: str, passage: str) -> list[Change]:
    """Where a passage found elsewhere differs from the text: runs of words between words that both share.

    Quotation marks at line starts and line breaks do not count. Linear but for a sort: what both share is found by
    triples of words that stand once in each.
    """
    ours, theirs = list(_WORD.finditer(text))[:WORDS], _WORD.findall(passage)[:WORDS]
    changes: list[Change] = []
    at, their = 0, 0
    began = False
    for low, high in [*_anchors([word[0] for word in ours], theirs), (len(ours), len(theirs))]:
        if began and low < len(ours):
            changes += _between(ours[at:low], theirs[their:high])
        began = True
        at, their = low, high
        while at < len(ours) and their < len(theirs) and ours[at][0] == theirs[their]:
            at, their = at + 1, their + 1
    return changes


def _between(ours: Sequence[re.Match[str]], theirs: Sequence[str]) -> Iterator[Change]:
    head, tail = 0, 0
    while head < min(len(ours), len(theirs)) and ours[head][0] == theirs[head]:
        head += 1
    while tail < min(len(ours), len(theirs)) - head and ours[-1 - tail][0] == theirs[-1 - tail]:
        tail += 1
    mine, other = ours[head : len(ours) - tail], theirs[head : len(theirs) - tail]
    if len(mine) > RUN or len(other) > RUN or not (mine or other):
        return
    if not mine:  # words that were taken out: put back behind the word before, or in front of the one after
        if head:
            yield Change(ours[head - 1].end(), ours[head - 1].end(), " " + " ".join(other))
        elif tail:
            yield Change(ours[len(ours) - tail].start(), ours[len(ours) - tail].start(), " ".join(other) + " ")
    elif not other:
        end = ours[len(ours) - tail].start() if tail else mine[-1].end()
        yield Change(mine[0].start(), end, "")
    elif len(mine) == len(other):  # word by word, so that line breaks between them stay
        yield from (
            Change(one.start(), one.end(), word) for one, word in zip(mine, other, strict=True) if one[0] != word
        )
    else:
        yield Change(mine[0].start(), mine[-1].end(), " ".join(other))


def _anchors(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int]]:
    """Places where three words agree that stand together once in each, in the order of both."""
    places = _once(ours)
    pairs = [(places[key], at) for key, at in _once(theirs).items() if key in places]
    pairs.sort(key=lambda pair: pair[1])
    chain: list[tuple[int, int]] = []
    for pair in pairs:
        if not chain or pair[0] > chain[-1][0]:
            chain.append(pair)
    return chain


def _once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    found: dict[tuple[str, ...], int] = {}
    for at in range(len(words) - 1):
        key = (words[at], words[at + 1], *words[at + 2 : at + 3])
        found[key] = -1 if key in found else at
    return {key: at for key, at in found.items() if at >= 0}


def _figures(draft: Draft) -> Iterator[tuple[Draft, Made]]:
    if len(draft.steps) > STEPS_BEFORE:
        return
    found = texts(draft)
    tried = 0
    for text in found:
        shown = text.text
        if text.mime != "text/plain" and tried:
            continue
        for figure in _FIGURE.finditer(shown):
            tried += 1
            if tried > FIGURES:
                return
            for other in variants(figure[0]):
                yield from _changed(draft, found, text, (Change(figure.start(), figure.end(), other),))


def variants(figure: str) -> Iterator[str]:
    """Other figures that a small edit makes this one of, likeliest first."""
    plain = _SEPARATOR.sub("", figure)
    seen = {figure}
    for other in _forms(figure, plain):
        if other not in seen:
            seen.add(other)
            yield other


def _forms(figure: str, plain: str) -> Iterator[str]:
    mark = next((one for one in figure if not one.isdigit()), "")
    if plain.isdigit():
        for number in (plain, plain + "0", plain[:-1], plain + "00", plain[:-2], plain + "000", plain[:-3]):
            for separator in dict.fromkeys(
                (mark, "", " ", ".", ",", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}")
            ):
                if number:
                    yield _grouped(number, separator)
    for at, digit in enumerate(figure):
        if digit.isdigit():
            yield from (figure[:at] + other + figure[at + 1 :] for other in "0123456789")
    for at in range(len(figure) - 1):
        yield figure[:at] + figure[at + 1] + figure[at] + figure[at + 2 :]
    for at in range(len(figure) + 1):
        yield from (figure[:at] + other + figure[at:] for other in "0123456789")
        yield figure[:at] + figure[at + 1 :]


def _grouped(number: str, separator: str) -> str:
    return f"{int(number):,}".replace(",", separator) if separator and len(number) < 16 else number


PASSAGES = BodyRecipe("words-replaced", _from_passages, cost=6, changing=True, words=True)
FIGURE = BodyRecipe("figure-replaced", _figures, cost=9, changing=True, words=True)
