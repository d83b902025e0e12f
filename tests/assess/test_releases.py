"""The table of programs: versions between rows count as the row below, and rows rise in time."""

import pytest

from crible.assess.releases import PROGRAMS, Release, released


@pytest.mark.parametrize(
    ("mailer", "found"),
    [
        ("iPhone Mail (12B440)", [("iOS build 12", "2014-09-17")]),
        ("iPad Mail (14E304)", [("iOS build 14", "2016-09-13")]),
        ("Apple Mail (2.3259)", [("Apple Mail 3259", "2016-09-20")]),
        ("Microsoft Outlook 15.0", [("Microsoft Outlook 15", "2012-10-02")]),
        ("Microsoft Office Outlook, Build 11.0.6353", []),
        (
            "Mozilla/5.0 (Windows NT 10.0; WOW64; rv:45.0) Gecko/20100101 Thunderbird/45.8.0",
            [("Thunderbird 45.8", "2016-04-12"), ("Windows NT 10.0", "2015-07-29")],
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.12; rv:45.0) Thunderbird/46.0", [
            ("Thunderbird 46.0", "2016-04-12"), ("Mac OS X 10.12", "2016-09-20")
        ]),
        ("Roundcube Webmail/0.9.5", []),
        ("Goéland 99", []),
    ],
)  # fmt: skip
def test_what_a_field_names(mailer: str, found: list[tuple[str, str]]) -> None:
    assert [(release.name, release.day) for release in released(mailer)] == found


def test_rows_rise_in_version_and_in_time() -> None:
    for program in PROGRAMS:
        versions, days = zip(*program.versions, strict=True)
        assert list(versions) == sorted(set(versions)), program.name
        assert list(days) == sorted(days), program.name
        assert all(len(version) == program.form.groups for version in versions)


def test_a_day_in_seconds() -> None:
    assert Release("x", "2014-09-17").seconds == 1410912000
