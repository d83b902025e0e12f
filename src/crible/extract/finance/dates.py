"""Dates as papers write them: ISO, with points, strokes or hyphens, or with the month's name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

_NAMES = (
    ("january", "janvier", "januar", "januari", "jan", "janv"),
    ("february", "fevrier", "februar", "februari", "feb", "fev", "fevr"),
    ("march", "mars", "marz", "maart", "mar", "mrt"),
    ("april", "avril", "apr", "avr"),
    ("may", "mai", "mei"),
    ("june", "juin", "juni", "jun"),
    ("july", "juillet", "juli", "jul", "juil"),
    ("august", "aout", "augustus", "aug"),
    ("september", "septembre", "sep", "sept"),
    ("october", "octobre", "oktober", "oct", "okt"),
    ("november", "novembre", "nov"),
    ("december", "decembre", "dezember", "dec", "dez"),
)
MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names}
_DAYS = (
    ("lundi", "monday", "lun", "mon"), ("mardi", "tuesday", "mar", "tue"), ("mercredi", "wednesday", "mer", "wed"),
    ("jeudi", "thursday", "jeu", "thu"), ("vendredi", "friday", "ven", "fri"), ("samedi", "saturday", "sam", "sat"),
    ("dimanche", "sunday", "dim", "sun"),
)  # fmt: skip
WEEKDAYS = {name: number for number, names in enumerate(_DAYS) for name in names[:2]}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(WEEKDAYS)
_FIGURES = re.compile(
    r"(?<![\d.,/-])(?:(?P<y>(?:19|20)\d\d)([/.-])(?P<m>\d\d?)\2(?P<d>\d\d?)"
    r"|(?P<a>\d\d?)(?P<cut>[/.-])(?P<b>\d\d?)(?P=cut)(?P<c>(?:19|20)\d\d|\d\d))(?![\d/-]|[.,]\d)"
)
_MARK = re.compile(r"[/.-](?<=\d[/.-])(?=\d\d?[/.-]\d)")
"""The first mark of every date that `_FIGURES` finds; that itself would be tried at every letter."""
_WORDED = re.compile(
    rf"(?:\b(?P<w>{_WEEKDAY})[ ,.]{{1,3}})?(?:(?:the|le|den) )?"
    rf"(?:(?<!\d)(?P<d1>\d{{1,2}})(?:er|st|nd|rd|th|\.)?[ -]{{0,2}}(?:of )?(?P<m1>{_MONTH})\b"
    rf"|\b(?P<m2>{_MONTH})\.?[ ]{{1,2}}(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))"
    r"[ ]{0,2}[.,-]?[ ]{0,2}(?P<y>(?:19|20)\d\d)(?!\d)"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
REACH = 48
"""Characters before its year in which a date with the month's name begins: 39 at most."""


@dataclass(frozen=True, slots=True)
class Met:
    """A date in a text."""

    day: date
    start: int
    end: int
    weekday: int | None = None
    """The day of the week written before it, 0 for Monday."""
    other: date | None = None
    """What it would be with day and month changed round, where its figures leave that open."""


def dates(folded: str, *, month_first: bool | None = None) -> list[Met]:
    """Every date of a folded text, in order.

    Figures of which neither can be the only day are read as the text's plain ones are, else as `month_first` says.
    """
    found = [*_figures(folded), *_worded(folded)]
    plain = {met.other is None and _rounds(folded, met) for met in found if met.other is None}
    if True in plain and False not in plain:
        month_first = True
    elif month_first is None or (False in plain and True not in plain):
        month_first = False
    if month_first:
        found = [replace(met, day=met.other, other=met.day) if met.other else met for met in found]
    return sorted(found, key=lambda met: met.start)


def _rounds(folded: str, met: Met) -> bool | None:
    """Whether a date of plain figures has its month first; None for those that show nothing."""
    written = _FIGURES.match(folded, met.start)
    if written is None or written["y"] or written["cut"] == ".":
        return None
    return int(written["b"]) > 12


def _figures(folded: str) -> Iterator[Met]:
    for met in _in_figures(folded):
        other = None
        if met["y"]:
            day = _day(int(met["y"]), int(met["m"]), int(met["d"]))
        else:
            year, first, second = _year(met["c"]), int(met["a"]), int(met["b"])
            day = _day(year, second, first)
            turned = _day(year, first, second)
            day, other = (day, turned if met["cut"] != "." and first != second else None) if day else (turned, None)
        if day:
            yield Met(day, met.start(), met.end(), _weekday_before(folded, met.start()), other)


def _in_figures(folded: str) -> Iterator[re.Match[str]]:
    end = 0
    for mark in _MARK.finditer(folded):
        start = mark.start()
        while start > max(end, mark.start() - 4) and folded[start - 1].isdecimal():
            start -= 1
        if met := _FIGURES.match(folded, start):
            end = met.end()
            yield met


def _in_words(folded: str) -> Iterator[re.Match[str]]:
    end = 0
    for year in _YEAR.finditer(folded):
        if met := _WORDED.search(folded, max(end, year.start() - REACH), year.end() + 1):
            end = met.end()
            yield met


def _worded(folded: str) -> Iterator[Met]:
    for met in _in_words(folded):
        day = _day(int(met["y"]), MONTHS[met["m1"] or met["m2"]], int(met["d1"] or met["d2"]))
        if day:
            yield Met(day, met.start(), met.end(), WEEKDAYS[met["w"]] if met["w"] else None)


_BEFORE = re.compile(rf"\b({_WEEKDAY})[ ,.]{{1,3}}(?:(?:le|the) )?\Z")


def _weekday_before(folded: str, at: int) -> int | None:
    met = _BEFORE.search(folded, max(0, at - 16), at)
    return WEEKDAYS[met[1]] if met else None


def _year(text: str) -> int:
    """Two figures are of 1970 to 2069, as POSIX reads them nearly."""
    year = int(text)
    return year if year > 99 else 1900 + year if year >= 70 else 2000 + year


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def misnamed(found: Sequence[Met]) -> list[Met]:
    """Dates whose own day of the week is another than the one written before them."""
    return [met for met in found if met.weekday is not None and met.weekday != met.day.weekday() and not _fits(met)]


def _fits(met: Met) -> bool:
    return met.other is not None and met.other.weekday() == met.weekday
