"""Cohorts beside one signature: the mails under its own key, and under other keys of the same selector."""

from collections.abc import Sequence

from crible.assess.covered import Params, moment
from crible.assess.relations import Cohort
from crible.model.signature import SignatureResult
from crible.proof.alignment import ascii_domain


def of(result: SignatureResult, cohorts: Sequence[Cohort]) -> Cohort | None:
    """The mails under the key that made this signature, itself among them."""
    key = result.used.fingerprint if result.used else ""
    return next((one for one in cohorts if _same_name(result, one) and one.fingerprint == key), None)


def rivals(result: SignatureResult, cohorts: Sequence[Cohort]) -> list[Cohort]:
    """Those under other keys of its selector, anchored ones first, then the larger."""
    key = result.used.fingerprint if result.used else ""
    found = [one for one in cohorts if _same_name(result, one) and one.fingerprint != key]
    return sorted(found, key=lambda one: (not one.anchored, -one.mails, one.fingerprint))


def counted(cohort: Cohort) -> Params:
    """Dates that its mails bear, and in how many boxes they lie."""
    return {"first": day(cohort.first), "last": day(cohort.last), "boxes": cohort.boxes}


def day(seconds: int | None) -> str:
    """`2017-03-14`, UTC; a question mark for None or a year that no calendar has."""
    return moment(seconds)[:10]


def _same_name(result: SignatureResult, cohort: Cohort) -> bool:
    return (ascii_domain(result.facts.domain), result.facts.selector.lower()) == (cohort.domain, cohort.selector)
