"""What was planted and where it lies, byte by byte: the record that an export is judged by (`planted.json`)."""

import difflib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

_BOUNDARY = re.compile(rb"boundary=(?:\"([^\"]+)\"|([^\s;]+))", re.IGNORECASE)
_FROM = re.compile(rb"^(>*From )", re.MULTILINE)
DEEP = 6


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not what it was, in terms of the stored bytes."""

    kind: str
    """`span`, `field`, `all`, `origin`, `time`, `hand`, `truth` or `absence`."""
    name: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Plant:
    """An alteration, or an innocent look-alike (`innocent`, without changes)."""

    scenario: str
    """A key of the catalogue."""
    innocent: bool
    id: str
    """SHA-256 of the stored bytes, hex; empty for what was removed."""
    path: str
    message_id: str
    what: str
    changes: tuple[Change, ...] = ()
    header_end: int = 0
    parts: tuple[tuple[str, int, int], ...] = ()
    """Part number, first and last byte of its body in the stored mail."""
    files: tuple[str, ...] = ()
    """SHA-256 of altered files inside, of an innocent archive all of them: documents of their own."""


@dataclass(frozen=True, slots=True)
class Known:
    """An untouched mail: its id, what is left to prove it with, and whether plain DKIM proves it as it stands."""

    id: str
    kept: str
    plain: bool


@dataclass(frozen=True, slots=True)
class Record:
    """Everything known about a run."""

    seed: int
    plants: tuple[Plant, ...]
    innocents: tuple[Known, ...]
    """Every document that nobody altered, twins among them, bystanders not; one row for each different mail."""
    bystanders: tuple[str, ...]
    """Ids of untouched mails that rightly tell otherwise than an altered one."""
    intrusion: tuple[str, str] = ("", "")
    """Since when and to which address others had access: stated in the case as its owner would."""
    files: tuple[str, ...] = ()
    """Ids of files that nobody altered, loose or attached to untouched mail, twins among them."""
    claimed: str = ""
    """The last day that is in the dump, as those who published it say (ISO date)."""


def dump(record: Record) -> str:
    """The record as JSON, one row a line."""
    parts = {
        "format": 1,
        "seed": record.seed,
        "intrusion": list(record.intrusion),
        "claimed": record.claimed,
        "files": list(record.files),
        "bystanders": list(record.bystanders),
    }
    head = json.dumps(parts)[:-1]
    plants = ",\n".join(json.dumps(asdict(plant), ensure_ascii=False) for plant in record.plants)
    known = ",\n".join(json.dumps([row.id, row.kept, row.plain]) for row in record.innocents)
    return f'{head},\n"plants": [\n{plants}\n],\n"innocents": [\n{known}\n]}}\n'


def load(path: Path) -> Record:
    """A record that was dumped; raises OSError, ValueError, KeyError or TypeError if it is none."""
    found = json.loads(path.read_text("utf-8"))
    since, address = found["intrusion"]
    return Record(
        found["seed"],
        tuple(_plant(row) for row in found["plants"]),
        tuple(Known(*row) for row in found["innocents"]),
        tuple(found["bystanders"]),
        (since, address),
        tuple(found["files"]),
        found["claimed"],
    )


def stored_form(raw: bytes) -> bytes:
    """A mail as an mboxrd file holds it: LF line ends, From_ lines quoted, a newline at its end."""
    data = _FROM.sub(rb">\1", raw.replace(b"\r\n", b"\n"))
    return data if data.endswith(b"\n") else data + b"\n"


def differences(before: bytes, after: bytes) -> list[tuple[int, int]]:
    """The ranges of `after` whose lines differ from `before`; a line taken out is the byte where it stood."""
    ours, theirs = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts = [0]
    for line in theirs:
        starts.append(starts[-1] + len(line))
    matcher = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
    found = []
    for word, _, _, first, last in matcher.get_opcodes():
        start, end = starts[first], starts[last]
        if word == "insert":
            found.append(_surely_added(after, start, end))
        elif word != "equal":
            found.append((start, max(end, start + 1)))
    return found


def _surely_added(data: bytes, start: int, end: int) -> tuple[int, int]:
    """The bytes of an insertion that are in it however it is cut out: `a` added to `bab` may be `ab` or `ba`."""
    left = right = 0
    while left < start and data[start - left - 1] == data[end - left - 1]:
        left += 1
    while end + right < len(data) and data[start + right] == data[end + right]:
        right += 1
    return (start + right, end - left) if start + right < end - left else (start, end)


def header_end(data: bytes) -> int:
    """Bytes of the header block, its empty line included."""
    if data.startswith(b"\n"):
        return 1
    at = data.find(b"\n\n")
    return len(data) if at < 0 else at + 2


def parts(data: bytes) -> list[tuple[str, int, int]]:
    """Numbers and bodies of a stored mail's MIME parts (RFC 2046), the whole mail as an empty number."""
    return [("", 0, len(data)), *_parts(data, 0, len(data), "", DEEP)]


def _parts(data: bytes, start: int, end: int, number: str, deep: int) -> Sequence[tuple[str, int, int]]:
    body = start + header_end(data[start:end])
    kind = re.search(rb"(?im)^content-type:((?:.*\n[ \t])*.*)", data[start:body])
    found = _BOUNDARY.search(kind[1]) if kind and b"multipart/" in kind[1].lower() else None
    if found is None or not deep:
        return [(number or "1", body, end)]
    mark = b"--" + (found[1] or found[2])
    edges = [hit.start() for hit in re.finditer(rb"(?m)^" + re.escape(mark) + rb"(?:--)?[ \t]*$", data[body:end])]
    rows: list[tuple[str, int, int]] = []
    for count, (at, after) in enumerate(pairwise(edges), 1):
        first = data.index(b"\n", body + at) + 1
        inner = f"{number}.{count}" if number else str(count)
        rows += _parts(data, first, body + after - 1, inner, deep - 1)
    return rows


def _plant(row: dict[str, Any]) -> Plant:
    given = {**row, "changes": tuple(Change(**change) for change in row["changes"])}
    given["parts"] = tuple((number, start, end) for number, start, end in row["parts"])
    given["files"] = tuple(row["files"])
    return Plant(**given)
