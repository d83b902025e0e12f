"""What a check is: one question put to a document, answered by a pure function that says what it saw."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Strength
from crible.model.facts import Reading

Need = Literal[
    "signatures",
    "twins",
    "copies",
    "carriers",
    "quotes",
    "quoting",
    "neighbours",
    "near",
    "domains",
    "habits",
    "box",
    "parent",
    "sequence",
    "shared",
    "cohorts",
    "versions",
    "attached",
    "references",
    "examined",
    "descent",
    "pictures",
    "hands",
    "lineage",
    "listings",
    "claim",
]

LocalLook = Callable[[Reading], Iterator[Evidence]]
"""Asked in the sandboxed worker, as soon as a document is read."""
CorpusLook = Callable[[Reading, Relations], Iterator[Evidence]]
"""Asked after the barrier, over a closed snapshot of the relations named in `needs`."""


@dataclass(frozen=True, slots=True)
class Check:
    """One question. `look` or `look_around` answers; neither reads a clock, a file or a network."""

    id: str
    """`family.name`, the module's own path with dashes (`mail.reply-quotes`). Of mails alone are asked those of family
    `mail`, of files alone those of `office`, `pdf` and `image`; of both all others."""
    version: int
    """Raise it when the answer may change: stored evidence is then recomputed."""
    question: str
    """Ends with a question mark; shown in docs."""
    bears_on: Bears
    strength: Strength
    """The most this check can say."""
    source: str
    """RFC section, paper or published case."""
    messages: tuple[str, ...]
    """Every message key (domain `evidence`) that `look` can yield."""
    innocent: tuple[str, ...] = ()
    """Message keys (domain `evidence`) of innocent causes; at least one where it can question."""
    needs: frozenset[Need] = frozenset()
    group: str = ""
    """Dependency group: what one edit of one place could alter together (`date`, `received`, `client`); counts once."""
    look: LocalLook | None = None
    look_around: CorpusLook | None = None
