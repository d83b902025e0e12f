"""Opens the index to read, also where nothing may be written: on evidence kept read-only, or in another's folder."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tantivy import Index

from crible.index import generations
from crible.model.errors import CaseError

ATTEMPTS = 3
"""A writer may replace the generation between reading its name and opening it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An index that can be read as long as this is kept."""

    generation: generations.Generation
    index: Index
    lent: "tempfile.TemporaryDirectory[str] | None"


def opened(folder: Path) -> Opened:
    """The current generation. Raises CaseError where there is none that can be read, or one of another version."""
    for attempt in range(ATTEMPTS):
        generation = generations.current(folder)
        place = folder / generation.generation
        try:
            lent = None if os.access(place, os.W_OK) else _lent(place)
            return Opened(generation, Index.open(lent.name if lent else str(place)), lent)
        except (ValueError, OSError) as error:
            if attempt == ATTEMPTS - 1:
                raise CaseError("index-missing", folder=str(folder)) from error
    raise AssertionError


def _lent(place: Path) -> "tempfile.TemporaryDirectory[str]":
    """A folder that may be written, with links to all but the locks: Tantivy takes one to read, and makes its file."""
    lent = tempfile.TemporaryDirectory(prefix="crible-index-")
    for file in place.iterdir():
        if file.suffix != ".lock":
            (Path(lent.name) / file.name).symlink_to(file.absolute())
    return lent
