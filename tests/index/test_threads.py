"""Threads: linked by ids alone, named by their smallest root, whatever the order."""

from hashlib import sha256
from itertools import pairwise
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from crible.index.threads import Row, threads


def named(message_id: str) -> str:
    return sha256(message_id.encode()).hexdigest()


def test_replies_join_the_mail_they_answer() -> None:
    assert threads([
        ("1", "<a@x>", "", ()),
        ("2", "<b@x>", "<a@x>", ("<a@x>",)),
        ("3", "<c@x>", "<b@x>", ("<a@x>", "<b@x>")),
        ("4", "<d@x>", "", ()),
    ]) == {"1": named("<a@x>"), "2": named("<a@x>"), "3": named("<a@x>"), "4": named("<d@x>")}  # fmt: skip


def test_a_missing_first_mail_still_names_its_thread() -> None:
    found = threads([("2", "<b@x>", "<a@x>", ()), ("3", "<c@x>", "", ("<a@x>",))])

    assert found == {"2": named("<a@x>"), "3": named("<a@x>")}


def test_of_several_roots_the_smallest_names_the_thread() -> None:
    found = threads([("1", "<z@x>", "", ()), ("2", "<a@x>", "", ()), ("3", "<c@x>", "<z@x>", ("<a@x>",))])

    assert set(found.values()) == {named("<a@x>")}


def test_a_smaller_id_that_is_a_reply_does_not_name_the_thread() -> None:
    found = threads([("1", "<z@x>", "", ()), ("2", "<a@x>", "<z@x>", ())])

    assert set(found.values()) == {named("<z@x>")}


def test_rings_and_mails_that_answer_themselves_end() -> None:
    ring = [("1", "<a@x>", "<b@x>", ()), ("2", "<b@x>", "<a@x>", ())]

    assert set(threads(ring).values()) == {named("<a@x>")}
    assert threads([("1", "<a@x>", "<a@x>", ("<a@x>", "<a@x>"))]) == {"1": named("<a@x>")}


def test_nothing_joins_strangers() -> None:
    rows: list[Row] = [("1", "", "", ()), ("2", "<>", "<>", ("<>", "")), ("3", "< >", "", ())]

    assert threads(rows) == {"1": "1", "2": "2", "3": "3"}


def test_a_message_id_that_a_crowd_shares_joins_nothing() -> None:
    rows = [(f"{n:04}", "<1@localhost>", "", ()) for n in range(1_001)]

    assert threads(rows) == {id_: id_ for id_, *_ in rows}
    assert len(set(threads(rows[1:]).values())) == 1

    answers = [(id_, own, f"<{id_}@x>", ()) for id_, own, *_ in rows]
    assert len(set(threads(answers).values())) == len(rows)


def test_in_reply_to_with_comments_still_names_the_parent() -> None:
    found = threads([("1", "<a@x>", "", ()), ("2", "<b@x>", "Jean's message of Monday <a@x>", ())])

    assert found["1"] == found["2"]


NAMES = st.sampled_from([f"<{letter}@x>" for letter in "abcdefgh"] + ["", "<>"])
MAILS = st.lists(st.tuples(NAMES, NAMES, st.lists(NAMES, max_size=3).map(tuple)), max_size=12)


@given(MAILS, st.randoms())
def test_the_order_of_mails_does_not_matter(mails: list[tuple[str, str, tuple[str, ...]]], random: object) -> None:
    rows: list[Row] = [(str(number), *mail) for number, mail in enumerate(mails)]
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert threads(rows) == threads(shuffled)


@given(MAILS)
def test_threads_are_what_a_plain_walk_over_the_links_finds(mails: list[tuple[str, str, tuple[str, ...]]]) -> None:
    rows: list[Row] = [(str(number), *mail) for number, mail in enumerate(mails)]
    touches = [{name for name in (own, reply, *refs) if name not in ("", "<>")} for _, own, reply, refs in rows]
    groups: list[set[str]] = []
    for names in touches:
        joined = set(names).union(*(group for group in groups if group & names))
        groups = [group for group in groups if not group & names] + [joined]

    found = threads(rows)
    for (one, *_), names in zip(rows, touches, strict=True):
        for (other, *_), others in zip(rows, touches, strict=True):
            together = one == other or any(group & names and group & others for group in groups)
            assert (found[one] == found[other]) == together


def test_a_long_chain_and_hostile_references_take_linear_time() -> None:
    started = process_time()
    chain = [(after, f"<{after}@x>", f"<{before}@x>", ()) for before, after in pairwise(map(str, range(50_000)))]
    assert len(set(threads(chain).values())) == 1

    threads([(str(n), f"<{n}@x>", "", [f"<{m}@x>" for m in range(2_000)]) for n in range(200)])
    threads([("1", "<a>", "<" * 1_000_000, ())])
    assert process_time() - started < 5
