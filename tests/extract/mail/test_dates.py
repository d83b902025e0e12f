"""Dates of header fields, valid, obsolete and broken; the standard library as the judge."""

from datetime import datetime, timedelta, timezone
from email.utils import format_datetime, parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.extract.mail.dates import instant, received
from crible.model.instant import Clock


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("Tue, 14 Mar 2017 09:12:33 +0100", "2017-03-14T09:12:33+01:00"),
        ("14 Mar 2017 09:12 +0100 (CET)", "2017-03-14T09:12:00+01:00"),
        ("Tue, 14 Mar 2017 08:12:33 GMT", "2017-03-14T08:12:33+00:00"),
        ("Tue, 14 Mar 2017 03:12:33 EST", "2017-03-14T03:12:33-05:00"),
        ("Tue, 14 Mar 2017 08:12:33 -0000", "2017-03-14T08:12:33"),
        ("Tue, 14 Mar 2017 08:12:33 X", "2017-03-14T08:12:33"),
        ("Tue, 14 Mar 2017 08:12:33 CET", "2017-03-14T08:12:33"),
        ("Tue, 14 Mar 2017 08:12:33", "2017-03-14T08:12:33"),
        ("Tue, 14 Mar 2017 08:12:33 +9900", "2017-03-14T08:12:33"),
        ("14 Mar 17 08:12:33 +0000", "2017-03-14T08:12:33+00:00"),
        ("14 Mar 97 08:12:33 +0000", "1997-03-14T08:12:33+00:00"),
        ("Tue Mar 14 09:12:33 2017", "2017-03-14T09:12:33"),
        ("2017-03-14T09:12:33.250+01:00", "2017-03-14T09:12:33+01:00"),
        ("Tue, 14 March 2017 09:12:33 +0100", "2017-03-14T09:12:33+01:00"),
        ("\r\n Tue,\r\n 14 Mar 2017\r\n 09:12:33\r\n +0100", "2017-03-14T09:12:33+01:00"),
        ("Tue, 14 Mar 2017 08:12:33 GMT+0200", "2017-03-14T08:12:33+02:00"),
        ("Sat, 31 Dec 2016 23:59:60 +0000", "2017-01-01T00:00:00+00:00"),
    ],
)
def test_dates(raw: str, iso: str) -> None:
    found = instant(raw.encode())
    assert found is not None
    assert found.iso() == iso


@pytest.mark.parametrize(
    "raw",
    [
        *("", "yesterday", "Tue, 32 Mar 2017 09:12:33 +0100", "14 Foo 2017 09:12:33 +0100"),
        *("29 Feb 2017 10:00:00 +0000", "14 Mar 2017 25:00:00 +0000", "14 Mar 99999 10:00", "14 Mar 2017"),
    ],
)  # fmt: skip
def test_broken_dates_are_none(raw: str) -> None:
    assert instant(raw.encode()) is None


def test_received_after_its_last_semicolon() -> None:
    raw = b" from a.example (helo; x) by b.example\r\n\tid 1; Tue, 14 Mar 2017 09:12:33 +0100 (CET)\r\n"
    found = received(raw)
    assert found is not None
    assert (found.iso(), found.clock) == ("2017-03-14T09:12:33+01:00", Clock.RECEIVED)
    assert found.raw == "Tue, 14 Mar 2017 09:12:33 +0100 (CET)"


@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2068, 1, 1)), st.integers(-23 * 60, 23 * 60).filter(lambda m: m != 0)
)  # fmt: skip
def test_as_the_standard_library_reads_them(moment: datetime, minutes: int) -> None:
    written = format_datetime(moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes))))
    found = instant(written.encode())
    assert found is not None
    assert found.seconds == parsedate_to_datetime(written).timestamp()
    assert found.offset == minutes


@given(st.text("0123456789 :+-.,JanFebMarMonTZGMT", max_size=50))
def test_whatever_is_accepted_can_be_shown(raw: str) -> None:
    found = instant(raw.encode())
    assert found is None or found.iso()
