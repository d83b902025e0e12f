"""The search for the header that was signed: every field's likely forms, joined, the cheapest sums first."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from crible.proof.dkim.canonical import How, relaxed_field, simple_field
from crible.proof.repair.descent import Descent, Segment, tailed
from crible.proof.repair.mail import Mail
from crible.proof.repair.recipe import HeaderRecipe, Place, Raws
from crible.proof.repair.work import Work

FORMS = 400
"""Forms kept of one name's fields."""
RANK = 32
"""A recipe's first so many forms cost what it costs, the next ones more: it proposes the likeliest first."""
LONGEST = 32 << 10
"""Bytes of one name's fields beyond which they are taken as stored: forms by the hundred are kept of each."""
DEPTH = 3
"""Recipes applied to one name's fields, one after the other."""
OPEN = 16
"""Names whose forms are varied; a mail signs about ten."""
STAGES = ((1, 3), (2, 5), (3, 7), (9, 14))
"""Recipes up to such a cost are joined up to such a sum, then dearer ones too: making forms takes time as well."""


@dataclass(frozen=True, slots=True)
class Form:
    """One name's fields as they may have been signed, and the recipes that lead there."""

    raws: Raws
    recipes: tuple[HeaderRecipe, ...] = ()
    cost: int = 0


Shared = dict[tuple[str, int, int, How], tuple[tuple[Form, ...], int]]
"""Forms by name, number of recipes, dearest cost and canonical form, and the work that it took to make them."""


@dataclass
class HeaderSearch:
    """The search over one signature's h=."""

    mail: Mail
    signed: Sequence[str]
    how: How
    hash_name: str
    own: Sequence[bytes]
    """Forms that the signature's own field may have entered the hash in, as stored first."""
    recipes: Sequence[HeaderRecipe]
    work: Work
    costs: Mapping[str, int] = field(default_factory=dict)
    """Of recipes whose cost is not their own."""
    shared: Shared = field(default_factory=dict)
    """Forms that other signatures of the mail had made: most cover the same fields."""
    _met: dict[bytes, bytes] = field(default_factory=dict)
    """Canonical forms of fields that were proposed: every other proposal is one that was made before."""

    def as_known(self, known: Mapping[str, Form], digest: bytes) -> dict[str, Form] | None:
        """The forms that another signature of the mail was found to cover, if they give the digest here as well."""
        names = list(dict.fromkeys(self.signed))
        if not any(name in known for name in names):
            return None
        groups = [[known.get(name) or Form(self.mail.raws(name))] for name in names]
        lead, _, _ = self._layout(names, groups, self.own[0])
        if not self.work.spend(len(lead)):
            return None
        agrees = hashlib.new(self.hash_name, lead, usedforsecurity=False).digest() == digest
        return {name: group[0] for name, group in zip(names, groups, strict=True)} if agrees else None

    def run(self, digest: bytes) -> dict[str, Form] | None:
        """The form of each signed name that gives the digest together; None if none was found within the work."""
        tried = -1
        for dearest, sums in STAGES:
            recipes = [recipe for recipe in self.recipes if self._cost(recipe) <= dearest]
            if len(recipes) > tried and (found := self._with(recipes, sums, digest)):
                return found
            tried = len(recipes)
        return None

    def _with(self, recipes: Sequence[HeaderRecipe], sums: int, digest: bytes) -> dict[str, Form] | None:
        """The same with some of the recipes, their costs added up to a sum."""
        names = list(dict.fromkeys(self.signed))
        groups = [self._once(name, recipes, sums) for name in names]
        _restrain(groups)
        for own in self.own:
            lead, segments, canon = self._layout(names, groups, own)
            found = self._levels(lead, segments, canon, groups, sums, digest)
            if found is not None:
                return {name: groups[at][found[at]] for at, name in enumerate(names)}
        return None

    def _cost(self, recipe: HeaderRecipe) -> int:
        return self.costs.get(recipe.name, recipe.cost)

    def _once(self, name: str, recipes: Sequence[HeaderRecipe], dearest: int) -> list[Form]:
        """As `_forms`, but not made anew where another signature had them made and this one could afford it too."""
        key = (name, len(recipes), dearest, self.how)
        made, price = self.shared.get(key, (None, 0))
        if made is not None and self.work.take(price):
            return list(made)
        left = self.work.left
        forms = self._forms(name, recipes, dearest)
        if not self.work.refused:
            self.shared[key] = tuple(forms), left - self.work.left
        return forms

    def _forms(self, name: str, recipes: Sequence[HeaderRecipe], dearest: int) -> list[Form]:
        """The forms of one name up to a cost, cheapest first, each canonical form once."""
        start = Form(self.mail.raws(name))
        best = {self._canonical(start.raws): start}
        fitting = [recipe for recipe in recipes if not recipe.fields or name in recipe.fields]
        if sum(map(len, start.raws)) > LONGEST:
            fitting = []
        layer = [start]
        for _ in range(DEPTH if fitting else 0):
            layer = [form for base in layer for form in self._next(name, base, best, fitting, dearest)]
            if not layer or len(best) >= FORMS:
                break
        return sorted(best.values(), key=lambda form: form.cost)[:FORMS]

    def _next(
        self, name: str, base: Form, best: dict[Raws, Form], recipes: Sequence[HeaderRecipe], dearest: int
    ) -> Iterator[Form]:
        place, costs, spend = Place(self.mail, name, base.raws), self.costs.get, self.work.spend
        for recipe in recipes:
            cheapest = base.cost + costs(recipe.name, recipe.cost)
            if cheapest > dearest or recipe in base.recipes or len(best) >= 2 * FORMS:
                continue
            for nth, raws in enumerate(recipe.propose(place)):
                cost = cheapest + nth // RANK
                if cost > dearest:
                    break
                if nth >= FORMS or not spend(sum(map(len, raws))):
                    return
                canonical = self._canonical(raws)
                known = best.get(canonical)
                if known is None or known.cost > cost:
                    best[canonical] = form = Form(raws, (*base.recipes, recipe), cost)
                    yield form

    def _canonical(self, raws: Raws) -> Raws:
        return tuple([self._met.get(raw) or self._meet(raw) for raw in raws])

    def _meet(self, raw: bytes) -> bytes:
        self._met[raw] = canonical = _canonical(raw, self.how)
        return canonical

    def _layout(
        self, names: Sequence[str], groups: Sequence[Sequence[Form]], own: bytes
    ) -> tuple[bytes, list[Segment], list[list[list[bytes]]]]:
        """Fixed bytes at the front, then the places where a choice is, and each form's bytes by mention."""
        order = {name: at for at, name in enumerate(names)}
        mentions = {name: self.signed.count(name) for name in names} if len(names) < len(self.signed) else {}
        canon = [
            [_mentions(self._canonical(form.raws), mentions.get(name, 1)) for form in forms]
            for name, forms in zip(names, groups, strict=True)
        ]
        lead, segments, taken = b"", list[Segment](), dict[str, int]()
        for name in self.signed:
            nth = taken.get(name, 0)
            taken[name] = nth + 1
            at = order[name]
            if any(form[nth] != canon[at][0][nth] for form in canon[at]):
                segments.append(Segment(at, nth, first=not any(each.group == at for each in segments)))
            elif segments:
                segments[-1].tail += canon[at][0][nth]
            else:
                lead += canon[at][0][nth]
        if segments:
            segments[-1].tail += own
        else:
            lead += own
        return lead, segments, canon

    def _levels(
        self,
        lead: bytes,
        segments: Sequence[Segment],
        canon: Sequence[Sequence[Sequence[bytes]]],
        groups: Sequence[Sequence[Form]],
        sums: int,
        digest: bytes,
    ) -> dict[int, int] | None:
        if not self.work.spend(len(lead)):
            return None
        pieces = [tailed([each[one.nth] for each in canon[one.group]], one.tail) for one in segments]
        costs = [[form.cost for form in groups[segment.group]] for segment in segments]
        descent = Descent(segments, pieces, costs, digest, self.work)
        start = hashlib.new(self.hash_name, lead, usedforsecurity=False)
        for level in range(min(sums, descent.most[0]) + 1):
            if descent.go(start, level):
                return {at: descent.chosen.get(at, 0) for at in range(len(groups))}
            if descent.spent:
                break
        return None


def _restrain(groups: list[list[Form]]) -> None:
    """Only so many names are varied; of a signer who lists hundreds the first count."""
    varied = 0
    for at, forms in enumerate(groups):
        varied += len(forms) > 1
        if varied > OPEN:
            groups[at] = forms[:1]


def _canonical(raw: bytes, how: How) -> bytes:
    if how == "simple":
        return simple_field(raw)
    name, _, value = raw.partition(b":")
    return relaxed_field(name, value)


def _mentions(canonical: Raws, count: int) -> list[bytes]:
    """What each mention of the name takes: the n-th the n-th field from the bottom, nothing beyond the last."""
    return [canonical[-nth] if nth <= len(canonical) else b"" for nth in range(1, count + 1)]
