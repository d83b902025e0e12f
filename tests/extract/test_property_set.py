from hypothesis import given
from hypothesis import strategies as st
from ole_writer import properties, ticks

from crible.extract import property_set

SPRING = 1_490_623_509


def test_strings_numbers_and_moments():
    read = property_set.read(properties({2: "Budget", 4: "Hélène", 12: ticks(SPRING), 14: 7}))
    assert read[2], read[4] == ("Budget", "Hélène")
    assert (read[14], read[1]) == (7, 1252)
    assert read[12].iso() == "2017-03-27T14:05:09+00:00"


def test_the_code_page_decides():
    assert property_set.read(properties({4: "Иван"}, 1251))[4] == "Иван"
    assert property_set.read(properties({4: "Иван"}, 65001))[4] == "Иван"


def test_edit_time_is_a_length():
    assert property_set.minutes(properties({10: ("time", 90 * 600_000_000)})) == 90
    assert property_set.minutes(properties({10: ("time", 1 << 62)})) is None
    assert property_set.minutes(b"") is None


def test_no_moment_beyond_the_calendar():
    assert property_set.moment(0) is None
    assert property_set.moment(1 << 63) is None


@given(st.binary(max_size=300))
def test_any_bytes(data):
    property_set.read(data)
    property_set.minutes(data)


@given(st.integers(0, 400), st.integers(0, 255))
def test_damaged(at, byte):
    data = bytearray(properties({2: "Budget", 4: "Hélène", 12: ticks(SPRING)}))
    data[at % len(data)] = byte
    property_set.read(bytes(data))
