"""Pages for what went wrong: one sentence, and the way back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from crible import words
from crible.model.errors import CaseError, CribleError
from crible.web.language import language

ABSENT = frozenset({"id-unknown", "id-ambiguous"})


def known(request: HttpRequest, error: CribleError) -> HttpResponse:
    """An error of ours: its sentence."""
    sentence = words.render("errors", error.code, dict(error.params), language())
    status = 503 if isinstance(error, CaseError) else 404 if error.code in ABSENT else 400
    return render(
        request, "desk/fault.html", {"kind": "known", "sentence": sentence, "code": error.code}, status=status
    )


def absent(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """No such page."""
    return render(request, "desk/fault.html", {"kind": "absent"}, status=404)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """A request that makes no sense."""
    return render(request, "desk/fault.html", {"kind": "refused"}, status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """A defect of ours: the page says so, and the terminal has the details."""
    return render(request, "desk/fault.html", {"kind": "broken"}, status=500)
