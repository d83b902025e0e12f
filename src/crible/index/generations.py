"""An index folder holds generations; a small file names the one to read. A rebuild never disturbs a reader.

index/CURRENT            {"generation": "g000002", "schema": 1, "documents": 29263, "unsearchable": 12}
index/g000002/           a complete Tantivy index
index/g000003/           being built; swept by the next writer if its own was killed

One writer at a time; any number of readers.
"""

import json
import os
import re
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from crible.index.schema import VERSION
from crible.model.errors import CaseError

_NAME = re.compile(r"g(\d{6,})")


@dataclass(frozen=True, slots=True)
class Generation:
    """A finished index and what it covers."""

    generation: str
    documents: int
    unsearchable: int
    """Documents without readable text."""
    schema: int = VERSION
    provisional: bool = False
    """Built while a sift was reading: what it holds need not be weighed, nor be all."""


def current(folder: Path) -> Generation:
    """The generation to read. Raises CaseError where there is none, or one of another version."""
    try:
        found = Generation(**json.loads((folder / "CURRENT").read_bytes()))
    except (OSError, ValueError, TypeError) as error:
        raise CaseError("index-missing", folder=str(folder)) from error
    if found.schema != VERSION or not _NAME.fullmatch(found.generation):
        raise CaseError("index-version", found=found.schema, wanted=VERSION)
    return found


def begin(folder: Path) -> Path:
    """A fresh folder for the next generation; what a killed writer left half-built is removed first."""
    folder.mkdir(parents=True, exist_ok=True)
    named = _named(folder)
    finished = int(named[1:]) if named else 0
    sweep(folder, {finished, finished - 1} if named else set())
    fresh = folder / f"g{finished + 1:06d}"
    fresh.mkdir()
    return fresh


def publish(folder: Path, generation: Generation) -> None:
    """Make a finished generation the current one, in one atomic step that survives a power cut."""
    draft = folder / "CURRENT.new"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(generation), file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / "CURRENT")
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    number = int(generation.generation[1:])
    # The one before stays, for a reader that has read its name but not yet opened it.
    sweep(folder, {number, number - 1})


def sweep(folder: Path, keep: set[int]) -> None:
    """Remove every generation whose number is not to be kept."""
    for path in sorted(folder.iterdir()):
        match = _NAME.fullmatch(path.name)
        if match and int(match[1]) not in keep and path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)


def _named(folder: Path) -> str | None:
    """The generation that CURRENT names, whatever its version: its folder must survive a rebuild in progress."""
    try:
        name = json.loads((folder / "CURRENT").read_bytes())["generation"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return name if isinstance(name, str) and _NAME.fullmatch(name) else None
