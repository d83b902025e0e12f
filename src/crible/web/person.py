"""Who asks."""

from django.http import HttpRequest

from crible.review.models import User


def person(request: HttpRequest) -> User:
    """The person behind a request that has passed the door; RuntimeError for a stranger, whom the door turns away."""
    if not isinstance(request.user, User):
        raise RuntimeError("nobody has come in")
    return request.user
