"""What a signature inside a mail is worth: its exact range, never the header, never a sender nobody vouches for."""

from dataclasses import replace

import pytest

from crible.assess.standing import standing
from crible.model.evidence import Span
from crible.model.facts import Enclosed, Mailbox
from crible.model.grade import Level
from crible.proof.enclosed import Vouched

OWN = "c.ferrand@horizon.example"


def case(make, kind="smime", word="pass", whose=(OWN,), **changes):
    one = Enclosed(kind, "1", word, OWN, "ab" * 20, "Autorité", make.SENT, True, start=400, end=700)
    reading = make.mail()
    reading = replace(reading, mail=replace(reading.mail, **changes))
    return reading, make.near(reading, enclosed=(Vouched(one, whose, "cles.pem" if whose else ""),))


@pytest.mark.parametrize("kind", ["smime", "pgp-mime", "pgp-inline"])
def test_a_root_or_key_of_the_user_s_vouches_for_the_part_alone(make, kind):
    reading, around = case(make, kind)
    answer = make.graded(reading, around)
    assert answer.level is Level.PARTLY_PROVEN
    assert answer.spans == (Span("", 400, 700, "horizon.example"),)
    assert (answer.content.message, answer.origin.message) == ("content-enclosed", "origin-enclosed")
    assert "limit-enclosed" in [limit.message for limit in answer.limits]
    assert answer.not_after == "2017-03-14T09:12:00+00:00"
    assert answer.not_before is None
    own = standing("0" * 64, reading, ())
    assert not (own.full)
    assert not (own.part)


@pytest.mark.parametrize(
    "changes",
    [
        {"whose": ()},
        {"whose": ("elsa@courriel.example",)},
        {"word": "altered", "whose": ()},
        {"word": "no-key", "whose": ()},
        {"word": "unreadable", "whose": ()},
        {"senders": ()},
        {"senders": (Mailbox("", OWN), Mailbox("", "second@horizon.example"))},
        {"senders": (Mailbox("", "c.ferrand@horizon.test"),)},
    ],
    ids=str,
)
@pytest.mark.parametrize("kind", ["smime", "pgp-mime"])
def test_everything_else_vouches_for_nothing_and_questions_nothing(make, kind, changes):
    answer = make.graded(*case(make, kind, **changes))
    assert (answer.level, answer.questions, answer.spans) == (Level.UNATTESTED, 0, ())
