import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.extract.moments import office_instant, pdf_instant


@pytest.mark.parametrize(("raw", "iso"), [
    ("D:20170327140509+02'00'", "2017-03-27T14:05:09+02:00"), ("D:20170327140509-05'30", "2017-03-27T14:05:09-05:30"),
    ("D:20170327140509Z00'00'", "2017-03-27T14:05:09+00:00"), ("20170327140509", "2017-03-27T14:05:09"),
    ("D:2017", "2017-01-01T00:00:00"), ("D:19040101000000", "1904-01-01T00:00:00"),
])  # fmt: skip
def test_pdf_dates(raw, iso):
    assert pdf_instant(raw).iso() == iso


@pytest.mark.parametrize(("raw", "iso"), [
    ("2017-03-27T14:05:09Z", "2017-03-27T14:05:09+00:00"),
    ("2017-03-27T14:05:09.123+02:00", "2017-03-27T14:05:09+02:00"),
    ("2017-03-27", "2017-03-27T00:00:00"), ("1601-01-01T00:00:00Z", "1601-01-01T00:00:00+00:00"),
])  # fmt: skip
def test_office_dates(raw, iso):
    assert office_instant(raw).iso() == iso


def test_the_moment_itself():
    assert pdf_instant("D:19700101020000+02'00'").seconds == 0
    assert pdf_instant("D:19700101020000").offset is None


@pytest.mark.parametrize("raw", [
    "", "D:", "hier", "D:20171301", "D:20170230", "00000000", "D:20170327140509+99'00'", "9999-12-31T23:59:59Z",
])  # fmt: skip
def test_no_date(raw):
    assert pdf_instant(raw) is None
    assert office_instant(raw) is None


DATES = (
    st.text(max_size=40)
    | st.from_regex(r"D:[0-9]{4,14}[+-][0-9]{2}'[0-9]{2}'")
    | st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}")
)


@given(DATES)
def test_whatever_is_accepted_can_be_shown(raw):
    for instant in (pdf_instant(raw), office_instant(raw)):
        assert instant is None or instant.iso()
