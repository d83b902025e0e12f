"""Who asks through a program, in which case, by what right."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja.security import HttpBearer

from crible.review import limits, required, tokens
from crible.review.models import Token
from crible.review.rights import Right, may, role_of
from crible.web.queries.shelf import shelf_of
from crible.web.served import Lacking, Served, find


class Bearer(HttpBearer):
    """`Authorization: Bearer crible_…`. Cookies are not looked at, so no other site can ask in somebody's name."""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        """The token's row; None, and a try counted against the address, for one that does not hold.

        Lacking where its case asks for a second factor that its person has not set up.
        """
        limit = limits.of_tokens(request.META.get("REMOTE_ADDR", ""))
        if limits.waiting([limit]):
            return None
        found = tokens.holder(token)
        if found is None:
            limits.take(limit)
            limits.refused(limit, what="token")
        elif required.lacking(found.user, found.case):
            raise Lacking
        return found


def token_of(request: HttpRequest) -> Token:
    """The row behind a request that was let in."""
    return cast("Token", request.auth)  # type: ignore[attr-defined]


@contextmanager
def entered(request: HttpRequest, slug: str, right: Right) -> Iterator[Served]:
    """The case of that address, facts open read-only, if the token is of that case and both it and the role allow.

    Http404 for any other case; PermissionDenied where a scope or the role is missing.
    """
    token, served = token_of(request), find(slug)
    role = role_of(token.user, served.case.uuid) if served else None
    if served is None or role is None or token.case != served.case.uuid:
        raise Http404
    if not may(role, right) or right not in token.scopes:
        raise PermissionDenied
    served.check()
    with served.case.facts(), shelf_of(served.case.uuid):
        yield served
