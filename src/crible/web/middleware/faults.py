"""Errors a person may meet, as pages of one sentence."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from crible.model.errors import CribleError
from crible.web.queries.shelf import Closed
from crible.web.views.faults import known, misplaced
from crible.web.views.shelf import closed_page


class Faults:
    """Renders CribleError; everything else is Django's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go on; where a form's address is opened as a page, Django would answer with nothing at all."""
        response = self.get_response(request)
        if request.method == "GET" and response.status_code == 405 and not getattr(response, "content", b""):
            return misplaced(request, response.get("Allow", ""))
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """A page for an error of ours; None leaves it to Django."""
        if isinstance(error, Closed):
            return closed_page(request, error)
        return known(request, error) if isinstance(error, CribleError) else None
