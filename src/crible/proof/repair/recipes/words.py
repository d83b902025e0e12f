"""Words altered after signing: the same passage as others have it, then small edits of figures.

No list and no gateway does that. What is found is proven by the digest alone; the passages only say what to try.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, islice, pairwise

from crible.proof.repair.draft import Draft, Made
from crible.proof.repair.recipe import BodyRecipe
from crible.proof.repair.texts import Change, Text, texts, written

WORDS = 6_000
"""Words of a text or passage that are aligned."""
RUN = 40
"""Words of one difference."""
BEYOND = 12
"""Words at either end of a passage within which a difference is looked for beyond the first and last triple."""
NEAR = 30
"""Characters between two changes that are shown as one."""
CHANGES = 10
"""Differences that are joined with one another."""
JOINED = 256
"""Sets of differences that are tried for one passage."""
FIGURES = 120
"""Figures of one mail that are altered, one at a time."""
STEPS_BEFORE = 2

_GAP = r"(?>(?:\s|&nbsp;|<br ?/?>)+)"
_BEFORE = re.compile(r"(\S{1,30})(\s*)$")
_AFTER = re.compile(r"(\s*)(\S{1,30})")
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
                yield from _changed(draft, found, text, chosen, "words-replaced")


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
    draft: Draft, found: Sequence[Text], text: Text, changes: Sequence[Change], name: str
) -> Iterator[tuple[Draft, Made]]:
    """The draft with the changes made in one text, and then in its other forms (HTML beside plain) too."""
    shown = text.text
    here = list(written(draft, text, changes))
    if not here:
        return
    stored, signed = _told(shown, changes)
    made = Made(name, stored=stored, signed=signed, origin=draft.origin(here[0].start, here[0].end))
    others = []
    for other in found:
        if other is not text:
            same = _likewise(other.text, shown, changes)
            others += list(written(draft, other, same)) if same else []
    if others:
        yield draft.edited(sorted([*here, *others], key=lambda edit: edit.start)), made
    yield draft.edited(here), made


def _told(text: str, changes: Sequence[Change]) -> tuple[str, str]:
    """The stretches that change, as stored and as signed, with the words around them."""
    stored, signed, at = "", "", -NEAR
    for change in changes:
        if change.start - at > NEAR:
            before = _BEFORE.search(text, max(0, change.start - 40), change.start)
            lead = before[0] if before else ""
            gap = " … " if stored else ""
        else:
            lead, gap = text[at : change.start], ""
        stored += gap + lead + text[change.start : change.end]
        signed += gap + lead + change.by
        at = change.end
    after = _AFTER.match(text, at, at + 40)
    tail = after[0] if after else ""
    return " ".join((stored + tail).split()), " ".join((signed + tail).split())


def _likewise(shown: str, text: str, changes: Sequence[Change]) -> list[Change]:
    """The same changes in another form of the text: wherever the same words stand between the same neighbours."""
    made: list[Change] = []
    for change in changes:
        for found in islice(re.finditer(_pattern(text, change), shown), 20):
            if not any(found.start(1) < known.end and known.start < found.end(1) for known in made):
                made.append(Change(found.start(1), found.end(1), change.by))
    return sorted(made, key=lambda change: change.start)


def _pattern(text: str, change: Change) -> str:
    """The words to be replaced, as group 1, between their neighbours, however blanks are written between them."""
    before = _BEFORE.search(text, max(0, change.start - 40), change.start)
    after = _AFTER.match(text, change.end, change.end + 40)
    old = text[change.start : change.end]
    words = old.split()[:RUN]
    middle = _GAP.join(map(re.escape, words)) + (_GAP if old[-1:].isspace() else "")
    lead = re.escape(before[1]) + (_GAP if before[2] and words else "") if before else r"(?<!\w)"
    # A gap takes all blanks there are: two in a row would match nothing, or else in as many ways as there are blanks.
    gap = _GAP if after and (after[1] or (before and before[2] and not words)) and not old[-1:].isspace() else ""
    trail = gap + re.escape(after[2]) if after else r"(?!\w)"
    return f"{lead}({middle}){trail}"


def differences(text: str, passage: str) -> list[Change]:
    """Where a passage found elsewhere differs from the text: runs of words between words that both share.

    Quotation marks at line starts and line breaks do not count. Linear but for a sort: what both share is found by
    triples of words that stand once in each.
    """
    ours, theirs = list(_WORD.finditer(text))[:WORDS], _WORD.findall(passage)[:WORDS]
    anchors = _anchors([word[0] for word in ours], theirs)
    if not anchors:
        return []
    at, their = anchors[0]
    mine, other = _reach([word[0] for word in ours[:at][::-1]], theirs[:their][::-1])
    changes = list(_between(ours, at - mine, at, theirs[their - other : their]))
    for low, high in anchors:
        overlap = max(at - low, their - high, 0)  # a word that both runs could claim
        low, high = low + overlap, high + overlap
        if low > len(ours) or high > len(theirs):
            continue
        changes += _between(ours, at, low, theirs[their:high])
        at, their = low, high
        while at < len(ours) and their < len(theirs) and ours[at][0] == theirs[their]:
            at, their = at + 1, their + 1
    mine, other = _reach([word[0] for word in ours[at : at + BEYOND]], theirs[their:])
    return [*changes, *_between(ours, at, at + mine, theirs[their : their + other])]


def _reach(ours: Sequence[str], theirs: Sequence[str]) -> tuple[int, int]:
    """How many words beyond the last triple still belong to the passage: up to where both agree again."""
    ours, theirs = ours[:BEYOND], theirs[:BEYOND]
    same = [(n + m, n + 1, m + 1) for n, one in enumerate(ours) for m, other in enumerate(theirs) if one == other]
    return min(same)[1:] if same else (0, 0)


def _between(ours: Sequence[re.Match[str]], low: int, high: int, theirs: Sequence[str]) -> Iterator[Change]:
    """The change that makes words `low` to `high` of ours those of theirs."""
    theirs = list(theirs)
    while low < high and theirs and ours[low][0] == theirs[0]:
        low, theirs = low + 1, theirs[1:]
    while low < high and theirs and ours[high - 1][0] == theirs[-1]:
        high, theirs = high - 1, theirs[:-1]
    mine = ours[low:high]
    if len(mine) > RUN or len(theirs) > RUN or not (mine or theirs):
        return
    if not mine:  # words that were taken out: put back behind the word before, or in front of the one after
        if low:
            yield Change(ours[low - 1].end(), ours[low - 1].end(), " " + " ".join(theirs))
        elif ours:
            yield Change(ours[0].start(), ours[0].start(), " ".join(theirs) + " ")
    elif not theirs:
        end = ours[high].start() if high < len(ours) else mine[-1].end()
        yield Change(mine[0].start(), end, "")
    elif len(mine) == len(theirs):  # word by word, so that line breaks between them stay
        pairs = zip(mine, theirs, strict=True)
        yield from (Change(one.start(), one.end(), word) for one, word in pairs if one[0] != word)
    else:
        yield Change(mine[0].start(), mine[-1].end(), " ".join(theirs))


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
                yield from _changed(
                    draft, found, text, (Change(figure.start(), figure.end(), other),), "figure-replaced"
                )


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
    digits = [at for at, one in enumerate(figure) if one.isdigit()]
    for low, high in pairwise(digits):
        yield figure[:low] + figure[high] + figure[low + 1 : high] + figure[low] + figure[high + 1 :]
    for at in range(len(figure) + 1):
        yield from (figure[:at] + other + figure[at:] for other in "0123456789")
        yield figure[:at] + figure[at + 1 :]


def _grouped(number: str, separator: str) -> str:
    return f"{int(number):,}".replace(",", separator) if separator and len(number) < 16 else number


PASSAGES = BodyRecipe("words-replaced", _from_passages, cost=6, changing=True, words=True)
FIGURE = BodyRecipe("figure-replaced", _figures, cost=9, changing=True, words=True)
