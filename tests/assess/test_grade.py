"""The grades table, row by row, and the traps that must not be vouched for."""

import random
from dataclasses import replace
from typing import Any

import pytest

from crible.assess.checks import CHECKS
from crible.assess.grade import UNSIGNED, grade
from crible.assess.relations import Carrier, Change, Copy, QuotedBy, Relations
from crible.assess.run import weigh_corpus
from crible.assess.sentences import render_said
from crible.model.evidence import Bears, Evidence, Says, Span, Strength, Weighed
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.model.grade import VOUCHED, Level, Said
from crible.model.signature import Scheme, Step, Word
from crible.words import LANGUAGES

CHANGE = Change("58 214", "18 214", ("number",))
FILE = Reading("application/pdf", text="Facture", file=FileFacts())


def row(check: str, message: str, says: Says, strength: Strength, *refs: str) -> Weighed:
    return Weighed(check, 1, Evidence(says, message, {"count": 1}, refs=refs), strength, Bears.CONTENT)


def test_proven(make: Any) -> None:
    found = make.graded(make.mail(), make.near(make.mail(), make.result()))
    assert found.level is Level.PROVEN
    assert found.content.params["domain"] == "horizon.example"
    assert found.origin.message == "origin-signer"
    assert found.delivery == Said("delivery-never")
    assert found.spans == (Span("", 300, 800, "horizon.example"),)
    assert found.reasons == ("mail.dkim:dkim-pass",)
    assert found.not_before == found.not_after == "2017-03-14T09:12:02+00:00"
    assert found.badges == ()


def test_nothing_said_is_unattested_and_a_hint_of_nothing(make: Any) -> None:
    found = make.graded(make.mail(), make.near(make.mail()))
    assert (found.level, found.reasons, found.spans) == (Level.UNATTESTED, (), ())
    assert (found.not_before, found.not_after) == (None, None)
    assert found.would_change == (Said("change-mail"),)


@pytest.mark.parametrize(
    "facts",
    [
        {"domain": "envois.example"},
        {"scheme": Scheme.TRANSIT, "domain": "1e100.net"},
        {"length": 200, "signed_end": 500},
        {"signed": ("from", "date", "to")},
    ],
    ids=str,
)
def test_partly_proven_by_a_part_or_by_whoever_handled_it(make: Any, facts: dict[str, Any]) -> None:
    found = make.graded(make.mail(), make.near(make.mail(), make.result(**facts)))
    assert found.level is Level.PARTLY_PROVEN
    assert found.not_before is None
    assert found.spans[0].end == facts.get("signed_end", 800)
    aligned = facts.get("domain") is None
    transit = facts.get("domain") == "1e100.net"
    handled = "origin-google" if transit else "origin-handled"
    assert found.origin.message == ("origin-signer" if aligned else handled)


def test_what_stands_after_l_is_outside_the_span(make: Any) -> None:
    result = make.result(length=200, signed_end=500)
    found = make.graded(make.mail(), make.near(make.mail(), result))
    assert found.spans == (Span("", 300, 500, "horizon.example"),)
    assert "limit-tail" in [limit.message for limit in found.limits]


def test_partly_proven_by_the_mail_that_carries_it(make: Any) -> None:
    relations = Relations(carriers=(Carrier(make.other(), ("2~facture.pdf",)),))
    found = make.graded(FILE, relations)
    assert found.level is Level.PARTLY_PROVEN
    assert (found.not_before, found.not_after) == (None, "2017-03-14T09:12:00+00:00")
    assert (found.origin.message, found.delivery.message) == ("origin-carrier", "delivery-file")


def test_proven_by_a_copy_whose_signature_covers_it(make: Any) -> None:
    found = make.graded(make.mail(), Relations(copies=(Copy(make.other(), True, covered=True),)))
    assert found.level is Level.PROVEN
    same_text = make.graded(make.mail(), Relations(copies=(Copy(make.other(), True),)))
    assert same_text.level is Level.PARTLY_PROVEN


def test_a_covered_copy_with_a_second_subject_is_not_proven(make: Any) -> None:
    reading = make.mail(counts={"subject": 2})
    assert make.graded(reading, Relations(copies=(Copy(make.other(), True, covered=True),))).level is not Level.PROVEN


def test_corroborated_by_two_signed_replies(make: Any) -> None:
    replies = (
        QuotedBy(make.other("a"), 21, True, of=21),
        QuotedBy(make.other("b", domain="tiers.example"), 21, True, of=21),
    )
    found = make.graded(make.mail(), Relations(quotes=replies))
    assert found.level is Level.CORROBORATED
    assert found.spans == ()
    assert make.graded(make.mail(), Relations(quotes=replies[:1])).level is Level.UNATTESTED


def test_two_replies_corroborate_only_if_two_key_holders_signed_them(make: Any) -> None:
    """Of 103 real mails that two signed replies quote, one writer wrote both in 30, nobody established in 62."""

    def level(*replies: Any) -> Level:
        return make.graded(make.mail(), Relations(quotes=tuple(QuotedBy(r, 21, True, of=21) for r in replies))).level

    nguyen, ferrand = {"sender": "elsa@courriel.example"}, {"sender": "c.ferrand@courriel.example"}
    later = make.SENT + 86400
    elsewhere = {"domain": "tiers.example", "sender": "c.ferrand@tiers.example"}
    assert level(make.other("a", **nguyen), make.other("b", **elsewhere)) is Level.CORROBORATED
    assert level(make.other("a", **nguyen), make.other("b", **ferrand)) is Level.UNATTESTED
    assert level(make.other("a", **nguyen), make.other("b", signed_at=later, **nguyen)) is Level.UNATTESTED
    handled = {"full": False, "part": True, "domain": "1e100.net"}
    assert level(make.other("a", **handled, **nguyen), make.other("b", **handled, **ferrand)) is Level.UNATTESTED
    assert level(make.other("a", **handled, **nguyen), make.other("b", **ferrand)) is Level.CORROBORATED


def test_quotes_of_a_few_lines_corroborate_nothing(make: Any) -> None:
    """A reply of thirty words to a patch of a thousand says nothing of the other 970."""
    replies = tuple(QuotedBy(make.other(x, sender=f"{x}@courriel.example"), 30, True, of=1000) for x in "ab")
    found = make.graded(make.mail(), Relations(quotes=replies))
    assert found.level is Level.UNATTESTED
    uncounted = tuple(QuotedBy(make.other(x, sender=f"{x}@courriel.example"), 30, True) for x in "ab")
    assert make.graded(make.mail(), Relations(quotes=uncounted)).level is Level.UNATTESTED


def test_an_identifier_used_again_days_later_questions_nobody(make: Any) -> None:
    """A mail sent again under its old Message-ID, as authors of patches do; a copy of the same Date still asks."""
    unsigned = make.other(full=False)
    again = Relations(copies=(Copy(unsigned, False, changes=(CHANGE,), redated=True),))
    assert make.graded(make.mail(), again).level is Level.UNATTESTED
    assert make.graded(make.mail(), Relations(copies=(Copy(unsigned, False, changes=(CHANGE,)),))).questions == 1
    named = make.other(signed=("from", "message-id", "subject", "date"))
    signed = Relations(copies=(Copy(named, False, changes=(CHANGE,), redated=True),))
    assert make.graded(make.mail(), signed).level is Level.CONTRADICTED
    moved = Relations(copies=(Copy(make.other(), False, changes=(CHANGE,), redated=True),))
    assert make.graded(make.mail(), moved).level is not Level.CONTRADICTED
    handled = make.other(full=False, part=True)
    assert make.graded(
        make.mail(), Relations(copies=(Copy(handled, False, changes=(CHANGE,), redated=True),))
    ).questions


def test_corroboration_counts_each_document_once_and_needs_an_anchor() -> None:
    quoted = row("mail.quoted-in-reply", "quoted-exactly", Says.SUPPORTS, Strength.MODERATE, "a")
    again = row("outsider.dates", "fits", Says.SUPPORTS, Strength.STRONG, "a")
    apart = row("outsider.dates", "fits", Says.SUPPORTS, Strength.STRONG, "b")
    assert grade("mail", [quoted, again]).level is Level.UNATTESTED
    assert grade("mail", [quoted, apart]).level is Level.CORROBORATED
    assert grade("mail", [again, apart]).level is Level.UNATTESTED
    bridge = row("outsider.other", "fits", Says.SUPPORTS, Strength.STRONG, "a", "b")
    assert grade("mail", [quoted, apart, bridge]).level is Level.UNATTESTED


def test_an_open_question_stops_corroboration_but_no_signature(make: Any) -> None:
    replies = (
        QuotedBy(make.other("a"), 21, True, of=21),
        QuotedBy(make.other("b", domain="tiers.example"), 21, True, of=21),
        QuotedBy(make.other("c", domain="quart.example"), 18, False, (CHANGE,)),
    )
    assert make.graded(make.mail(), Relations(quotes=replies)).level is Level.QUESTIONED
    found = make.graded(make.mail(), make.near(make.mail(), make.result(), quotes=replies))
    assert (found.level, found.questions) == (Level.PROVEN, 1)


def test_contradicted_by_a_signed_copy_with_another_figure(make: Any) -> None:
    found = make.graded(make.mail(), Relations(copies=(Copy(make.other(), False, changes=(CHANGE,)),)))
    assert found.level is Level.CONTRADICTED
    assert "58 214" in render_said(found.content)
    assert "18 214" in render_said(found.content, "fr")


def test_contradicted_never_on_a_document_with_its_own_full_proof(make: Any) -> None:
    copies = (Copy(make.other(), False, changes=(CHANGE,)),)
    found = make.graded(make.mail(), make.near(make.mail(), make.result(), copies=copies))
    assert (found.level, found.questions) == (Level.PROVEN, 1)
    partly = make.result(domain="envois.example")
    assert make.graded(make.mail(), make.near(make.mail(), partly, copies=copies)).level is Level.CONTRADICTED


def test_contradicted_never_on_a_document_that_a_copys_signature_covers(make: Any) -> None:
    covering, other = Copy(make.other("a"), True, covered=True), Copy(make.other("b"), False, changes=(CHANGE,))
    found = make.graded(make.mail(), Relations(copies=(covering, other)))
    assert (found.level, found.questions) == (Level.PROVEN, 1)


def test_a_copy_with_a_disclaimer_footer_is_neither_contradicted_nor_questioned(make: Any) -> None:
    added = Copy(make.other(), False, changes=(Change("Ce message est confidentiel", "", ("words",)),), only_added=True)
    found = make.graded(make.mail(), Relations(copies=(added,)))
    assert (found.level, found.questions) == (Level.UNATTESTED, 0)


def test_a_spoiled_account_corroborates_and_contradicts_nothing(make: Any) -> None:
    spoiled = make.other(spoiled=True)
    relations = Relations(
        copies=(Copy(spoiled, False, changes=(CHANGE,)), Copy(spoiled, True, covered=True)),
        quotes=(QuotedBy(spoiled, 21, True, of=21), QuotedBy(spoiled, 18, False, (CHANGE,))),
        carriers=(Carrier(spoiled),),
        twins=(spoiled,),
    )
    assert make.graded(make.mail(), relations).level is Level.UNATTESTED


def test_a_spoiled_mail_keeps_its_signature_and_says_whose_hands(make: Any) -> None:
    relations = Relations(signatures=(make.result(),), standing=make.other(spoiled=True))
    found = make.graded(make.mail(), relations)
    assert found.level is Level.PROVEN
    assert found.badges == ("other-hands",)
    assert found.origin.message == "origin-other-hands"


@pytest.mark.parametrize(
    ("key", "badge"),
    [
        ({"bits": 512}, "short-key"),
        ({"private_published": True}, "published-key"),
        ({"anchored": False}, "unknown-signer"),
    ],
)
def test_a_key_that_vouches_for_nothing_is_a_badge(make: Any, key: dict[str, Any], badge: str) -> None:
    found = make.graded(make.mail(), make.near(make.mail(), make.result(key=make.key(**key))))
    assert (found.level, found.badges, found.spans) == (Level.UNATTESTED, (badge,), ())


@pytest.mark.parametrize(
    ("sources", "badge"), [(("archive-a",), "single-source-key"), (("user:cles.txt",), "user-key")]
)
def test_who_says_it_is_the_key_is_a_badge_beside_the_proof(make: Any, sources: tuple[str, ...], badge: str) -> None:
    found = make.graded(make.mail(), make.near(make.mail(), make.result(key=make.key(sources=sources))))
    assert (found.level, found.badges) == (Level.PROVEN, (badge,))


@pytest.mark.parametrize("name", ["from", "to", "cc", "subject", "date", "content-type"])
def test_a_second_field_on_a_signed_mail_is_asked_about_and_not_proven(make: Any, name: str) -> None:
    reading = make.mail(counts={name: 2})
    found = make.graded(reading, make.near(reading, make.result()))
    assert (found.level, found.questions) == (Level.PARTLY_PROVEN, 1)
    if name == "from":
        assert found.origin.message == "origin-handled"


@pytest.mark.parametrize("word", [word for word in Word if word is not Word.PASS])
def test_a_failing_signature_is_neither_for_nor_against(make: Any, word: Word) -> None:
    found = make.graded(make.mail(), make.near(make.mail(), make.result(word)))
    assert (found.level, found.questions, found.spans) == (Level.UNATTESTED, 0, ())


def test_l0_vouches_for_no_text(make: Any) -> None:
    found = make.graded(make.mail(), make.near(make.mail(), make.result(length=0, signed_end=300)))
    assert found.level not in VOUCHED
    assert "limit-tail-all" in [limit.message for limit in found.limits]


def test_an_added_signature_of_another_domain_leaves_the_sender_open(make: Any) -> None:
    forged = make.near(make.mail(), make.result(domain="autre.example"), make.result(Word.BODY_ALTERED, index=1))
    found = make.graded(make.mail(), forged)
    assert (found.level, found.origin.message) == (Level.PARTLY_PROVEN, "origin-handled")


def test_weak_supports_and_questions_leave_the_level_alone() -> None:
    weak = [row("outsider.a", "fits", Says.SUPPORTS, Strength.WEAK), row("x.y", "odd", Says.QUESTIONS, Strength.WEAK)]
    found = grade("file", weak)
    assert (found.level, found.questions) == (Level.UNATTESTED, 0)
    asked = grade("file", [row("x.y", "odd", Says.QUESTIONS, Strength.MODERATE)])
    assert (asked.level, asked.reasons) == (Level.QUESTIONED, ("x.y:odd",))


def test_an_outsider_cannot_prove_or_contradict() -> None:
    rows = [row("outsider.dkim", "dkim-pass", Says.SUPPORTS, Strength.DECISIVE)]
    assert grade("mail", rows).level is Level.UNATTESTED


def test_the_order_of_evidence_plays_no_part(make: Any) -> None:
    reading = make.mail(counts={"subject": 2})
    copies = (Copy(make.other(), False, changes=(CHANGE,)), Copy(make.other("b"), True))
    results = (make.result(domain="envois.example"), make.result(Word.NO_KEY, index=1))
    rows = weigh_corpus(reading, make.near(reading, *results, copies=copies))[0]
    expected = grade("mail", rows)
    for seed in range(20):
        random.Random(seed).shuffle(rows)
        assert grade("mail", rows) == expected


def test_a_provisional_grade_says_so() -> None:
    assert grade("mail", [], provisional=True).badges == ("provisional",)


def test_everything_a_grade_says_can_be_read(make: Any) -> None:
    reading = make.mail()
    results = (
        make.result(signed=("from", "subject", "date"), key=make.key(sources=("archive-a",)), timestamp=None),
        make.result(Word.NO_KEY, index=1),
        make.result(key=make.key(anchored=False), index=2),
        make.result(length=200, signed_end=500, index=3),
    )
    copies = (Copy(make.other(), False, changes=(CHANGE,)),)
    for relations in (make.near(reading, *results), make.near(reading, *results[1:], copies=copies)):
        found = make.graded(reading, relations)
        for said in (found.content, found.origin, found.delivery, *found.limits, *found.would_change):
            for language in LANGUAGES:
                assert "{" not in render_said(said, language)


def question(check: str, strength: Strength = Strength.MODERATE) -> Weighed:
    return Weighed(check, 1, Evidence(Says.QUESTIONS, "alternatives-differ"), strength, Bears.TIME)


def test_what_one_edit_could_alter_together_counts_once() -> None:
    dated = [check.id for check in CHECKS if check.group == "date"]
    assert len(dated) > 1
    assert grade("mail", [question(name) for name in dated]).questions == 1
    assert grade("mail", [question(dated[0]), question("mail.html-against-plain")]).questions == 2


def test_what_anybody_can_type_never_weighs_more_than_moderate() -> None:
    dated = next(check.id for check in CHECKS if check.group == "date")
    supports = replace(question(dated, Strength.STRONG), evidence=Evidence(Says.SUPPORTS, "dkim-pass"))
    quoted = Evidence(Says.SUPPORTS, "quoted-exactly", refs=("a",))
    other = replace(supports, check="mail.quoted-in-reply", evidence=quoted)
    assert grade("mail", [supports, other]).level is Level.UNATTESTED
    assert {check.group for check in CHECKS} - {""} <= UNSIGNED


@pytest.mark.parametrize("steps", [(), (Step("footer-cut", changing=True),)])
def test_no_repair_counts_where_a_signature_ends_at_l(make: Any, steps: tuple[Step, ...]) -> None:
    """A tail that nobody signed lies within what the repaired body's prefix came from."""
    reading = make.mail()
    result = make.result(Word.BODY_ALTERED, length=300, body_length=250, repair=make.repair(*steps))
    assert make.graded(reading, make.near(reading, result)).level is Level.UNATTESTED


def test_a_neutral_repair_keeps_the_proof_and_a_changing_one_proves_its_spans(make: Any) -> None:
    reading = make.mail()
    neutral = make.result(Word.BODY_ALTERED, repair=make.repair(Step("unquote-mboxo")))
    changed = make.result(Word.BODY_ALTERED, repair=make.repair(Step("footer-cut", changing=True)))
    assert make.graded(reading, make.near(reading, neutral)).level is Level.PROVEN
    partly = make.graded(reading, make.near(reading, changed))
    assert partly.level is Level.PARTLY_PROVEN
    assert [(span.start, span.end) for span in partly.spans] == [(300, 700)]


def test_a_neutral_repair_under_a_second_subject_proves_nothing_whole(make: Any) -> None:
    reading = make.mail(counts={"subject": 2})
    neutral = make.result(Word.BODY_ALTERED, repair=make.repair(Step("unquote-mboxo")))
    assert make.graded(reading, make.near(reading, neutral)).level is not Level.PROVEN


def test_a_repair_under_a_key_that_nobody_anchored_proves_nothing(make: Any) -> None:
    reading = make.mail()
    for steps in ((), (Step("footer-cut", changing=True),), (Step("words-restored", changing=True, words=True),)):
        result = make.result(Word.BODY_ALTERED, key=make.key(anchored=False), repair=make.repair(*steps))
        assert make.graded(reading, make.near(reading, result)).level is Level.UNATTESTED


def test_a_link_rewritten_by_a_gateway_contradicts_nothing(make: Any) -> None:
    reading = make.mail()
    step = Step(
        "words-restored", True, True, stored="voir https://garde.example/?u=salle", signed="voir http://salle.example/"
    )
    linked = make.result(Word.BODY_ALTERED, repair=make.repair(step))
    assert make.graded(reading, make.near(reading, linked)).level is Level.PARTLY_PROVEN
    worded = make.result(Word.BODY_ALTERED, repair=make.repair(replace(step, signed="payer http://salle.example/")))
    assert make.graded(reading, make.near(reading, worded)).level is Level.CONTRADICTED
