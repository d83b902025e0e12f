"""Near copies are met by their sketches; no corpus makes it quadratic."""

import random
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from crible.index.clusters import clusters
from crible.index.neardup import BUCKET, OTHERS, candidates
from crible.index.sketch import BANDS, KEY, SHORTEST, SIZE, sketch, sketch_of, unquoted
from crible.model.facts import MailFacts, Quote, Reading

WORDS = ["".join(letters) for letters in product("bdfglmn", "aeiou", "cprst", "aeiou", "lrs")]


def text(seed: int, length: int = 200) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def edited(words: str, seed: int, edits: int) -> str:
    rng, parts = random.Random(seed), words.split()
    for _ in range(edits):
        parts[rng.randrange(len(parts))] = "autre"
    return " ".join(parts)


def test_near_copies_meet_and_strangers_do_not() -> None:
    originals = [text(seed) for seed in range(200)]
    copies = [edited(one, seed, 6) for seed, one in enumerate(originals)]
    found = set(candidates([sketch(one) for one in (*originals, *copies)]))
    assert {(n, n + 200) for n in range(200)} <= found
    assert len(found) < 210


def test_a_figure_altered_changes_no_band_and_only_the_figures() -> None:
    one = "Total hors taxes 1 500,00 € le 12/02/2017, " + text(1, 60)
    other = one.replace("1 500,00", "15 000,00")
    assert sketch(one)[: KEY * BANDS] == sketch(other)[: KEY * BANDS]
    assert sketch(one) != sketch(other)


def test_short_texts_are_left_out() -> None:
    assert sketch(" ".join(WORDS[: SHORTEST - 1])) == b""
    assert len(sketch(" ".join(WORDS[:SHORTEST]))) == SIZE
    assert list(candidates([b"", b"", b""])) == []


def test_mail_of_lists_has_no_sketch_and_quotes_do_not_count() -> None:
    quote = text(2)
    body = f"{text(1, 40)}\n> {quote}\n"
    at = body.index("> ")
    mail = MailFacts(quotes=(Quote(quote, start=at, end=len(body)),))
    assert sketch_of(Reading("message/rfc822", text=body, mail=mail)) == sketch(body[:at])
    assert unquoted(body, mail) == body[:at]
    for kind in ({"bulk": True}, {"list_id": "l.example"}):
        assert sketch_of(Reading("message/rfc822", text=body, mail=MailFacts(**kind))) == b""


def test_an_altered_paper_finds_its_original_among_a_thousand_of_one_form() -> None:
    form = text(3, 40)
    bills = [
        f"{form} facture 2017-{n:04} du {n % 28 + 1}/03/2017 montant {1000 + 7 * n},50 tva {200 + n},10"
        for n in range(1000)
    ]
    altered = bills[417].replace("montant 3919,50", "montant 9919,50")
    assert altered != bills[417]
    assert (417, 1000) in set(candidates([sketch(one) for one in (*bills, altered)]))


def test_a_crowd_of_one_sketch_costs_no_more_than_its_caps() -> None:
    same = sketch(text(4))
    pairs = list(candidates([same] * 3000))
    assert len(pairs) <= 3000 * OTHERS // 2
    assert len(set(pairs)) == len(pairs)
    few = list(candidates([same] * BUCKET))
    assert len(few) == BUCKET * (BUCKET - 1) // 2


@given(st.lists(st.sampled_from([sketch(text(n)) for n in range(4)] + [b""]), max_size=40))
def test_each_pair_once_in_rising_order(sketches: list[bytes]) -> None:
    pairs = list(candidates(sketches))
    assert len(pairs) == len(set(pairs))
    assert all(one < other and sketches[one] and sketches[other] for one, other in pairs)
    assert pairs == list(candidates(sketches))


@given(st.lists(st.tuples(st.integers(60, 100), st.integers(0, 30), st.integers(0, 30)), max_size=60))
def test_clusters_are_disjoint_connected_and_capped(pairs: list[tuple[int, int, int]]) -> None:
    found = clusters(pairs, most=5)
    members = [one for group in found for one in group]
    assert len(members) == len(set(members))
    assert all(1 < len(group) <= 5 for group in found)
    edges = {frozenset(pair[1:]) for pair in pairs}
    for group in found:
        met, waiting = {group[0]}, [group[0]]
        while waiting:
            one = waiting.pop()
            near = {other for other in group if frozenset((one, other)) in edges} - met
            met |= near
            waiting += near
        assert met == set(group)


def test_the_likest_join_first() -> None:
    assert clusters([(70, 1, 2), (99, 2, 3), (98, 3, 4)], most=3) == [[2, 3, 4]]
    assert clusters([(70, 1, 1)]) == []
