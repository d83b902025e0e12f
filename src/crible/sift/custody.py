"""The custody manifest: what was taken, its hash, when, by which version; `sha256sum -c` checks it (ISO 27037 §5.4)."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from crible import __version__
from crible.sift.origins import parsed
from crible.store.case import Case
from crible.store.models import Entry, Source


def write_manifest(case: Case) -> None:
    """Write `custody/manifest.sha256` for the sources' files, and to `custody/taken.jsonl` what that cannot hold.

    Times already written stay: a source is taken once. What was brought to compare with stands last, marked.
    """
    folder = case.folder / "custody"
    folder.mkdir(exist_ok=True)
    before = _taken(folder / "taken.jsonl")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with (folder / "manifest.sha256.new").open("wb") as sums, (folder / "taken.jsonl.new").open("w") as details:
        for source in Source.objects.order_by("reference", "pk"):
            for entry in _entries(source):
                path = _location(source, entry)
                sha256 = bytes(entry.document.sha256).hex() if entry.document else ""
                sums.write(_sum_line(sha256, path))
                known = before.get(entry.path, {})
                row = {
                    "path": entry.path,
                    "location": str(path),
                    "size": entry.document.size if entry.document else 0,
                    "sha256": sha256,
                    "taken": known.get("taken", now),
                    "crible": known.get("crible", __version__),
                    **({"reference": True} if source.reference else {}),
                }
                details.write(json.dumps(row, ensure_ascii=True) + "\n")
    for name in ("manifest.sha256", "taken.jsonl"):
        (folder / f"{name}.new").replace(folder / name)


def _entries(source: Source) -> Iterator[Entry]:
    found = Entry.objects.filter(source=source, document__isnull=False).select_related("document")
    return found.order_by("ordinal").iterator()


def _location(source: Source, entry: Entry) -> Path:
    """Where the file lay: its raw name below the source, since the cleaned name may differ."""
    if source.kind == "file":
        return parsed(source.location)
    return parsed(source.location) / Path(bytes(entry.raw_name).decode("utf-8", "surrogateescape"))


def _sum_line(sha256: str, path: Path) -> bytes:
    """A line of `sha256sum`: names with a backslash or newline are escaped and marked by a leading backslash."""
    name = bytes(path)
    escaped = name.replace(b"\\", b"\\\\").replace(b"\n", b"\\n").replace(b"\r", b"\\r")
    mark = b"\\" if escaped != name else b""
    return mark + sha256.encode() + b"  " + escaped + b"\n"


def _taken(path: Path) -> dict[str, dict[str, str]]:
    if not path.exists():
        return {}
    with path.open() as file:
        return {row["path"]: row for row in map(json.loads, file)}
