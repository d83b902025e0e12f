"""When a mail is of, and the last of a box."""

from zoneinfo import ZoneInfo

from boxes_mail import DAY, NOON, made

from crible.assess.boxes.moments import DATE, RECEIVED, SIGNATURE, DayOf, Ends, Placed, ends, placed

UTC = DayOf(ZoneInfo("UTC"))


def test_the_signers_clock_goes_before_all() -> None:
    assert placed(made(date=NOON + 90 * DAY), NOON) == Placed(NOON, SIGNATURE)


def test_a_date_is_taken_where_received_bears_it_out_or_is_absent() -> None:
    assert placed(made(date=NOON - 6 * DAY)) == Placed(NOON - 6 * DAY, DATE)
    assert placed(made(arrived=None)) == Placed(NOON, DATE)


def test_a_date_that_received_contradicts_places_a_mail_nowhere() -> None:
    assert placed(made(date=NOON + 8 * DAY)) is None
    assert placed(made(date=0.0)) is None


def test_received_alone_serves_where_there_is_no_date() -> None:
    assert placed(made(date=None)) == Placed(NOON, RECEIVED)
    assert placed(made(date=None, arrived=None)) is None


def test_the_last_mail_names_its_clock_and_the_last_signed_one() -> None:
    found = Ends()
    found.take("aa", Placed(NOON - 40 * DAY, DATE))
    found.take("bb", Placed(NOON, SIGNATURE))
    found.take("cc", Placed(NOON + DAY, DATE))
    found.take("dd", None)
    last, signed, adrift = ends("leak/a.mbox", found, UTC)
    assert last.message == "last-by-date"
    assert (last.params["first"], last.params["last"], last.count, last.refs) == (
        "2017-02-02",
        "2017-03-15",
        4,
        ("cc",),
    )
    assert (signed.message, signed.params["day"], signed.refs) == ("last-signed", "2017-03-14", ("bb",))
    assert (adrift.message, adrift.refs) == ("last-adrift", ("dd",))


def test_a_last_mail_that_is_signed_needs_no_second_line() -> None:
    found = Ends()
    found.take("bb", Placed(NOON, SIGNATURE))
    assert [one.message for one in ends("leak/a.mbox", found, UTC)] == ["last-by-signature"]


def test_a_box_that_no_clock_places_says_so() -> None:
    found = Ends()
    found.take("dd", None)
    assert [one.message for one in ends("leak/a.mbox", found, UTC)] == ["last-none"]


def test_days_are_of_the_zone_and_odd_moments_of_none() -> None:
    assert DayOf(ZoneInfo("Europe/Paris"))(NOON + 11.5 * 3600) == "2017-03-15"
    assert UTC(1e300) == ""
    assert UTC(float("nan")) == ""
