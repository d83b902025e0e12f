"""The case's own calendar: days and spans that matter to it, which the team writes over its timeline."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from crible.model.errors import InputError
from crible.review import audit
from crible.review.models import CalendarDay, User

MOST = 200
"""Entries of one case: more would hide what they are drawn over."""
LONGEST = 200
"""Characters of a label."""
LARGEST = 64_000
"""Characters of a list taken in at once."""
FIELDS = ("day", "until", "label")


@dataclass(frozen=True, slots=True)
class Entry:
    """A day or span as given, checked."""

    day: str
    """ISO date, in the case's zone."""
    until: str
    """Last day of a span; empty for a single day."""
    label: str

    @classmethod
    def of(cls, day: str, until: str, label: str) -> "Entry":
        """InputError: `calendar-day` for what is no date or ends before it begins, `calendar-label` for no label."""
        first, last = _iso(day), _iso(until) if until.strip() else ""
        if last and last < first:
            raise InputError("calendar-day", day=until[:40])
        label = " ".join(label.split())
        if not label or len(label) > LONGEST or not label.isprintable():
            raise InputError("calendar-label", most=LONGEST)
        return cls(first, "" if last == first else last, label)

    def params(self) -> dict[str, str]:
        """As the log names it."""
        return {"day": f"{self.day}–{self.until}" if self.until else self.day, "label": self.label}


def days(case: str) -> list[CalendarDay]:
    """The calendar of a case, in order; one statement."""
    return list(CalendarDay.objects.filter(case=case).order_by("day", "until", "pk"))


def add(by: User, case: str, entry: Entry) -> CalendarDay:
    """Put a day down. Raises InputError `calendar-full` beyond `MOST`."""
    with transaction.atomic(using="default"):
        made = _added(by, case, entry, CalendarDay.objects.filter(case=case).count())
        audit.append(by.name, "calendar-add", case=case, **entry.params())
    return made


def change(by: User, case: str, number: int, entry: Entry) -> bool:
    """Write it anew; False where the case has no such entry."""
    with transaction.atomic(using="default"):
        found = CalendarDay.objects.filter(case=case, pk=number).first()
        if found is None:
            return False
        before = Entry(found.day, found.until, found.label)
        if before != entry:
            found.day, found.until, found.label = entry.day, entry.until, entry.label
            found.save(update_fields=["day", "until", "label"])
            was = {f"old_{name}": value for name, value in before.params().items()}
            audit.append(by.name, "calendar-change", case=case, **entry.params(), **was)
    return True


def remove(by: User, case: str, number: int) -> bool:
    """Take it off; the log keeps what it said. False where the case has no such entry."""
    with transaction.atomic(using="default"):
        found = CalendarDay.objects.filter(case=case, pk=number).first()
        if found is None:
            return False
        entry = Entry(found.day, found.until, found.label)
        found.delete()
        audit.append(by.name, "calendar-remove", case=case, **entry.params())
    return True


def take_in(by: User, case: str, text: str) -> int:
    """Add the lines of a CSV (`day,until,label`, with or without a heading); how many were new.

    All or none: raises InputError for the first line that makes no sense, and `calendar-full` beyond `MOST`.
    """
    if len(text) > LARGEST:
        raise InputError("calendar-full", most=MOST)
    entries = list(dict.fromkeys(_read(text)))
    with transaction.atomic(using="default"):
        known = {Entry(one.day, one.until, one.label) for one in days(case)}
        fresh = [entry for entry in entries if entry not in known]
        for number, entry in enumerate(fresh, len(known)):
            _added(by, case, entry, number)
            audit.append(by.name, "calendar-add", case=case, **entry.params())
    return len(fresh)


def as_csv(entries: list[CalendarDay]) -> str:
    """The calendar as `take_in` reads it. A label that a spreadsheet would take for a formula gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(FIELDS)
    writer.writerows((one.day, one.until, _inert(one.label)) for one in entries)
    return out.getvalue()


def _added(by: User, case: str, entry: Entry, before: int) -> CalendarDay:
    if before >= MOST:
        raise InputError("calendar-full", most=MOST)
    return CalendarDay.objects.create(case=case, by=by, day=entry.day, until=entry.until, label=entry.label)


def _read(text: str) -> Iterator[Entry]:
    for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))):
        cells = [cell.strip() for cell in row]
        if not any(cells) or cells[0].lower() == FIELDS[0]:
            continue
        if len(cells) not in (2, 3):
            raise InputError("calendar-day", day=",".join(cells)[:40])
        day, until, label = cells if len(cells) == 3 else (cells[0], "", cells[1])
        yield Entry.of(day, until, label.removeprefix("'") if label[1:2] in _FORMULAS else label)


_FORMULAS = tuple("=+-@")


def _inert(label: str) -> str:
    return f"'{label}" if label.startswith(_FORMULAS) else label


def _iso(text: str) -> str:
    """A date as `2017-04-23`."""
    text = text.strip()
    try:
        if len(text) != 10:
            raise ValueError(text)
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise InputError("calendar-day", day=text[:40]) from error
