"""The search for the body that was signed: drafts from drafts, the cheapest first, until the digest agrees."""

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from crible.proof.dkim.canonical import How, body_digests
from crible.proof.repair.draft import Draft, Made
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
    _waiting: list[tuple[int, int, Draft, Sequence[BodyRecipe]]] = field(default_factory=list)
    _by_cost: list[tuple[int, list[BodyRecipe]]] = field(init=False)

    def __post_init__(self) -> None:
        groups: dict[int, list[BodyRecipe]] = {}
        for recipe in self.recipes:
            groups.setdefault(self.costs.get(recipe.name, recipe.cost), []).append(recipe)
        self._by_cost = sorted(groups.items(), key=lambda group: group[0])

    def run(self, digest: bytes) -> Draft | None:
        """The draft that gives the digest; None if none was found within the work."""
        start = Draft.stored(self.mail)
        self._fresh(start)
        if self._fits(start, digest):
            return start
        self._hold(start)
        while self._waiting:
            cost, _, draft, recipes = heapq.heappop(self._waiting)
            for recipe in recipes:
                if not self.work.spend(len(draft.body) >> 1):
                    return None
                for following, made in recipe.propose(draft):
                    if not self.work.spend(len(following.body)):
                        return None
                    if not self._fresh(following):
                        continue
                    fits = self._fits(following, digest)
                    if fits or self._goes_on(draft, recipe):
                        reached = _reached(draft, following, recipe, made, cost)
                        if fits:
                            return reached
                        self._hold(reached)
        return None

    def _fresh(self, draft: Draft) -> bool:
        """Whether this body was not tried before."""
        seen = len(self._seen)
        self._seen.add(blake2b(draft.body, digest_size=16).digest())
        return len(self._seen) > seen

    def _goes_on(self, draft: Draft, recipe: BodyRecipe) -> bool:
        """Whether what the recipe makes of the draft is worked on in its turn."""
        return not recipe.words and len(draft.steps) + 1 < STEPS and self._held <= HELD

    def _hold(self, draft: Draft) -> None:
        """Keep a draft to be worked on by each recipe when its turn comes; those of one cost have it together."""
        self._held += len(draft.body)
        for dear, recipes in self._by_cost:
            cost = draft.cost + dear
            if cost > DEAREST:
                break
            self._serial += 1
            heapq.heappush(self._waiting, (cost, self._serial, draft, recipes))

    def _fits(self, draft: Draft, digest: bytes) -> bool:
        """Whether its digest is that. A body shorter than l= is none (§3.5)."""
        if not self.work.spend(len(draft.body)):
            return False
        digests, size = body_digests(draft.body, self.how, self.hash_name, (self.length,))
        return digests[self.length] == digest and (self.length is None or self.length <= size)


def _reached(draft: Draft, following: Draft, recipe: BodyRecipe, made: Made, cost: int) -> Draft:
    """The draft that follows, with the steps that led to it."""
    made = replace(made, changing=recipe.changing, words=recipe.words)
    return replace(following, steps=(*draft.steps, made), cost=cost)
