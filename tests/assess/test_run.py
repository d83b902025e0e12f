"""The runner: rows for what was said, ids for silence, and a failing check is an answer, not an end."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from crible.assess.check import Check
from crible.assess.checks import CHECKS, corpus, local
from crible.assess.checks.mail import dkim
from crible.assess.relations import Relations
from crible.assess.run import ABOUT, MOST, weigh_corpus, weigh_local
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.model.signature import Word


def test_silent_checks_are_a_sorted_set_of_ids(make: Any) -> None:
    rows, silent = weigh_corpus(make.mail(), make.near(make.mail(), make.result()))
    assert [row.check for row in rows] == ["mail.dkim"]
    assert silent == sorted({check.id for check in corpus()} - {"mail.dkim"})
    assert weigh_local(make.mail()) == ([], sorted(check.id for check in local()))


def test_mail_checks_have_nothing_to_say_of_a_file() -> None:
    rows, silent = weigh_corpus(Reading("application/pdf", file=FileFacts()), Relations())
    assert rows == []
    assert len(silent) == len(corpus())


@pytest.mark.parametrize(
    "check", [check for check in CHECKS if check.id.partition(".")[0] in ABOUT], ids=lambda c: c.id
)
def test_what_is_not_asked_would_have_been_silent(make: Any, check: Check) -> None:
    file = Reading("application/pdf", text="Ordre du jour", file=FileFacts())
    of_mail = ABOUT[check.id.partition(".")[0]] == "mail"
    reading = file if of_mail else make.mail()
    known = make.near(make.mail(), make.result())
    said = [
        *(check.look(reading) if check.look else ()),
        *(check.look_around(reading, known) if check.look_around else ()),
    ]
    assert [one for one in said if one.says is not Says.SILENT] == []


@pytest.mark.parametrize(("id_", "asked"), [("mail.x", 1), ("pdf.x", 0), ("corpus.x", 1), ("outsider.x", 1)])
def test_a_family_is_asked_of_its_own_kind(make: Any, id_: str, asked: int) -> None:
    def look(reading: Reading) -> Iterator[Evidence]:
        yield Evidence(Says.SUPPORTS, "found", {})

    check = Check(id_, 1, "Is there anything?", Bears.CONTENT, Strength.WEAK, "none", ("found",), look=look)
    rows, silent = weigh_local(make.mail(), [check])
    assert (len(rows), silent) == (asked, [] if asked else [id_])


@pytest.mark.parametrize("error", [ValueError("x"), KeyError("x"), AttributeError("x"), ZeroDivisionError("x")])
def test_a_check_that_raises_could_not_be_asked(make: Any, error: Exception) -> None:
    def look(reading: Reading, relations: Relations) -> Iterator[Evidence]:
        raise error
        yield

    def at_once(reading: Reading, relations: Relations) -> Iterator[Evidence]:
        raise error

    for broken in (look, at_once):
        rows, silent = weigh_corpus(make.mail(), Relations(), [replace(dkim.CHECK, look_around=broken)])
        (row,) = rows
        assert (row.evidence.says, row.evidence.message, row.strength) == (
            Says.UNTESTABLE,
            "check-failed",
            Strength.NONE,
        )
        assert row.evidence.params == {"check": "mail.dkim", "error": type(error).__name__}
        assert silent == []


def test_ten_thousand_signatures_are_not_ten_thousand_rows(make: Any) -> None:
    results = tuple(make.result(Word.NO_KEY, index=index) for index in range(10_000))
    rows, _ = weigh_corpus(make.mail(), make.near(make.mail(), *results))
    assert max(sum(row.check == check.id for row in rows) for check in CHECKS) == MOST
