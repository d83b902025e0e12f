"""Hashing what stands as stored at one stroke finds what hashing field by field finds, for the same work."""

import hashlib
import re
import tracemalloc
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from crible.proof.repair.descent import LONG, STROKE, Descent, Segment, tailed
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


def test_a_long_field_behind_many_forms_is_not_kept_once_for_each():
    forms, tail = [b"%d" % form for form in range(400)], bytes(1 << 20)
    tracemalloc.start()
    pieces = [tailed(forms, tail), tailed(forms, b"")]
    prices = [[0, *[1] * 399]] * 2
    wanted = hashlib.sha256(forms[300] + tail + forms[2])
    one = Descent([Segment(0, 0, True, tail), Segment(1, 0, True)], pieces, prices, wanted.digest(), Work(1 << 40))
    assert [one.go(hashlib.sha256(), level) for level in range(3)] == [False, False, True]
    assert one.chosen == {0: 300, 1: 2}
    assert tracemalloc.get_traced_memory()[1] < 16 * len(tail)
    tracemalloc.stop()


def test_a_field_that_stands_two_thousand_times_is_no_depth():
    costs = [[0, 1, 2], [0, 1]]
    one = descent(Descent, costs, (0, *[0] * 2_000, 1, *[0] * 2_000), (2, 1), 1 << 24)
    assert [one.go(hashlib.sha256(), level) for level in range(4)] == [False, False, False, True]
    assert one.chosen == {0: 2, 1: 1}


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([0, 1, LONG, LONG + 1, STROKE]), min_size=1, max_size=4), st.data(), st.booleans())
def test_long_fields_between_choices_change_neither_answer_nor_work(tails, data, scarce):
    order = data.draw(st.lists(st.integers(0, 2), min_size=len(tails), max_size=len(tails)))
    wanted = data.draw(st.lists(st.integers(0, 2), min_size=3, max_size=3))
    forms = [[b"%d:%d\n" % (nth, form) for form in range(3)] for nth in range(len(order))]
    ends = [b"." * size for size in tails]
    text = b"".join(forms[nth][wanted[group]] + ends[nth] for nth, group in enumerate(order))
    segments = [Segment(group, nth, group not in order[:nth], ends[nth]) for nth, group in enumerate(order)]
    joined = [[form + end for form in each] for each, end in zip(forms, ends, strict=True)]
    lazily = [tailed(each, end) for each, end in zip(forms, ends, strict=True)]
    made = [
        kind(
            segments,
            pieces,
            [[0, 1, 1]] * len(order),
            hashlib.sha256(text).digest(),
            Work(300_000 if scarce else 1 << 30),
        )
        for kind, pieces in ((FieldByField, joined), (Descent, lazily))
    ]
    for level in range(5):
        found = [one.go(hashlib.sha256(), level) for one in made]
        assert found[0] == found[1]
        assert made[0].work.left == made[1].work.left
        if any(found):
            assert {group: form for group, form in made[0].chosen.items() if form} == {
                group: form for group, form in made[1].chosen.items() if form
            }
            return


@given(st.lists(st.sampled_from([b",", b";", b" ", b"\t", b"\r\n ", b"\r", b"a", b'"']), max_size=14).map(b"".join))
def test_marks_one_after_the_other_are_marks_at_once(value):
    by = (rb"\1", rb"\1", rb"\1 ")
    both = [b"To: " + one.sub(new, value).strip() + b"\r\n" for one, new in zip(BOTH, by, strict=True)]
    assert [raw for (raw,) in COMMA_BLANK.propose(Place(None, "to", (b"To:" + value + b"\r\n",)))] == both
