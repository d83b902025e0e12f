"""What of mails becomes a line between people, and what stays closed."""

from array import array

import msgspec
import pytest

from crible.sift.people import (
    BY_MACHINE,
    LONGEST,
    NOBODY,
    People,
    _Facts,
    _Gathering,
    _Mail,
    _Row,
    _Sorted,
    is_address,
)
from crible.sift.person import BROAD, lines

CLUED = _Facts(sorting=_Sorted((msgspec.Raw(b"\x80"),)))


def row(private: bool | None, level: str | None = "unattested") -> _Row:
    return _Row(1, b"\xaa" * 32, b"", level, private, None, None)


@pytest.mark.parametrize(
    ("private", "facts", "closed"),
    [(True, _Facts(), True), (False, CLUED, False), (None, CLUED, True), (None, _Facts(), False)],
)
def test_what_is_not_weighed_yet_is_closed_by_any_clue_of_its_own(
    private: bool | None, facts: _Facts, closed: bool
) -> None:
    assert _Gathering(())._closed(row(private), facts) is closed
    assert not _Gathering({"aa" * 32})._closed(row(private), facts)


@pytest.mark.parametrize(
    "text", ["", "ada", "@b.example", "ada@", "a b@c.example", "a\n@c.example", "a@\u202ec.example"]
)
def test_what_cannot_be_shown_as_an_address_is_none(text: str) -> None:
    assert not is_address(text)


def test_an_address_has_an_end() -> None:
    assert is_address("a" * (LONGEST - 10) + "@b.example")
    assert not is_address("a" * (LONGEST - 9) + "@b.example")


def test_a_hostile_mail_cannot_make_names_or_receivers_without_bound() -> None:
    boxes = [{"name": f"Nom {n}", "address": "ada@mairie.example"} for n in range(500)]
    boxes += [{"name": "", "address": f"x{n}@mairie.example"} for n in range(500)]
    mail = msgspec.convert({"senders": [{"name": "", "address": "no address"}], "to": boxes}, _Mail)
    gathering = _Gathering(())
    gathering._take(row(False), mail)
    gathering._index()
    found = gathering._people
    assert found.unaddressed == 1
    assert list(found.sender) == [NOBODY]
    assert found.addresses == ["ada@mairie.example"]
    assert len(found.called[0]) == 20
    assert list(found.received[0]) == [0]


def talk(*mails: tuple[int, tuple[int, ...], int]) -> People:
    """People of so many mails: sender, receivers, flags."""
    found = People(addresses=[f"a{n}@x.example" for n in range(40)])
    for place, (sender, receivers, flags) in enumerate(mails):
        found.flags.append(flags)
        found.receivers.append(receivers)
        found.sent.setdefault(sender, array("I")).append(place)
    return found


def test_lines_count_both_ways_and_leave_out_lists_crowds_and_oneself() -> None:
    crowd = tuple(range(1, BROAD + 2))
    found = talk((0, (1, 2), 0), (0, (1,), 0), (1, (0,), 0), (2, (2,), 0), (3, (1,), BY_MACHINE), (0, crowd, 0))
    assert [(one.a, one.b, one.forth, one.back) for one in lines(found)] == [(0, 1, 2, 1), (0, 2, 1, 0)]
    assert [(one.a, one.b) for one in lines(found, lists=True)] == [(0, 1), (0, 2), (1, 3)]
    assert [(one.a, one.b) for one in lines(found, {0, 2})] == [(0, 2)]
