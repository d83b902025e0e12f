"""Common passages, held against a slow and plain search."""

from collections import Counter
from itertools import pairwise
from time import process_time

from hypothesis import assume, given
from hypothesis import strategies as st

from crible.index.analysis import words
from crible.index.passages import MOST_PASSAGES, PLACES, SHINGLE, Shingled, compare


def shingled(tokens: list[str]) -> Shingled:
    return Shingled(words(" ".join(tokens)))


TOKENS = st.lists(st.sampled_from("abcd"), max_size=24)


@given(TOKENS, TOKENS)
def test_the_longest_passage_is_the_longest_common_run(one: list[str], other: list[str]) -> None:
    # Of a refrain only the first places are followed.
    assume(max(Counter(shingled(other).shingles).values(), default=0) <= PLACES)
    runs = {
        tuple(one[at : at + length])
        for length in range(SHINGLE, len(one) + 1)
        for at in range(len(one) - length + 1)
        if any(other[place : place + length] == one[at : at + length] for place in range(len(other)))
    }
    found = compare(shingled(one), shingled(other), SHINGLE)

    assert max((passage.words for passage in found.passages), default=0) == max(map(len, runs), default=0)
    assert found.same_words == (one == other)
    for passage in found.passages:
        assert (
            " ".join(one)[passage.start : passage.end] == " ".join(other)[passage.document_start : passage.document_end]
        )
    spans = sorted((passage.start, passage.end) for passage in found.passages)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@given(TOKENS, TOKENS)
def test_shares_are_of_the_words_inside_common_runs_of_five(one: list[str], other: list[str]) -> None:
    common = {tuple(other[at : at + 5]) for at in range(len(other) - 4)}
    inside = {place for at in range(len(one) - 4) if tuple(one[at : at + 5]) in common for place in range(at, at + 5)}

    assert compare(shingled(one), shingled(other), SHINGLE).share_of_text == len(inside) / max(1, len(one))
    assert compare(shingled(other), shingled(one), SHINGLE).share_of_document == len(inside) / max(1, len(one))


@given(TOKENS)
def test_a_text_of_five_words_or_more_is_wholly_in_itself(tokens: list[str]) -> None:
    found = compare(shingled(tokens), shingled(tokens), SHINGLE)

    assert found.share_of_text == found.share_of_document == (1.0 if len(tokens) >= SHINGLE else 0.0)


def test_refrains_take_linear_time() -> None:
    started = process_time()
    found = compare(shingled(["a"] * 50_000), shingled(["a"] * 50_000), 12)

    assert found.same_words
    assert len(found.passages) <= MOST_PASSAGES
    assert process_time() - started < 5
