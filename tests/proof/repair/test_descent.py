"""Hashing what stands as stored at one stroke finds what hashing field by field finds, for the same work."""

import hashlib
import re
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from crible.proof.repair.descent import Descent, Segment
from crible.proof.repair.recipe import Place
from crible.proof.repair.recipes.folding import COMMA_BLANK
from crible.proof.repair.work import Work

BOTH = re.compile(rb"([,;])[ \t]*\r?\n[ \t]+"), re.compile(rb"([,;])[ \t\r\n]+"), re.compile(rb"([,;])(?=[^ \t\r\n])")
groups = st.lists(st.lists(st.integers(1, 4), max_size=3), min_size=1, max_size=4)


class FieldByField(Descent):
    """The same descent without its short cut."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._stored = [None] * len(self._stored)


def descent(kind: type[Descent], costs, order, wanted, work):
    seen: set[int] = set()
    segments, pieces, prices = [], [], []
    for nth, group in enumerate(order):
        segments.append(Segment(group, nth, first=group not in seen))
        seen.add(group)
        pieces.append([b"%d:%d:%d\n" % (nth, group, form) for form in range(len(costs[group]))])
        prices.append(costs[group])
    text = b"".join(pieces[nth][wanted[group] % len(costs[group])] for nth, group in enumerate(order))
    return kind(segments, pieces, prices, hashlib.sha256(text).digest(), Work(work))


@settings(max_examples=300, deadline=None)
@given(groups, st.data(), st.integers(0, 30_000))
def test_the_short_cut_finds_the_same_for_the_same_work(dearer, data, work):
    costs = [[0, *sorted(one)] for one in dearer]
    order = data.draw(st.lists(st.integers(0, len(costs) - 1), min_size=1, max_size=6))
    wanted = data.draw(st.lists(st.integers(0, 3), min_size=len(costs), max_size=len(costs)))
    fast, slow = (descent(kind, costs, order, wanted, work) for kind in (Descent, FieldByField))
    for level in range(data.draw(st.integers(0, 16))):
        found = [one.go(hashlib.sha256(), level) for one in (fast, slow)]
        assert found[0] == found[1]
        assert (fast.spent, fast.work.left) == (slow.spent, slow.work.left)
        if found[0]:
            chosen = {group: slow.chosen[group] for group in fast.chosen}
            assert fast.chosen == chosen
            assert not any(form for group, form in slow.chosen.items() if group not in chosen)
        if any(found) or fast.spent:
            return


def test_every_sum_that_can_be_reached_is_tried():
    costs = [[0, 1, 2], [0, 2], [0, 1, 1]]
    for forms in product(*(range(len(one)) for one in costs)):
        one = descent(Descent, costs, (0, 1, 2, 0), forms, 1 << 20)
        reached = sum(costs[group][form] for group, form in enumerate(forms))
        assert one.go(hashlib.sha256(), reached)
        assert {group: form for group, form in one.chosen.items() if form} == {
            group: form for group, form in enumerate(forms) if form
        }


@given(st.lists(st.sampled_from([b",", b";", b" ", b"\t", b"\r\n ", b"\r", b"a", b'"']), max_size=14).map(b"".join))
def test_marks_one_after_the_other_are_marks_at_once(value):
    by = (rb"\1", rb"\1", rb"\1 ")
    both = [b"To: " + one.sub(new, value).strip() + b"\r\n" for one, new in zip(BOTH, by, strict=True)]
    assert [raw for (raw,) in COMMA_BLANK.propose(Place(None, "to", (b"To:" + value + b"\r\n",)))] == both
