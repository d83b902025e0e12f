"""A mail's HTML as its writer designed it, for the desk: made harmless in a sandboxed child, cleaned again here."""

from collections.abc import Callable
from dataclasses import replace

from crible.extract.designed.clean import MARKUP, again
from crible.model.designed import Designed
from crible.model.facts import MailFacts, Part
from crible.sift.asking import Asking
from crible.sift.wire import DesignedAsked, DesignedMade

KEPT = 24
"""Mails kept: the page that frames one and the frame itself ask for the same."""


class Designs:
    """Asks the child for one mail after the other."""

    def __init__(self) -> None:
        self._mails: Asking[DesignedAsked, DesignedMade] = Asking(
            "crible.sift.examiners.designed:handle", DesignedMade, kept=KEPT
        )

    def get(self, sha256: str, asked: DesignedAsked, opening: Callable[[], int]) -> Designed:
        """What the child made. Its `markup` is not to be shown before `shown` cleaned it again. Raises Unreadable."""
        made = self._mails.get(sha256, asked, opening, _is_designed).designed
        return made or Designed()


def asked_of(offset: int, length: int, mail: MailFacts) -> DesignedAsked:
    """What is asked for a mail that lies there."""
    return DesignedAsked(offset, length, mail.parts, mail.unquoting)


def asked_of_page(offset: int, length: int) -> DesignedAsked:
    """The same for a file of HTML."""
    return DesignedAsked(offset, length, (replace(_WHOLE, body_end=length),), "")


def shown(designed: Designed, picture: Callable[[int], str]) -> str:
    """The markup cleaned again; `picture` gives what stands for a picture by its place, empty for nothing."""

    def placed(address: str) -> str | None:
        place = address.removeprefix("cid:")
        return (picture(int(place)) or None) if place.isdecimal() and int(place) < len(designed.pictures) else None

    return again(designed.markup, placed)


_WHOLE = Part("1", "text/html", 0, 0, 0, inline_text=True)


def _is_designed(made: DesignedMade) -> bool:
    one = made.designed
    return one is not None and len(one.markup) <= 4 * MARKUP and len(one.pictures) <= 50 and len(one.targets) <= 100
