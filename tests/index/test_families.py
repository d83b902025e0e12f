"""Families: twins and copies together, named by the smallest id; absurd Message-IDs join nobody."""

from hypothesis import given
from hypothesis import strategies as st

from crible.index.families import CROWD, families


def test_twins_and_copies_are_one_family_named_by_the_smallest_id() -> None:
    assert families([
        ("3", "w1", "<a@x>"),
        ("1", "w1", "<a@x>"),
        ("2", "w2", " <a@x> "),
        ("4", "w3", "<b@x>"),
        ("5", "w5", ""),
    ]) == {"1": "1", "2": "1", "3": "1", "4": "4", "5": "5"}  # fmt: skip


def test_twins_without_message_id_and_chains_of_both_links() -> None:
    rows = [("1", "w1", ""), ("2", "w1", "<a@x>"), ("3", "w2", "<a@x>"), ("4", "w2", "<b@x>"), ("5", "w3", "<b@x>")]

    assert set(families(rows).values()) == {"1"}


def test_a_message_id_that_names_nothing_joins_nobody() -> None:
    rows = [("1", "w1", "<>"), ("2", "w2", "<>"), ("3", "w3", ""), ("4", "", " "), ("5", "", "<  >")]

    assert families(rows) == {id_: id_ for id_, _, _ in rows}


def test_a_crowd_of_different_mails_is_no_family_but_its_twins_are() -> None:
    crowd = [(f"{n:05}", f"w{n}", "<1@localhost>") for n in range(CROWD + 1)]
    twin = ("99999", "w7", "<1@localhost>")

    found = families([*crowd, twin])
    assert len(set(found.values())) == CROWD + 1
    assert found["99999"] == "00007"


def test_many_identical_copies_are_no_crowd() -> None:
    rows = [(f"{n:05}", "same", "<news@x>") for n in range(CROWD + 10)]

    assert set(families([*rows, ("99999", "other", "<news@x>")]).values()) == {"00000"}


IDS = st.integers(0, 30).map(str)
ROWS = st.lists(
    st.tuples(IDS, st.sampled_from(["", "w1", "w2", "w3", "w4"]), st.sampled_from(["", "<>", "<a>", "<b>", "<c>"])),
    max_size=14,
    unique_by=lambda row: row[0],
)


@given(ROWS, st.randoms())
def test_order_does_not_matter_and_the_name_is_the_smallest_member(
    rows: list[tuple[str, str, str]], random: object
) -> None:
    found = families(rows)
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert families(shuffled) == found
    for id_, family in found.items():
        assert family == min(other for other, theirs in found.items() if theirs == found[id_])


@given(ROWS)
def test_whatever_shares_wire_or_message_id_shares_a_family(rows: list[tuple[str, str, str]]) -> None:
    found = families(rows)
    for one in rows:
        for other in rows:
            if (one[1] and one[1] == other[1]) or (one[2] not in ("", "<>") and one[2] == other[2]):
                assert found[one[0]] == found[other[0]]
