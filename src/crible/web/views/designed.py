"""What stands in the frame: HTML of a stranger, cleaned twice, under a policy of its own that allows almost nothing."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from crible.model.errors import InputError, Unreadable
from crible.review.rights import Right
from crible.web.queries.designed import designed, frame, has_design
from crible.web.queries.one import by_id
from crible.web.served import Served, of_case

POLICY = {
    "sandbox": [True],
    "default-src": [NONE],
    "img-src": ["data:"],
    "style-src": [UNSAFE_INLINE],
    "form-action": [NONE],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
}
"""In place of the desk's own: no script, no form, no address of any kind; its own styles and pictures written into it.
`sandbox` holds where somebody opens the address without the frame."""


@require_safe
@of_case(Right.READ)
def html(request: HttpRequest, served: Served, name: str) -> HttpResponse:
    """The frame's own document; 404 for what has no HTML, or none that can be shown."""
    dossier = by_id(name)
    if not has_design(dossier):
        raise Http404
    try:
        found = designed(served, dossier)
        markup = "" if found.too_long else frame(served, dossier, found)
    except (Unreadable, InputError) as error:
        raise Http404 from error
    written = dossier.reading.language if dossier.reading else ""
    response = render(request, "desk/document/frame.html", {"markup": markup, "written": written})
    response._csp_config = POLICY  # type: ignore[attr-defined]  # what django-csp's own decorator sets
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    # A sandboxed page on its own has no origin: browsers refuse to show it under the desk's `same-origin`.
    response.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
