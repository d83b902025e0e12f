"""When programs that name themselves in mail first came out: a small table, each row by the maker's own release notes.

Only rows that are sure; versions in between count as the last row below them. The dates are those of the release,
not of betas, for which `LEAD` leaves room.
"""

import re
from calendar import timegm
from dataclasses import dataclass

LEAD = 180 * 86400
"""Seconds before its release in which a program may be met as a public beta or nightly build."""
Version = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """A program's version, and when it came out."""

    name: str
    day: str
    """ISO date."""

    @property
    def seconds(self) -> int:
        """Midnight UTC of that day, Unix seconds."""
        year, month, day = (int(part) for part in self.day.split("-"))
        return timegm((year, month, day, 0, 0, 0, 0, 0, 0))


@dataclass(frozen=True, slots=True)
class Program:
    """How a program writes its version, and when its versions came out."""

    name: str
    mark: str
    """What stands in the field wherever `form` fits: looked for first, as most mails name none of these."""
    form: re.Pattern[str]
    versions: tuple[tuple[Version, str], ...]
    """Lowest version of each row with its day, ascending."""


PROGRAMS = (
    # Letters and digits of a build begin with the number of the system plus four; Apple, About iOS updates (201222 …).
    Program(
        "iOS build",
        " Mail (",
        re.compile(r"\b(?:iPhone|iPad|iPod) Mail \((\d{1,2})[A-Z]\d{2,4}[a-z]?\)"),
        (
            ((8,), "2010-06-21"), ((9,), "2011-10-12"), ((10,), "2012-09-19"), ((11,), "2013-09-18"),
            ((12,), "2014-09-17"), ((13,), "2015-09-16"), ((14,), "2016-09-13"), ((15,), "2017-09-19"),
            ((16,), "2018-09-17"), ((17,), "2019-09-19"), ((18,), "2020-09-16"), ((19,), "2021-09-20"),
            ((20,), "2022-09-12"), ((21,), "2023-09-18"), ((22,), "2024-09-16"),
        ),
    ),
    Program(
        "Apple Mail",
        "Apple Mail",
        re.compile(r"\bApple Mail \(\d\.(\d{4})"),
        (
            ((1812,), "2013-10-22"), ((1988,), "2014-10-16"), ((3094,), "2015-09-30"), ((3226,), "2016-09-20"),
            ((3445,), "2017-09-25"), ((3594,), "2019-10-07"), ((3654,), "2020-11-12"), ((3693,), "2021-10-25"),
            ((3731,), "2022-10-24"), ((3774,), "2023-09-26"),
        ),
    ),
    Program(
        "Thunderbird",
        "Thunderbird/",
        re.compile(r"\bThunderbird/(\d{1,3})\.(\d{1,2})"),
        (
            ((3, 0), "2009-12-08"), ((5, 0), "2011-06-28"), ((10, 0), "2012-01-31"), ((17, 0), "2012-11-20"),
            ((24, 0), "2013-09-17"), ((31, 0), "2014-07-22"), ((38, 0), "2015-06-11"), ((45, 0), "2016-04-12"),
            ((52, 0), "2017-04-04"), ((60, 0), "2018-08-06"), ((68, 0), "2019-08-27"), ((78, 0), "2020-07-17"),
            ((91, 0), "2021-08-11"), ((102, 0), "2022-06-28"), ((115, 0), "2023-07-11"), ((128, 0), "2024-07-10"),
        ),
    ),
    Program(
        "Microsoft Outlook",
        "Outlook",
        re.compile(r"\bMicrosoft (?:Office )?Outlook,? (?:Build )?(\d{2})\.\d"),
        (((12,), "2006-11-30"), ((14,), "2010-04-15"), ((15,), "2012-10-02"), ((16,), "2015-09-22")),
    ),
    Program(
        "Windows Live Mail",
        "Live Mail",
        re.compile(r"\bMicrosoft Windows Live Mail (\d{2})\.\d"),
        (((15,), "2010-09-30"), ((16,), "2012-08-07")),
    ),
    Program(
        "Roundcube",
        "Roundcube",
        re.compile(r"\bRoundcube Webmail/(\d)\.(\d{1,2})"),
        (
            ((1, 0), "2014-04-07"), ((1, 1), "2015-02-08"), ((1, 2), "2016-05-22"), ((1, 3), "2017-06-26"),
            ((1, 4), "2019-11-09"), ((1, 5), "2021-10-18"), ((1, 6), "2022-07-28"),
        ),
    ),
    Program(
        "git send-email",
        "git-send-email",
        re.compile(r"\bgit-send-email (\d)\.(\d{1,3})"),
        (
            ((2, 0), "2014-05-28"), ((2, 7), "2016-01-04"), ((2, 11), "2016-11-29"), ((2, 17), "2018-04-02"),
            ((2, 20), "2018-12-09"), ((2, 25), "2020-01-13"), ((2, 30), "2020-12-27"), ((2, 35), "2022-01-24"),
            ((2, 40), "2023-03-12"), ((2, 45), "2024-04-29"),
        ),
    ),
    Program(
        "Windows NT",
        "Windows NT",
        re.compile(r"\bWindows NT (\d{1,2})\.(\d)"),
        (((6, 1), "2009-10-22"), ((6, 2), "2012-10-26"), ((6, 3), "2013-10-17"), ((10, 0), "2015-07-29")),
    ),
    Program(
        "Mac OS X",
        "Mac OS X",
        re.compile(r"\bMac OS X (10)[._](\d{1,2})"),
        (
            ((10, 9), "2013-10-22"), ((10, 10), "2014-10-16"), ((10, 11), "2015-09-30"), ((10, 12), "2016-09-20"),
            ((10, 13), "2017-09-25"), ((10, 14), "2018-09-24"), ((10, 15), "2019-10-07"),
        ),
    ),
)  # fmt: skip


def released(mailer: str) -> tuple[Release, ...]:
    """What an X-Mailer or User-Agent names, with the earliest day each can have come out; those of the table only."""
    found = []
    for program in PROGRAMS:
        if program.mark in mailer and (said := program.form.search(mailer[:400])):
            version = tuple(int(part) for part in said.groups())
            day = next((day for lowest, day in reversed(program.versions) if version >= lowest), "")
            if day:
                found.append(Release(f"{program.name} {'.'.join(said.groups())}", day))
    return tuple(found)
