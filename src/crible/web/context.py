"""What every template knows: the case at hand, its zone, the language, the way back."""

from typing import Any

from django.http import HttpRequest

from crible import __version__
from crible.web.language import language
from crible.web.middleware.entrance import ENTERED
from crible.web.served import Served, all_served


def desk(request: HttpRequest) -> dict[str, Any]:
    """The context of the desk's frame; outside of the door it holds nothing of any case."""
    entered = bool(getattr(request, "session", {}).get(ENTERED))
    served: Served | None = getattr(request, "served", None) if entered else None
    return {
        "entered": entered,
        "served": served,
        "zone": served.zone if served else None,
        "several": entered and len(all_served()) > 1,
        "lang": language(),
        "version": __version__,
        "here": request.get_full_path() if request.method == "GET" else "/",
    }
