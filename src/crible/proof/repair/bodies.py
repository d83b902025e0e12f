"""The search for the body that was signed: drafts from drafts, the cheapest first, until the digest agrees."""

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from crible.proof.dkim.canonical import How, body_digests
from crible.proof.repair.draft import Draft
from crible.proof.repair.mail import Mail
from crible.proof.repair.recipe import BodyRecipe
from crible.proof.repair.work import Work

STEPS = 5
"""Steps from the stored body to the signed one at most."""
WAITING = 2_000
"""Drafts that wait to be looked at."""


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

    def run(self, digest: bytes) -> Draft | None:
        """The draft that gives the digest; None if none was found within the work."""
        start = Draft.stored(self.mail)
        waiting = [(0, 0, start)]
        serial = 0
        while waiting:
            _, _, draft = heapq.heappop(waiting)
            fits = self._fits(draft, digest)
            if fits is None:
                return None
            if fits:
                return draft
            if len(draft.steps) >= STEPS:
                continue
            for following in self._next(draft):
                serial += 1
                if len(waiting) < WAITING:
                    heapq.heappush(waiting, (following.cost, serial, following))
        return None

    def _fits(self, draft: Draft, digest: bytes) -> bool | None:
        """Whether its digest is that; None once the work is spent. A body shorter than l= is none (§3.5)."""
        if not self.work.spend(len(draft.body)):
            return None
        digests, size = body_digests(draft.body, self.how, self.hash_name, (self.length,))
        return digests[self.length] == digest and (self.length is None or self.length <= size)

    def _next(self, draft: Draft) -> list[Draft]:
        found: list[Draft] = []
        for recipe in self.recipes:
            cost = draft.cost + self.costs.get(recipe.name, recipe.cost)
            for following, made in recipe.propose(draft):
                if not self.work.spend(len(following.body) >> 2):
                    return found
                if following.body in self._seen:
                    continue
                self._seen.add(following.body)
                made = replace(made, changing=recipe.changing, words=recipe.words)
                found.append(replace(following, steps=(*draft.steps, made), cost=cost))
        return found
