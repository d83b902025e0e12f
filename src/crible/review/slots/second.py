"""What a second person said of the decision of that number: who, whether they agree, why; empty while it waits."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils import timezone

from crible.review.models import Decision, User


def read(case: str, documents: Collection[str], key: str) -> dict[str, dict[str, Any]]:
    """One statement."""
    rows = Decision.objects.filter(case=case, document__in=documents, pk=int(key)).select_related("second")
    found = {one.document: _said(one) for one in rows}
    return {one: found.get(one, {}) for one in documents}


def write(case: str, values: Mapping[str, dict[str, Any]], key: str, by: User) -> None:  # noqa: ARG001
    """Said by whom the value names, or not yet said."""
    for document, value in values.items():
        Decision.objects.filter(case=case, pk=int(key), document=document).update(
            second=User.objects.get(name=value["by"]) if value else None,
            seconded=timezone.now() if value else None,
            agrees=value.get("agrees"),
            second_reason=value.get("reason", ""),
        )


def _said(decision: Decision) -> dict[str, Any]:
    if decision.second is None:
        return {}
    return {"by": decision.second.name, "agrees": bool(decision.agrees), "reason": decision.second_reason}
