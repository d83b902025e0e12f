"""Decisions: what is to become of a document, why, and whether a second person was asked and agreed."""

from django.db import transaction
from django.db.models import QuerySet

from crible.model.errors import InputError
from crible.review import audit
from crible.review.change import change
from crible.review.models import Decision, Entry, User
from crible.review.notes import lines
from crible.review.slots import Slot

DECISIONS = ("publish", "withhold", "verify-further")
SHORTEST, LONGEST = 10, 4_000
"""Characters of a reason: a full stop is none."""


def decide(by: User, case: str, document: str, decision: str, reason: str, *, two: bool = False) -> Entry | None:
    """Decide, in place of what was decided before; with `two` it counts only once somebody else has agreed.

    Raises InputError `review-decision` and `review-reason`.
    """
    if decision not in DECISIONS:
        raise InputError("review-decision")
    with transaction.atomic(using="default"):
        audit.hold(case)
        made = Decision(case=case, document=document, by=by, decision=decision, reason=_reason(reason), two=two)
        now = Slot("decision").read(case, [document])[document]
        made.save()
        # What held until now must be read as holding by the log's line, and the new one as not yet.
        Slot("decision").write(case, {document: now}, by)
        return change(
            by, "decide", case, document, Slot("decision"), made.pk, decision=decision, reason=made.reason, two=two
        )


def second(by: User, case: str, document: str, number: int, reason: str, *, agrees: bool) -> Entry | None:
    """Say whether one agrees with another's decision.

    Raises InputError `review-second` where that decision waits for nobody, or for somebody else than who made it.
    """
    waiting = Decision.objects.filter(case=case, document=document, pk=number, two=True, replaced=None, second=None)
    with transaction.atomic(using="default"):
        audit.hold(case)  # of two who answer at once, the second finds that nothing waits
        if not waiting.exclude(by=by).exists():
            raise InputError("review-second")
        said = {"by": by.name, "agrees": agrees, "reason": _reason(reason)}
        return change(by, "second", case, document, Slot("second", str(number)), said, agrees=agrees)


def counts(decision: Decision) -> bool:
    """Whether it holds: nobody else was to be asked, or they agree."""
    return decision.replaced is None and (not decision.two or decision.agrees is True)


def waiting(case: str, by: User) -> QuerySet[Decision]:
    """Decisions that wait for somebody else than who made them."""
    return Decision.objects.filter(case=case, two=True, second=None, replaced=None).exclude(by=by)


def _reason(reason: str) -> str:
    reason = lines(reason)
    if not SHORTEST <= len(reason) <= LONGEST:
        raise InputError("review-reason", least=SHORTEST, most=LONGEST)
    return reason
