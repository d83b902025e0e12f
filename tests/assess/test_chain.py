"""What an ARC chain is worth to a mail: a part, its handler's, and never a sender."""

from dataclasses import replace

import pytest

from crible.assess.checks.mail.arc import CHECK
from crible.assess.standing import standing
from crible.model.facts import ArcSet, Claim
from crible.model.grade import Level
from crible.model.signature import Scheme, Word


def sealed(make, *, reading=None, key=None, words=(Word.PASS, Word.PASS), seal_of="relais.example", **facts):
    reading = reading or make.mail()
    reading = replace(reading, mail=replace(reading.mail, arc=(ArcSet(1, "none", (), True),)))
    by = {"index": 1, "key": key}
    message = make.result(words[0], scheme=Scheme.ARC_MESSAGE, **by, **({"domain": "relais.example"} | facts))
    seal = make.result(words[1], scheme=Scheme.ARC_SEAL, domain=seal_of, signed=(), **by)
    return reading, (message, seal)


def grade(make, reading, halves):
    return make.graded(reading, make.near(reading, arc=halves))


def test_unchanged_since_handled_whoever_sent_it(make):
    reading, halves = sealed(make)
    answer = grade(make, reading, halves)
    assert answer.level is Level.PARTLY_PROVEN
    assert (answer.content.message, answer.origin.message) == ("content-handled", "origin-handled")
    assert [(span.start, span.end, span.by) for span in answer.spans] == [(300, 800, "relais.example")]
    own = standing("0" * 64, reading, halves)
    assert (own.part, own.full, own.domain) == (True, False, "relais.example")


def test_the_sender_s_own_relay_proves_no_sender_either(make):
    reading, halves = sealed(make, domain="horizon.example", seal_of="horizon.example")
    assert grade(make, reading, halves).level is Level.PARTLY_PROVEN
    assert not standing("0" * 64, reading, halves).full


@pytest.mark.parametrize(
    "changes",
    [
        {"words": (Word.PASS, Word.NO_KEY)},
        {"words": (Word.PASS, Word.HEADERS_ALTERED)},
        {"words": (Word.BODY_ALTERED, Word.PASS)},
        {"signed": ("from", "date")},
        {"length": 200, "signed_end": 500},
        {"seal_of": "autre.example"},
    ],
    ids=str,
)
def test_less_than_a_whole_chain_over_the_whole_mail_vouches_for_nothing(make, changes):
    reading, halves = sealed(make, **changes)
    assert grade(make, reading, halves).level is Level.UNATTESTED
    assert not standing("0" * 64, reading, halves).part


@pytest.mark.parametrize("change", [{"anchored": False}, {"bits": 512}, {"private_published": True}], ids=str)
def test_nor_does_a_key_that_is_not_to_be_relied_on(make, change):
    reading, halves = sealed(make, key=make.key(**change))
    assert grade(make, reading, halves).level is Level.UNATTESTED


def test_a_chain_is_asked_what_every_signature_is_asked(make):
    reading, halves = sealed(make, reading=make.mail(counts={"subject": 2}), key=make.key(sources=("archive-a",)))
    answer = grade(make, reading, halves)
    assert answer.questions == 1
    assert "single-source-key" in answer.badges


@pytest.mark.parametrize(("sealer", "repeated"), [("google.com", True), ("evil.example", False)])
def test_what_a_sealer_wrote_is_repeated_of_the_listed_alone(make, sealer, repeated):
    wrote = (Claim("mx", "dkim", "pass", {"header.d": "horizon.example"}),)
    reading, halves = sealed(make, domain=sealer, seal_of=sealer)
    reading = replace(reading, mail=replace(reading.mail, arc=(ArcSet(1, "none", wrote, True),)))
    (row,) = make.asked(CHECK, reading, make.near(reading, arc=halves))
    assert row.evidence.message == ("arc-pass-said" if repeated else "arc-pass")
    assert ("names" in row.evidence.params) == repeated


def test_halves_of_arc_sets_are_no_signatures_by_themselves(make):
    reading, halves = sealed(make)
    loose = replace(reading, mail=replace(reading.mail, arc=()))
    assert not standing("0" * 64, loose, halves).part
    assert grade(make, loose, halves).level is Level.UNATTESTED
