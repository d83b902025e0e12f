"""Patience alignment: blocks agree, rise and never overlap, whatever the input, in near-linear time."""

import re
from difflib import SequenceMatcher
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from crible.assess.align import Block, _anchors, _rising, align

VOCABULARY = ["le", "la", "salle", "est", "réservée", "du", "au", "mars", "avril", "3", "7", "18", "214"]
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=60)


@given(WORDS, WORDS)
def test_blocks_agree_rise_and_do_not_overlap(a: list[str], b: list[str]) -> None:
    i = j = 0
    for block in align(a, b):
        assert block.n > 0
        assert block.i >= i
        assert block.j >= j
        assert a[block.i : block.i + block.n] == b[block.j : block.j + block.n]
        i, j = block.i + block.n, block.j + block.n


@given(WORDS)
def test_a_text_aligns_with_itself_in_one_block(a: list[str]) -> None:
    assert align(a, a) == ([Block(0, 0, len(a))] if a else [])


@given(st.lists(st.integers(), unique=True, min_size=20, max_size=60), st.data())
def test_one_replaced_word_is_the_only_gap(numbers: list[int], data: st.DataObject) -> None:
    a = [str(number) for number in numbers]
    at = data.draw(st.integers(0, len(a) - 1))
    b = [*a[:at], "other", *a[at + 1 :]]
    assert sum(block.n for block in align(a, b)) == len(a) - 1


def test_it_finds_about_what_difflib_finds() -> None:
    ours = "le montant retenu est de 18 214 euros à régler avant le 20 mars par virement sur le compte habituel"
    other = "bonjour le montant est de 58 214 euros à régler le 20 mars par virement sur le compte habituel merci"
    a, b = re.findall(r"\w+", ours), re.findall(r"\w+", other)
    theirs = sum(block.size for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
    assert sum(block.n for block in align(a, b)) >= theirs - 1


def test_repetitive_texts_take_no_quadratic_time() -> None:
    started = process_time()
    align(["le", "la"] * 10_000, ["la", "le", "les"] * 6_666)
    align([str(n % 7) for n in range(20_000)], [str(n % 11) for n in range(20_000)])
    align([str(n) for n in range(20_000)], [str(n) for n in range(20_000, 0, -1)])
    assert process_time() - started < 3


@given(st.lists(st.sampled_from("abc"), max_size=30), st.lists(st.sampled_from("abc"), max_size=30), st.integers(1, 4))
def test_anchors_are_the_runs_that_stand_once_on_each_side(a: list[str], b: list[str], size: int) -> None:
    def runs(words: list[str], end: int) -> list[tuple[str, ...]]:
        return [tuple(words[at : at + size]) for at in range(1, end - size + 1)]

    ours, theirs = runs(a, len(a) - 1), runs(b, len(b))
    once = [gram for gram in ours if ours.count(gram) == theirs.count(gram) == 1]
    pairs = sorted((ours.index(gram) + 1, theirs.index(gram) + 1) for gram in once)
    assert _anchors(a, b, 1, max(1, len(a) - 1), 1, max(1, len(b)), size) == _rising(pairs)
