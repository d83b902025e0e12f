"""A document's own date is one rule for the store, the index and the export."""

from crible.model.facts import MailFacts, Reading
from crible.model.files import FileFacts
from crible.model.instant import Clock, Instant

EARLY, LATE = Instant(1_489_479_120.5, 60, Clock.OFFICE), Instant(1_490_000_000, 60, Clock.PDF)


def test_a_mail_is_of_its_date_field_and_a_file_of_the_latest_moment_it_states() -> None:
    assert Reading("message/rfc822", mail=MailFacts(date=EARLY)).dated == EARLY
    assert Reading("application/pdf", file=FileFacts(instants=(LATE, EARLY))).dated == LATE
    assert Reading("application/pdf", file=FileFacts(instants=(EARLY,))).seconds == 1_489_479_120


def test_what_states_no_moment_has_no_date() -> None:
    for reading in (
        Reading("message/rfc822", mail=MailFacts()),
        Reading("text/plain", file=FileFacts()),
        Reading("x/y"),
    ):
        assert reading.dated is None
        assert reading.seconds is None
