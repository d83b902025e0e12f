"""What limits count, for how long, and that many at once are as many."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from crible.review import limits
from crible.review.limits import FIRST_WAIT, LONGEST_WAIT, WITHIN, Limit
from crible.review.models import Attempt

THREE = Limit("name:x", 3)
pytestmark = pytest.mark.usefixtures("tables")


def tried(count: int, ago: timedelta = timedelta()) -> None:
    """So many refusals, the last that long ago."""
    for _ in range(count):
        Attempt.objects.create(key=THREE.key)
    Attempt.objects.update(at=timezone.now() - ago)


@pytest.mark.parametrize(("count", "minutes"), [(3, 1), (4, 2), (5, 4), (6, 8), (8, 32), (9, 60), (200, 60)])
def test_each_refusal_beyond_the_free_ones_doubles_the_wait_up_to_an_hour(count: int, minutes: int) -> None:
    tried(count)
    assert timedelta(minutes=minutes) - timedelta(seconds=5) < limits.waiting([THREE]) <= timedelta(minutes=minutes)
    Attempt.objects.update(at=timezone.now() - timedelta(minutes=minutes, seconds=1))
    assert not limits.waiting([THREE])
    assert min(FIRST_WAIT, LONGEST_WAIT) == FIRST_WAIT


def test_the_free_ones_wait_for_nothing_and_a_day_forgets() -> None:
    tried(2)
    assert not limits.waiting([THREE])
    tried(50, WITHIN + timedelta(seconds=1))
    assert not limits.waiting([THREE])
    limits.sweep()
    assert Attempt.objects.count() == 0


def test_who_waits_makes_the_wait_no_longer_by_trying() -> None:
    tried(3)
    assert limits.take(THREE) is None
    assert Attempt.objects.count() == 3


def test_what_succeeds_is_taken_back_and_with_it_what_counted_before() -> None:
    tried(2)
    rows = limits.take(THREE, Limit("address:a", 9))
    assert rows is not None
    limits.forgive(rows, THREE)
    assert Attempt.objects.count() == 0


def test_many_at_once_are_as_many() -> None:
    def one(_: int) -> bool:
        try:
            return limits.take(THREE) is not None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        heard = sum(pool.map(one, range(24)))
    assert heard == THREE.free


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("", "unknown"),
        ("evil\nline", "unknown"),
    ],
)
def test_addresses_of_one_network_count_together(address: str, counted: str) -> None:
    assert limits.network(address) == counted


def test_no_key_shows_the_name_that_was_typed() -> None:
    assert "hunter2" not in limits.of_name("hunter2").key
    assert limits.of_name("a").key != limits.of_name("b").key
    assert len(limits.of_address("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff").key) <= 80
