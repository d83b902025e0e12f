"""What stands behind a remark."""

from random import Random

from crible.assess.boxes.remark import MOST, Behind


def test_the_first_ids_are_kept_whatever_their_order_and_all_are_counted() -> None:
    ids = [f"{n:064x}" for n in range(200)]
    mixed = Random(1).sample(ids, len(ids))
    behind = Behind()
    for one in mixed:
        behind.add(one)
    assert behind.count == 200
    assert behind.refs == tuple(ids[:MOST])
