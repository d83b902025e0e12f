"""Whom an attribution means: an address and a minute, in whatever zone it was written."""

import pytest
from sift_rows import documents_of

from crible.model.facts import Quote
from crible.model.instant import Clock, Instant
from crible.sift.letters import MOST, Letters, matches
from crible.store.case import Case
from crible.store.models import Reading

NOON = 1_489_489_920


def said(seconds: int, offset: int | None) -> Instant:
    return Instant(seconds, offset, Clock.HEADER)


@pytest.mark.parametrize(
    ("offset", "apart", "meant"),
    [
        (60, 0, True), (60, 59, True), (60, -59, True), (60, 60, False), (60, 3600, False),
        (None, 0, True), (None, -3600 + 12, True), (None, 5 * 3600 + 1800, True), (None, 5 * 3600 + 2700, True),
        (None, 1234, False), (None, 14 * 3600, True), (None, 15 * 3600, False),
    ],
)  # fmt: skip
def test_a_moment_is_that_of_a_mail(offset: int | None, apart: int, meant: bool) -> None:
    assert matches(said(NOON, offset), NOON + apart) is meant


@pytest.fixture
def letters(blank: Case) -> Letters:
    """Mails of Anne's, a minute and more apart, and a crowd of one minute."""
    moments = [NOON, NOON + 30, NOON + 600, *([NOON + 9_300] * (MOST + 1))]
    for number, (document, date) in enumerate(
        zip(documents_of(blank, [b"%d" % n for n in range(len(moments))]), moments, strict=True)
    ):
        Reading.objects.create(
            document=document, version=1, kind="mail", mime="message/rfc822", wire=b"", facts=b"", date=date,
            sender="Anne@m.example" if number else "anne@m.example",
        )  # fmt: skip
    return Letters()


@pytest.mark.parametrize(
    ("address", "seconds", "offset", "found"),
    [
        ("anne@m.example", NOON, 60, 2),
        ("anne@m.example", NOON + 600, 0, 1),
        ("anne@m.example", NOON + 3_600, None, 2),
        ("anne@m.example", NOON + 9_300, 0, 0),
        ("bo@m.example", NOON, 60, 0),
        ("", NOON, 60, 0),
    ],
    ids=["two of a minute", "one", "without a zone", "a crowd", "somebody else", "nobody"],
)
def test_mails_are_found_by_sender_and_minute(
    letters: Letters, address: str, seconds: int, offset: int | None, found: int
) -> None:
    assert len(letters.meant(Quote("x", address=address, date=said(seconds, offset)))) == found
