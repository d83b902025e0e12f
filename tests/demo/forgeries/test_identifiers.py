"""Moments inside identifiers, decoded by the rules that examiners publish, not by the code that wrote them."""

import base64
import hashlib
import re
from datetime import UTC, datetime, timedelta

import pytest

from crible.demo.forgeries import identifiers as ids
from crible.demo.forgeries.moments import europe, pacific

AT = datetime(2017, 3, 14, 9, 2, 17, 337123, tzinfo=UTC)
NOISE = hashlib.sha256(b"noise").digest()
WINDOWS = datetime(1601, 1, 1, tzinfo=UTC)


def test_gmail_boundary():
    edge = ids.gmail_boundary(AT, NOISE)
    assert re.fullmatch("[0-9a-f]{28}", edge)
    assert int(edge[18:26] + edge[12:18], 16) == 1489482137337123


def test_gmail_numbers():
    assert ids.gmail_received_id(AT, NOISE).endswith(".1489482137337")
    assert ids.gm_number(AT, NOISE) >> 20 == 1489482137337
    assert re.fullmatch(r"<CA[\w=+-]{48}@mail\.gmail\.com>", ids.gmail_message_id(NOISE))


def test_outlook_file_times():
    found = re.fullmatch(r"----=_NextPart_000_[0-9A-F]{4}_([0-9A-F]{8})\.([0-9A-F]{8})", ids.next_part(AT, NOISE, 0))
    assert WINDOWS + timedelta(microseconds=int(found[1] + found[2], 16) // 10) == AT
    found = re.fullmatch(r"<[0-9a-f]{4}([0-9a-f]{8})\$([0-9a-f]{8})\$[0-9a-f]{8}\$@h\.example>",
                         ids.outlook_message_id(AT, NOISE, "h.example"))  # fmt: skip
    assert WINDOWS + timedelta(microseconds=int(found[1] + found[2], 16) // 10) == AT


@pytest.mark.parametrize("days", [1, 400, 900])
def test_thread_index_counts_each_reply_from_the_one_before(days):
    index = ids.thread_index(AT, NOISE)
    root = int.from_bytes(index[:6]) << 16
    first, second = AT + timedelta(days=days), AT + timedelta(days=days, hours=2)
    index = ids.thread_child(ids.thread_child(index, first, NOISE), second, NOISE)
    assert len(base64.b64decode(base64.b64encode(index))) == 22 + 10
    moment = root
    for start, expected in ((22, first), (27, second)):
        word = int.from_bytes(index[start : start + 5])
        moment += (word >> 8 & 0x7FFFFFFF) << (23 if word >> 39 else 18)
        assert abs(WINDOWS + timedelta(microseconds=moment // 10) - expected) < timedelta(seconds=2)


def test_others():
    assert ids.java_message_id(AT, NOISE, "wwinf1d09").split(".")[2] == "1489482137337"
    assert int(ids.thunderbird_message_id(AT, NOISE, "h.example", old=True)[1:9], 16) == 1489482137
    assert ids.google_mx_id(pacific(AT), NOISE).endswith(".2017.03.14.02.02.17")


@pytest.mark.parametrize(
    ("at", "paris", "california"),
    [
        (datetime(2017, 3, 26, 0, 59, tzinfo=UTC), "+0100", "-0700"),
        (datetime(2017, 3, 26, 1, 0, tzinfo=UTC), "+0200", "-0700"),
        (datetime(2016, 10, 30, 1, 0, tzinfo=UTC), "+0100", "-0700"),
        (datetime(2016, 11, 6, 9, 0, tzinfo=UTC), "+0100", "-0800"),
        (datetime(2017, 3, 12, 9, 59, tzinfo=UTC), "+0100", "-0800"),
    ],
)
def test_clocks_change_when_the_law_says(at, paris, california):
    assert f"{europe(at):%z}" == paris
    assert f"{pacific(at):%z}" == california
