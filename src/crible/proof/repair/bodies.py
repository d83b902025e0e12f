"""The search for the body that was signed: drafts from drafts, the cheapest first, until the digest agrees."""

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from crible.proof.dkim.canonical import How, body_digests
from crible.proof.repair.draft import Draft
from crible.proof.repair.mail import Mail
from crible.proof.repair.recipe import BodyRecipe
from crible.proof.repair.work import Work

STEPS = 5
"""Steps from the stored body to the signed one at most."""
HELD = 48 << 20
"""Bytes of drafts kept to go on from; a draft beyond that is still compared."""
DEAREST = 12
"""Sum of costs beyond which nothing is tried."""


@dataclass
class BodySearch:
    """The search for one bh=."""

    mail: Mail
    how: How
    hash_name: str
    length: int | None
    recipes: Sequence[BodyRecipe]
    work: Work
    costs: Mapping[str, int] = field(default_factory=dict)
    _seen: set[bytes] = field(default_factory=set)
    _held: int = 0
    _serial: int = 0
    _waiting: list[tuple[int, int, Draft, BodyRecipe]] = field(default_factory=list)

    def run(self, digest: bytes) -> Draft | None:
        """The draft that gives the digest; None if none was found within the work."""
        start = Draft.stored(self.mail)
        self._fresh(start)
        if self._fits(start, digest):
            return start
        self._hold(start)
        while self._waiting:
            cost, _, draft, recipe = heapq.heappop(self._waiting)
            if not self.work.spend(len(draft.body) >> 1):
                return None
            for following, made in recipe.propose(draft):
                if not self.work.spend(len(following.body)):
                    return None
                if not self._fresh(following):
                    continue
                made = replace(made, changing=recipe.changing, words=recipe.words)
                reached = replace(following, steps=(*draft.steps, made), cost=cost)
                if self._fits(reached, digest):
                    return reached
                if not recipe.words:
                    self._hold(reached)
        return None

    def _fresh(self, draft: Draft) -> bool:
        """Whether this body was not tried before."""
        seen = len(self._seen)
        self._seen.add(blake2b(draft.body, digest_size=16).digest())
        return len(self._seen) > seen

    def _hold(self, draft: Draft) -> None:
        """Keep a draft to be worked on by each recipe when its turn comes."""
        if len(draft.steps) >= STEPS or self._held > HELD:
            return
        self._held += len(draft.body)
        for recipe in self.recipes:
            cost = draft.cost + self.costs.get(recipe.name, recipe.cost)
            if cost <= DEAREST:
                self._serial += 1
                heapq.heappush(self._waiting, (cost, self._serial, draft, recipe))

    def _fits(self, draft: Draft, digest: bytes) -> bool:
        """Whether its digest is that. A body shorter than l= is none (§3.5)."""
        if not self.work.spend(len(draft.body)):
            return False
        digests, size = body_digests(draft.body, self.how, self.hash_name, (self.length,))
        return digests[self.length] == digest and (self.length is None or self.length <= size)
