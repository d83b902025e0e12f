"""What the page of a document is put together from: each part gives its own names to the template's context."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from crible.sift.dossier import Dossier
from crible.web.queries.neighbours import Neighbours
from crible.web.served import Served


@dataclass(frozen=True, slots=True)
class Shown:
    """One document on show, and what every part needs of it."""

    request: HttpRequest
    served: Served
    dossier: Dossier
    around: Neighbours


Part = Callable[[Shown], dict[str, Any]]
