"""Pieces of sheets for the desk, read in a sandboxed child."""

from collections.abc import Callable

from crible.extract.table import COLUMNS, ROWS
from crible.model.sheet import Sheet
from crible.sift.asking import Asking
from crible.sift.wire import SheetAsked, SheetMade

KEPT = 48
"""Pieces kept; the largest has 4 MB, most have a few kilobytes."""


class Sheets:
    """Asks the child for one piece after the other."""

    def __init__(self) -> None:
        self._pieces: Asking[SheetAsked, SheetMade] = Asking("crible.sift.examiners.sheet:handle", SheetMade, kept=KEPT)

    def get(self, sha256: str, asked: SheetAsked, opening: Callable[[], int]) -> Sheet:
        """That piece. `opening` gives a descriptor, which is closed here. Raises Unreadable."""
        made = self._pieces.get(sha256, asked, opening, _is_sheet).sheet
        if made is None:
            raise AssertionError("checked before")
        return made


def _is_sheet(made: SheetMade) -> bool:
    sheet = made.sheet
    return sheet is not None and len(sheet.cells) <= ROWS and all(len(row) <= COLUMNS for row in sheet.cells)
