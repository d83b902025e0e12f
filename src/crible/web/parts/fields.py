"""What a file says of itself, in groups, each with what it does not show."""

from dataclasses import dataclass

from crible.model.instant import Instant
from crible.sift.dossier import Dossier
from crible.sift.said import Said, said

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("hands", ("author", "last_author", "company", "manager", "changes", "comments")),
    ("moments", ("created", "modified", "printed", "revision", "minutes")),
    ("program", ("application", "version", "template", "locale", "device", "fonts", "paper")),
    ("place", ("place",)),
    ("inside", ("title", "pages", "embedded", "links", "hidden", "pages_without_text", "revisions", "signatures",
                "readers")),
)  # fmt: skip
"""Keys of domain `body` (`facts-…`, `facts-…-not`), and the fields of each group, in their order."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One field."""

    said: Said
    moment: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that answer one question."""

    key: str
    facts: tuple[Fact, ...]

    @property
    def heading(self) -> str:
        """Key of domain `body`."""
        return f"facts-{self.key}"

    @property
    def limits(self) -> str:
        """Key of domain `body`: what these do not show."""
        return f"facts-{self.key}-not"


def groups(dossier: Dossier) -> tuple[Group, ...]:
    """Those groups of which the file fills any field; none for a mail."""
    file = dossier.reading.file if dossier.reading else None
    if file is None:
        return ()
    found = {one.key: Fact(one, isinstance(one.value, Instant)) for one in said(file)}
    made = [Group(key, tuple(found.pop(name) for name in names if name in found)) for key, names in GROUPS]
    rest = tuple(found.values())
    return tuple(group for group in (*made, Group("rest", rest)) if group.facts)
