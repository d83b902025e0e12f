"""Cases of the checks of keys: cohorts, rivals of one selector, and the days on which a key was seen."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from crible.assess.relations import Cohort, Relations
from crible.model.facts import Reading
from crible.model.signature import Word

Case = Callable[[Any], tuple[Reading, Relations]]
OURS, THEIRS = "a" * 16, "b" * 16
COHORT = Cohort("horizon.example", "s1", OURS, mails=41, first=1_483_228_800, last=1_489_482_720, boxes=3)
RIVAL = replace(COHORT, fingerprint=THEIRS, mails=3, boxes=1)


def signed(make: Any, *cohorts: Cohort, conflict: bool = False, **key: Any) -> tuple[Reading, Relations]:
    """A mail that verifies under a key, beside the cohorts of its selector."""
    reading = make.mail()
    result = make.result(key=make.key(fingerprint=OURS, **key), conflict=conflict)
    return reading, make.near(reading, result, cohorts=cohorts)


def unanchored(make: Any, *cohorts: Cohort, conflict: bool = False) -> tuple[Reading, Relations]:
    return signed(make, *cohorts, conflict=conflict, anchored=False, recovered=True, sources=())


def seen(make: Any, first: str | None, last: str | None, *cohorts: Cohort) -> tuple[Reading, Relations]:
    """A mail of 14 March 2017 under a key that was seen from one day to another."""
    return signed(make, *cohorts, conflict=bool(cohorts), first_seen=first, last_seen=last)


def stood(first: str | None, last: str | None, *, anchored: bool = True) -> Cohort:
    """Another key of the selector, and when it was seen."""
    return replace(RIVAL, anchored=anchored, first_seen=first, last_seen=last)


OUTCOMES: dict[str, dict[str, Case]] = {
    "mail.cohort": {
        "cohort": lambda m: unanchored(m, COHORT),
        "cohort-alone": lambda m: unanchored(m, replace(COHORT, mails=1)),
    },
    "mail.key-conflict": {
        "key-conflict-cohort": lambda m: unanchored(m, COHORT, RIVAL, conflict=True),
        "key-conflict-anchored": lambda m: unanchored(m, COHORT, replace(RIVAL, anchored=True), conflict=True),
    },
    "mail.key-window": {
        "window-unobserved": lambda m: seen(m, None, None),
        "window-before": lambda m: seen(m, "2017-03-17", "2018-01-01"),
        "window-after": lambda m: seen(m, "2016-01-01", "2017-03-11"),
        "window-other-key": lambda m: seen(m, "2018-01-01", "2018-06-01", stood("2017-01-01", "2017-06-01")),
    },
}
INNOCENT: dict[str, dict[str, Case]] = {
    "mail.cohort": {
        "an anchored key has a signer with a name": lambda m: signed(m, COHORT),
        "altered under that key": lambda m: (
            m.mail(),
            m.near(m.mail(), m.result(Word.BODY_ALTERED, key=m.key(anchored=False)), cohorts=(COHORT,)),
        ),
    },
    "mail.key-conflict": {
        "one key": lambda m: signed(m, COHORT),
        "a second key that no mail bears": lambda m: signed(m, COHORT, replace(RIVAL, mails=0), conflict=True),
        "two keys of another selector": lambda m: signed(m, replace(RIVAL, selector="s2"), conflict=True),
    },
    "mail.key-window": {
        "on the day it was last seen": lambda m: seen(m, "2016-01-01", "2017-03-14"),
        "two days before it was first seen": lambda m: seen(m, "2017-03-16", "2018-01-01"),
        "two days after it was last seen": lambda m: seen(m, "2016-01-01", "2017-03-12"),
        "a key that nobody tied to the domain": lambda m: signed(
            m, COHORT, first_seen="2019-01-01", last_seen="2019-01-02", anchored=False
        ),
    },
}
