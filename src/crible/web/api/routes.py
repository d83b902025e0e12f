"""All of the API: its description, its parts, and what its refusals say."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from crible import __version__, words
from crible.model.errors import CaseError, CribleError
from crible.web.api import case, documents, ledger, marks
from crible.web.api.access import Bearer
from crible.web.language import language
from crible.web.queries.shelf import Closed
from crible.web.served import Lacking
from crible.web.views.faults import ABSENT

api = NinjaAPI(
    title="crible",
    version=__version__,
    description="A case of leaked mail and files, as the desk shows it. Grades are per document and per property; "
    "absence of proof is the default and a hint of nothing. What lies on the closed shelf is withheld here too.",
    auth=Bearer(),
    docs_url=None,  # its pages load scripts from a CDN
    openapi_url="/openapi.json",
    urls_namespace="api",
)
ROUTERS = (("", case.router), ("", documents.router), ("", ledger.router), ("", marks.router))
for prefix, router in ROUTERS:
    api.add_router(prefix, router)


def _answer(request: HttpRequest, code: str, status: int, **params: Any) -> HttpResponse:
    sentence = words.render("errors", code, params, language())
    return api.create_response(request, {"code": code, "sentence": sentence}, status=status)


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:  # noqa: ARG001
    """403, not 401: nothing tells a token that never was from one that ended."""
    return _answer(request, "api-token", 403)


@api.exception_handler(Lacking)
def single(request: HttpRequest, error: Lacking) -> HttpResponse:  # noqa: ARG001
    """The case asks for a second factor, which the token's person has not set up."""
    return _answer(request, "api-second", 403)


@api.exception_handler(PermissionDenied)
def refused(request: HttpRequest, error: PermissionDenied) -> HttpResponse:  # noqa: ARG001
    """The role, or the token's scope, lacks the right."""
    return _answer(request, "api-right", 403)


@api.exception_handler(Http404)
def absent(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001
    """No such thing, or none for this person."""
    return _answer(request, "api-absent", 404)


@api.exception_handler(CribleError)
def known(request: HttpRequest, error: CribleError) -> HttpResponse:
    """An error of ours, with its sentence."""
    if isinstance(error, Closed):
        return _answer(request, "shelf-closed", 403)
    status = 503 if isinstance(error, CaseError) else 404 if error.code in ABSENT else 422
    return _answer(request, error.code, status, **error.params)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What was asked does not fit the description; which part, without repeating what was sent."""
    where = sorted({".".join(map(str, one.get("loc", ())))[:200] for one in error.errors})
    return _answer(request, "api-invalid", 422, where=", ".join(where))


@api.exception_handler(HttpError)
def unread(request: HttpRequest, error: HttpError) -> HttpResponse:  # noqa: ARG001
    """A body that is no JSON."""
    return _answer(request, "api-body", 422)
