"""A mail's HTML made harmless, and what was left out of it. Made in the sandbox, cleaned again at the boundary."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads; the link itself is gone."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Designed:
    """HTML of which nothing runs, leads anywhere or is fetched."""

    markup: str = ""
    """A fragment; a picture that the mail brought is `cid:N`, its place in `pictures`."""
    too_long: int = 0
    """Bytes of the markup where that is too much to be shown; else 0."""
    left_out: dict[str, int] = field(default_factory=dict)
    """How much was removed, by kind: keys of domain `body` that begin with `left-`."""
    hosts: tuple[str, ...] = ()
    """From which it wanted something fetched, in order of first mention, at most 50."""
    more_hosts: int = 0
    targets: tuple[Target, ...] = ()
    """At most 100, in order."""
    more_targets: int = 0
    hidden: int = 0
    """Passages that its own styles hide, and that are shown, framed."""
    pictures: tuple[str, ...] = ()
    """Part numbers, in order of first use."""
