"""How often each sender's mails have each trait of the program that wrote them: base rates learnt from the corpus."""

from collections import Counter
from dataclasses import dataclass, field
from sys import intern

ENOUGH = 30
"""Mails of a sender from which on there is a habit to speak of."""
RARE = 0.01
VALUES = 40
"""Values of one trait kept for one sender; what comes after counts as one."""
REST = "\0"


@dataclass(slots=True)
class Habits:
    """Counts by sender's address. Grows while the corpus is surveyed, then only answers."""

    mails: Counter[str] = field(default_factory=Counter)
    values: dict[str, dict[tuple[str, str], int]] = field(default_factory=dict)

    def add(self, sender: str, traits: dict[str, str]) -> None:
        """Take in one mail; `sender` is an address in lower case."""
        self.mails[sender] += 1
        counts = self.values.setdefault(sender, {})
        for name, value in traits.items():
            key = (intern(name), intern(value))
            if key not in counts and sum(known == name for known, _ in counts) >= VALUES:
                key = (intern(name), REST)
            counts[key] = counts.get(key, 0) + 1

    def unusual(self, sender: str, traits: dict[str, str]) -> tuple[str, ...]:
        """Names of traits whose value fewer than one in a hundred mails of this sender have, this one counted."""
        mails = self.mails[sender]
        if mails < ENOUGH:
            return ()
        counts = self.values[sender]
        return tuple(
            name
            for name, value in sorted(traits.items())
            if 0 < counts.get((name, value), 0) < RARE * mails and self._stable(sender, name)
        )

    def often(self, sender: str, name: str, value: str) -> int:
        """How many mails of this sender have this value."""
        return self.values.get(sender, {}).get((name, value), 0)

    def usual(self, sender: str, name: str) -> str:
        """The value that most mails of this sender have; empty where none has one."""
        counts = [(count, value) for (known, value), count in self.values.get(sender, {}).items() if known == name]
        return max(counts, default=(0, ""))[1]

    def _stable(self, sender: str, name: str) -> bool:
        """Whether nine in ten mails that have the trait share its three commonest values."""
        counts = sorted((count for (known, _), count in self.values[sender].items() if known == name), reverse=True)
        return sum(counts[:3]) >= 0.9 * sum(counts)
