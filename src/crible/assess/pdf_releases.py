"""When programs that make PDFs first came out, as they name themselves in Producer and Creator.

Only rows that are sure; versions in between count as the last row below them. Sources: Ghostscript's and cairo's own
lists of releases; The Document Foundation's release notes; Microsoft's, Apple's and Adobe's announcements; TeX Live's
yearly releases for pdfTeX; Chrome's milestones for Skia. `crible.assess.releases.LEAD` leaves room for betas.
"""

import re

from crible.assess.office_releases import LIBREOFFICE
from crible.assess.releases import Program, Release

PROGRAMS = (
    Program(
        "LibreOffice", "LibreOffice", re.compile(r"\bLibreOffice (\d{1,2})\.(\d{1,2})"), tuple(LIBREOFFICE.items())
    ),
    Program(
        "Microsoft Word",
        "Microsoft",
        re.compile(r"\bMicrosoft®? (?:Office )?(?:Word|Excel|PowerPoint)®? (20\d\d)\b"),
        (
            ((2007,), "2006-11-06"), ((2010,), "2010-04-15"), ((2013,), "2012-10-11"), ((2016,), "2015-07-09"),
            ((2019,), "2018-09-24"), ((2021,), "2021-09-16"), ((2024,), "2024-09-16"),
        ),
    ),
    Program(
        "Microsoft 365",
        "for Microsoft 365",
        re.compile(r"\bfor Microsoft (365)\b"),
        (((365,), "2020-04-21"),),
    ),
    Program(
        "Microsoft: Print To PDF",
        "Print To PDF",
        re.compile(r"\bMicrosoft: Print (To) PDF"),
        (((0,), "2015-07-29"),),
    ),
    Program(
        "Ghostscript",
        "Ghostscript",
        re.compile(r"\bGhostscript (\d{1,2})\.(\d\d)"),
        (
            ((8, 61), "2007-11-21"), ((8, 70), "2009-07-31"), ((9, 0), "2010-09-14"), ((9, 5), "2012-02-08"),
            ((9, 7), "2013-02-14"), ((9, 10), "2013-08-27"), ((9, 14), "2014-03-26"), ((9, 16), "2015-03-30"),
            ((9, 18), "2015-09-23"), ((9, 19), "2016-03-23"), ((9, 20), "2016-09-26"), ((9, 21), "2017-03-16"),
            ((9, 22), "2017-10-04"), ((9, 23), "2018-03-21"), ((9, 25), "2018-09-13"), ((9, 26), "2018-11-20"),
            ((9, 27), "2019-04-03"), ((9, 50), "2019-10-15"), ((9, 52), "2020-03-19"), ((9, 53), "2020-09-10"),
            ((9, 54), "2021-03-19"), ((9, 55), "2021-09-27"), ((9, 56), "2022-03-29"), ((10, 0), "2022-09-21"),
            ((10, 1), "2023-03-22"), ((10, 2), "2023-09-12"), ((10, 3), "2024-03-06"), ((10, 4), "2024-09-18"),
        ),
    ),
    Program(
        "cairo",
        "cairo",
        re.compile(r"\bcairo (\d)\.(\d{1,2})\."),
        (
            ((1, 10), "2010-09-06"), ((1, 12), "2012-03-23"), ((1, 14), "2014-10-13"), ((1, 16), "2018-10-19"),
            ((1, 18), "2023-09-23"),
        ),
    ),
    Program(
        "Quartz of macOS",
        "Quartz PDFContext",
        re.compile(r"\b(?:Mac OS X|macOS Version) (1[0-5])\.(\d{1,2})"),
        (
            ((10, 9), "2013-10-22"), ((10, 10), "2014-10-16"), ((10, 11), "2015-09-30"), ((10, 12), "2016-09-20"),
            ((10, 13), "2017-09-25"), ((10, 14), "2018-09-24"), ((10, 15), "2019-10-07"), ((11, 0), "2020-11-12"),
            ((12, 0), "2021-10-25"), ((13, 0), "2022-10-24"), ((14, 0), "2023-09-26"), ((15, 0), "2024-09-16"),
        ),
    ),
    Program(
        "pdfTeX",
        "pdfTeX-1.40",
        re.compile(r"\bpdfTeX-1\.40\.(\d{1,2})"),
        (
            ((10,), "2010-09-09"), ((13,), "2012-07-08"), ((15,), "2014-05-25"), ((16,), "2015-05-24"),
            ((17,), "2016-06-03"), ((18,), "2017-06-02"), ((19,), "2018-04-28"), ((20,), "2019-04-29"),
            ((21,), "2020-04-10"), ((22,), "2021-04-01"), ((24,), "2022-04-03"), ((25,), "2023-03-19"),
            ((26,), "2024-03-13"),
        ),
    ),
    Program(
        "Skia",
        "Skia/PDF m",
        re.compile(r"\bSkia/PDF m(\d{2,3})"),
        (
            ((60,), "2017-07-25"), ((64,), "2018-01-24"), ((70,), "2018-10-16"), ((75,), "2019-06-04"),
            ((80,), "2020-02-04"), ((85,), "2020-08-25"), ((90,), "2021-04-14"), ((95,), "2021-10-19"),
            ((100,), "2022-03-29"), ((105,), "2022-08-30"), ((110,), "2023-02-07"), ((115,), "2023-07-18"),
            ((120,), "2023-12-05"), ((125,), "2024-05-14"), ((130,), "2024-10-15"),
        ),
    ),
    Program(
        "Acrobat Distiller",
        "Distiller",
        re.compile(r"\bAcrobat Distiller (\d{1,2})\.(\d)"),
        (
            ((4, 0), "1999-03-01"), ((5, 0), "2001-04-01"), ((6, 0), "2003-05-01"), ((7, 0), "2005-01-01"),
            ((8, 0), "2006-11-03"), ((9, 0), "2008-06-25"), ((10, 0), "2010-11-15"), ((11, 0), "2012-10-15"),
            ((15, 0), "2015-04-06"),
        ),
    ),
    Program(
        "iText",
        "iText",
        re.compile(r"\biText(?:Sharp)?®?(?: Core)? (\d)\.(\d)"),
        (((5, 0), "2009-12-07"), ((7, 0), "2016-05-03"), ((8, 0), "2023-05-04")),
    ),
)  # fmt: skip


def released(*texts: str) -> tuple[Release, ...]:
    """What Producer and Creator name, with the earliest day each can have come out; those of the table only."""
    found: dict[str, Release] = {}
    for text in texts:
        for program in PROGRAMS:
            if program.mark in text and (said := program.form.search(text[:400])):
                version = tuple(int(part) if part.isdigit() else 0 for part in said.groups())
                day = next((day for lowest, day in reversed(program.versions) if version >= lowest), "")
                if day:
                    found.setdefault(said[0], Release(said[0], day))
    return tuple(found.values())
