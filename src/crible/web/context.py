"""What every template knows: the case at hand, who asks and what they may, the zone, the language, the way back."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from crible import __version__
from crible.review.models import User
from crible.review.rights import RIGHTS, Role, role_of
from crible.web.language import language
from crible.web.queries.live import live
from crible.web.queries.mine import waiting_for
from crible.web.served import Served, all_served
from crible.web.views.choices import keys_of, theme_of


def desk(request: HttpRequest) -> dict[str, Any]:
    """The context of the desk's frame; outside of the door it holds nothing of any case."""
    user = getattr(request, "user", None)
    entered = bool(user and user.is_authenticated)
    served: Served | None = getattr(request, "served", None) if entered else None
    role: Role | None = getattr(request, "role", None) if served else None
    return {
        "entered": entered,
        "person": user if entered else None,
        "served": served,
        "role": role,
        "may": {str(right): True for right in RIGHTS[role]} if role else {},
        "zone": served.zone if served else None,
        "live": live(served) if served else None,
        # Asked for by the one link that shows it.
        "waiting": (lambda: waiting_for(user, role, served)) if user and role and served else 0,
        "several": _several(user) if user and entered else False,
        "lang": language(),
        "theme": theme_of(request),
        "single_keys": keys_of(request),
        "version": __version__,
        "team": bool(settings.DESK_URL),
        "exposed": settings.DESK_EXPOSED,
        "here": request.get_full_path() if request.method == "GET" else "/",
    }


def _several(user: User) -> bool:
    """Whether there is another case to go to; asked of nobody where a desk serves one."""
    served = all_served()
    return len(served) > 1 and sum(role_of(user, one.case.uuid) is not None for one in served) > 1
