"""Where a form leads back to: an address of this desk, whatever was asked for."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def inside(request: HttpRequest, given: str, otherwise: str = "/") -> str:
    """`given` if it is a path of the desk; else `otherwise`. No host at all is taken, not even the desk's own."""
    fits = given.startswith("/") and len(given) <= 2000
    fits = fits and url_has_allowed_host_and_scheme(given, None, require_https=request.is_secure())
    return given if fits else otherwise
