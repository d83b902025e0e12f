"""When Office programs first came out: only rows that are sure, with the day of the earliest public build.

Microsoft Office by its AppVersion (ECMA-376 part 1 §22.2.2.3) from Microsoft's announcements: Office 2007 beta 1 of
16 November 2005, Office 2010 technical preview of 13 July 2009, Office 2013 customer preview of 16 July 2012, Office
for iPad of 27 March 2014, whose builds are numbered 16 like those of the web and of Office 2016. LibreOffice from The
Document Foundation's release notes, less `LEAD`.
"""

import re
from calendar import timegm

LEAD = 120 * 86400
"""Seconds by which an alpha of LibreOffice may precede its release."""
FORMAT = "2005-11-16"
"""The first public build that wrote Office Open XML; ECMA-376 is of December 2006."""
MICROSOFT = {12: "2005-11-16", 14: "2009-07-13", 15: "2012-07-16", 16: "2014-03-27"}
LIBREOFFICE = {
    (3, 3): "2011-01-25", (3, 4): "2011-06-03", (3, 5): "2012-02-14", (3, 6): "2012-08-08", (4, 0): "2013-02-07",
    (4, 1): "2013-07-25", (4, 2): "2014-01-30", (4, 3): "2014-07-30", (4, 4): "2015-01-29", (5, 0): "2015-08-05",
    (5, 1): "2016-02-10", (5, 2): "2016-08-03", (5, 3): "2017-02-01", (5, 4): "2017-07-28", (6, 0): "2018-01-31",
    (6, 1): "2018-08-08", (6, 2): "2019-02-07", (6, 3): "2019-08-08", (6, 4): "2020-01-29", (7, 0): "2020-08-05",
    (7, 1): "2021-02-03", (7, 2): "2021-08-19", (7, 3): "2022-02-02", (7, 4): "2022-08-18", (7, 5): "2023-02-02",
    (7, 6): "2023-08-21", (24, 2): "2024-01-31", (24, 8): "2024-08-22", (25, 2): "2025-02-06",
}  # fmt: skip
_LIBREOFFICE = re.compile(r"LibreOffice/(\d{1,2})\.(\d{1,2})\.")
_BUILD = re.compile(r"(\d{1,2})\.\d{4}")


def earliest(application: str, build: str) -> tuple[str, int] | None:
    """The ISO day before which that program was nowhere to be had, and the same in Unix seconds; None if unknown."""
    if found := _LIBREOFFICE.match(application):
        day = LIBREOFFICE.get((int(found[1]), int(found[2])))
        return (day, seconds(day) - LEAD) if day else None
    if application.startswith("Microsoft ") and (number := _BUILD.fullmatch(build)):
        day = MICROSOFT.get(int(number[1]))
        return (day, seconds(day)) if day else None
    return None


def seconds(day: str) -> int:
    """Midnight UTC of an ISO day, Unix seconds."""
    year, month, number = (int(part) for part in day.split("-"))
    return timegm((year, month, number, 0, 0, 0, 0, 0, 0))
