"""Dates as people are shown them, in both languages; what can be read two ways is not read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.extract.mail.written_dates import folded, written


@pytest.mark.parametrize(
    ("line", "french", "iso"),
    [
        ("Le mar. 14 mars 2017 à 09:12", True, "2017-03-14T09:12:00"),
        ("mardi 1er août 2017 9h05", True, "2017-08-01T09:05:00"),
        ("14 févr. 2017 à 21:12:33 UTC+1", True, "2017-02-14T21:12:33+01:00"),
        ("14 déc. 2017 09:12 (GMT+01:00)", True, "2017-12-14T09:12:00+01:00"),
        ("On Tue, Mar 14, 2017 at 12:12 AM", False, "2017-03-14T00:12:00"),
        ("Tuesday, March 14th, 2017 12:12 p.m.", False, "2017-03-14T12:12:00"),
        ("Tue, 14 Mar 2017 09:12:00 -0530", False, "2017-03-14T09:12:00-05:30"),
        ("2017-03-14 09:12:00 UTC", False, "2017-03-14T09:12:00+00:00"),
        ("03/04/2017 09:12", True, "2017-04-03T09:12:00"),
        ("03/04/2017 9:12 PM", False, "2017-03-04T21:12:00"),
        ("04/04/2017 09:12", False, "2017-04-04T09:12:00"),
        ("14. 03. 17, 09:12", False, "2017-03-14T09:12:00"),
    ],
)
def test_a_date_is_read_as_it_was_meant(line: str, french: bool, iso: str) -> None:
    found = written(line, french=french)
    assert found is not None
    assert found.instant.iso() == iso
    assert found.instant.raw == folded(line)[found.start : found.end]


@pytest.mark.parametrize(
    "line",
    ["03/04/2017 09:12", "14 mars 2017", "31/02/2017 09:12", "14 Mar 2017 25:12", "14 Mar 2017 13:12 PM",
     "14 mots 2017 9:12", "9:12", "12345/03/2017 09:12", ""],
)  # fmt: skip
def test_what_is_no_date_or_may_be_two_is_none(line: str) -> None:
    assert written(line) is None


@given(st.text(alphabet="0123456789 /-:.,hapmMrsTue\xa0\u2212+(UTC)éİ", max_size=80))
def test_no_line_is_too_odd(line: str) -> None:
    found = written(line)
    assert found is None or 0 <= found.start < found.end <= len(folded(line))
