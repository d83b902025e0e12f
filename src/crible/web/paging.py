"""Pages of a list, as the address states them."""

from django.http import QueryDict

LAST = 100_000


def page_number(given: QueryDict) -> int:
    """`page` of the address; 1 for anything else."""
    number = given.get("page", "")
    return max(1, min(int(number[:9]), LAST)) if number.isascii() and number.isdigit() else 1


def turning(given: QueryDict, number: int, *, more: bool) -> dict[str, str]:
    """Addresses of the page before and the page after; empty where there is none."""
    return {
        "before": _address(given, number - 1) if number > 1 else "",
        "after": _address(given, number + 1) if more else "",
    }


def _address(given: QueryDict, number: int) -> str:
    changed = given.copy()
    changed["page"] = str(number)
    if number == 1:
        del changed["page"]
    return "?" + changed.urlencode()
