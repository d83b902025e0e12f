"""What was planted: the record against which a sift of the demo is judged."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

Property = Literal["content", "subject", "from", "origin", "time"]
Expect = Literal["not-vouched", "questioned", "contradicted", "calm"]


@dataclass(frozen=True, slots=True)
class Plant:
    """One planted alteration, or an innocent twin that looks like one."""

    kind: str
    """`sent-copy-edited`: the same for an alteration and for its twins."""
    case: str
    """What happened here: `number`, `list-footer`."""
    innocent: bool
    id: str
    """SHA-256 of the stored bytes, hex."""
    path: str
    """Where it lies, as crible prints paths."""
    message_id: str
    """Empty for a file."""
    altered: Property
    """Which property is not what it was; of an innocent twin, which one it seems to be."""
    what: str
    """Before → after, in the story's words."""
    expect: Expect
    """The least that must be said: `not-vouched` where no check of the present list can see more."""
    spans: tuple[tuple[str, int, int], ...] = ()
    """(part, start, end) of the altered bytes, where only they are; `` is the whole stored mail, `1` its body.
    Empty: the whole property."""
    impersonates: str = ""
    """The domain that it pretends to come from (`origin`): no claim may name that domain as signer."""
    really_at: str = ""
    """When it was really sent (`time`), ISO 8601: no claim may set an earlier limit."""

    @property
    def detectable(self) -> bool:
        """Whether the present checks can see it at all."""
        return self.expect in ("questioned", "contradicted")


@dataclass(frozen=True, slots=True)
class Planted:
    """A generated leak and everything that is known about it."""

    leak: Path
    """The dump: the folder to sift."""
    keys: Path
    """The key file for `--keys`."""
    record: Path
    """`planted.json`."""
    items: tuple[Plant, ...]
    mails: int
    """Stored mails at the top of the five boxes, forwarded ones inside them not counted."""


def dump(items: Sequence[Plant]) -> str:
    """The record as JSON, one plant a line."""
    rows = ({**asdict(item), "detectable": item.detectable} for item in items)
    return "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]\n"


def load(path: Path) -> list[Plant]:
    """The plants of a record; raises OSError, ValueError or TypeError if it is not one."""
    return [plant_of(row) for row in json.loads(path.read_text("utf-8"))]


def plant_of(row: Mapping[str, Any]) -> Plant:
    """A plant from its row in the record."""
    given = {name: value for name, value in row.items() if name != "detectable"}
    return Plant(**given | {"spans": tuple((part, start, end) for part, start, end in row["spans"])})
