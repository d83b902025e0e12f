"""Keys that crible came by itself for one case: recovered, anchored by ARC or by the newsroom's own mail, asked of DNS.

They lie in `keys/found/` of the case, one file for each, apart from the user's own files: those are statements of the
user's, these say how each was come by. A file is there whole or not at all.
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from crible.model.errors import InputError
from crible.proof.keyring.files import key_row, row_key
from crible.proof.keyring.key import Key
from crible.proof.keyring.record import BadRecord
from crible.store.case import Case

Row = dict[str, Any]


def folder(case: Case) -> Path:
    """Where they are."""
    return case.folder / "keys" / "found"


def files(case: Case) -> list[Path]:
    """Every file, sorted."""
    return sorted(folder(case).glob("*.jsonl"))


def keys(case: Case, *, but: str = "") -> tuple[Key, ...]:
    """All of these keys; without those of the file named `but`."""
    return tuple(row_key(row) for path in files(case) if path.name != but for row in rows(path))


def rows(path: Path) -> list[Row]:
    """The rows of one file, each with a key; none where there is no file. InputError where somebody broke it."""
    try:
        found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for row in found:
            row_key(row)
    except FileNotFoundError:
        return []
    except (OSError, ValueError, AttributeError, BadRecord) as error:
        raise InputError("keys-found-broken", path=str(path)) from error
    return found


def keep(case: Case, name: str, kept: Iterable[Row]) -> bool:
    """Replace a file by these rows, or remove it where there are none; whether anything changed."""
    path = folder(case) / name
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in kept)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if text == before:
        return False
    if not text:
        path.unlink()
        return True
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = case.folder / f"keys.{os.getpid()}.new"  # not among the keys: a run killed here leaves none that is half
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)
    return True


def row(key: Key, **more: Any) -> Row:
    """A key as a row, with what else is to be said of it."""
    return key_row(key) | more
