"""What stands around a document: copies, versions, thread, what holds it."""

from typing import Any

from crible.sift.siblings import held_by, siblings
from crible.web.parts import Shown


def related(shown: Shown) -> dict[str, Any]:
    """Its neighbours."""
    return {
        "around": shown.around,
        "versions": siblings(shown.dossier.pk),
        "held_by": held_by(shown.dossier.pk),
    }
