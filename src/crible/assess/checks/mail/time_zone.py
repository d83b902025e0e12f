"""Is the Date's offset from UTC one that some place kept at that time?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.assess.dated import date
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading

WHOLE = range(-12, 15)
"""Hours east of UTC that were kept somewhere throughout the years of mail; ships and servers use those in between."""
ALWAYS = (-(1 << 40), 1 << 40)
HALVES: dict[int, tuple[int, int]] = {
    -570: ALWAYS,
    -270: (1_197_183_600, 1_462_086_000),
    -210: ALWAYS,
    -150: ALWAYS,
    210: ALWAYS,
    270: ALWAYS,
    330: ALWAYS,
    345: ALWAYS,
    390: ALWAYS,
    510: (1_439_564_400, 1_525_446_000),
    525: ALWAYS,
    570: ALWAYS,
    630: ALWAYS,
    690: (-ALWAYS[1], 1_443_880_800),
    765: ALWAYS,
    825: ALWAYS,
}
"""Minutes east of UTC kept by some place, and from when to when in Unix seconds (tz database 2024a): Venezuela kept
-0430 from December 2007 to May 2016, North Korea +0830 from August 2015 to May 2018, Norfolk +1130 to October 2015."""
MARGIN = 30 * 86400
"""A computer that was not told of the change in time."""


def look(reading: Reading) -> Iterator[Evidence]:
    """Weak where no hour of the Earth's fits; else a note, for offsets are set by hand: 289 of 31,916 real mails."""
    stated = date(reading.mail)
    if stated is None or stated.offset is None or _kept(stated.offset, stated.seconds):
        return
    sign, minutes = ("+", stated.offset) if stated.offset >= 0 else ("-", -stated.offset)
    params: Params = {"name": f"{sign}{minutes // 60:02}{minutes % 60:02}", "written": excerpt(stated.raw)}
    strength = Strength.NONE if WHOLE[0] * 60 <= stated.offset <= WHOLE[-1] * 60 else Strength.WEAK
    yield Evidence(Says.QUESTIONS, "zone-kept-nowhere", params, "Date", strength=strength)


def _kept(offset: int, seconds: float) -> bool:
    if offset % 60 == 0:
        return offset // 60 in WHOLE
    since, until = HALVES.get(offset, (1, 0))
    return since - MARGIN <= seconds <= until + MARGIN


CHECK = Check(
    id="mail.time-zone",
    version=1,
    question="Is the Date's offset from UTC one that some place kept at that time?",
    bears_on=Bears.TIME,
    strength=Strength.WEAK,
    source="RFC 5322 §3.3; tz database 2024a (IANA)",
    messages=("zone-kept-nowhere",),
    innocent=("innocent-zone-by-hand", "innocent-wrong-clock"),
    group="date",
    look=look,
)
