"""One case per answer of every check, and the innocent twin of each check that may question: it must stay calm."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import outcomes_dates
import outcomes_images
import outcomes_keys
import outcomes_office
import outcomes_pdf_facts
import outcomes_pdf_history
import outcomes_sorting
import outcomes_versions
import pytest

from crible.assess.checks import CHECKS
from crible.assess.checks.mail import signer_clock
from crible.assess.checks.mail.arc import MALFORMED as UNREAD
from crible.assess.checks.mail.dkim import MALFORMED
from crible.assess.relations import Carrier, Change, Copy, Domains, Near, Neighbour, QuotedBy, Quoting, Relations
from crible.assess.sentences import render_evidence
from crible.model.evidence import Says, Span, Strength, Weighed
from crible.model.facts import Alternatives, ArcSet, Claim, Enclosed, Mailbox, Part, Reading
from crible.model.files import FileFacts
from crible.model.grade import Level
from crible.model.signature import Scheme, Step, Word
from crible.proof.enclosed import Vouched
from crible.words import LANGUAGES, shown

BY_ID = {check.id: check for check in CHECKS}
Case = Callable[[Any], tuple[Reading, Relations]]


def signed(make: Any, *results: Any, reading: Reading | None = None, **near: Any) -> tuple[Reading, Relations]:
    reading = reading or make.mail()
    return reading, make.near(reading, *results, **near)


def around(make: Any, reading: Reading | None = None, **near: Any) -> tuple[Reading, Relations]:
    return signed(make, reading=reading, **near)


def multipart(make: Any, first: int = 350, last: int = 790, **changes: Any) -> Reading:
    """A mail of two parts; `first` and `last` are where the parts begin and end."""
    parts = (
        Part("", "multipart/mixed", 0, 300, 800),
        Part("1", "text/plain", first, first + 10, first + 20),
        Part("2", "application/pdf", first + 30, first + 35, last, name="devis.pdf"),
    )
    return make.mail(parts=parts, content_type='multipart/mixed; boundary="b"', **changes)


def unfit(make: Any) -> Reading:
    parts = (Part("", "multipart/mixed", 0, 300, 800), Part("1", "multipart/mixed", 0, 300, 800))
    return make.mail(parts=parts, content_type='multipart/mixed; boundary="nowhere"')


NO_TYPE = ("from", "to", "subject", "date", "message-id")
CHANGE = Change("58 214", "18 214", ("number",))
FILE = Reading("application/pdf", text="Facture", file=FileFacts())
LATE, EARLY = 9 * 86400, -3 * 86400


def copy(make: Any, *, same: bool = False, other: Any = None, **changes: Any) -> tuple[Reading, Relations]:
    return around(make, copies=(Copy(other or make.other(), same, **changes),))


def quote(make: Any, reply: Any = None, *, words: int = 18, changes: Any = (), **how: Any) -> tuple[Reading, Relations]:
    return around(make, quotes=(QuotedBy(reply or make.other(), words, not changes, tuple(changes), of=21, **how),))


def clocked(make: Any, after: int, **facts: Any) -> tuple[Reading, Relations]:
    return signed(make, make.result(timestamp=make.SENT + after, **facts))


FOOTER = Step("footer-cut", changing=True, stored="-- \nliste@comites.example", start=700, end=800)
SUBJECT = Step(
    "subject-tag-cut", changing=True, field="subject", stored="[comites] Budget salle", signed="Budget salle"
)
WORDS = Step("words-restored", changing=True, words=True, stored="18 214", signed="58 214", start=400, end=406)


def mended(
    make: Any, *steps: Step, headers: bool = True, body: bool = True, **changes: Any
) -> tuple[Reading, Relations]:
    """A mail whose body is not as signed, with the way back that was found."""
    repair = make.repair(*steps, headers=headers, body=body)
    return signed(make, make.result(Word.BODY_ALTERED, repair=repair, **changes))


def chained(make: Any, *words: Word, cv: str = "none", said: Any = (), **changes: Any) -> tuple[Reading, Relations]:
    """One ARC set of relais.example: how its message signature and its seal fare; the former's facts as keywords."""
    newest, seal = words or (Word.PASS, Word.PASS)
    seal_of, whole, why = changes.pop("seal", "relais.example"), changes.pop("whole", True), changes.pop("why", None)
    mail = make.mail(arc=(ArcSet(1, cv, said, whole),))
    halves = (
        make.result(newest, scheme=Scheme.ARC_MESSAGE, index=1, **({"domain": "relais.example"} | changes)),
        make.result(seal, scheme=Scheme.ARC_SEAL, index=1, domain=seal_of, signed=(), malformed=why),
    )
    return mail, make.near(mail, arc=halves)


def claimed(make: Any, word: Word, **said: str) -> tuple[Reading, Relations]:
    named = {f"header.{name}": value for name, value in said.items()} or {"header.d": "horizon.example"}
    mail = make.mail(claims=(Claim("mx.courriel.example", "dkim", "pass", named),))
    return signed(make, make.result(word, signature=b"signature"), reading=mail)


def inside(make: Any, kind: str, word: str, *whose: str, valid: bool = True) -> tuple[Reading, Relations]:
    """A signature over part 1; `whose` it is by the user's own root or key."""
    one = Enclosed(kind, "1", word, "c.ferrand@horizon.example", "ab" * 20, "Autorité d’essai", make.SENT, valid)
    one = replace(one, start=400, end=700)
    return around(make, enclosed=(Vouched(one, whose, "cles.asc" if whose else ""),))


def smime(make: Any, word: str, *whose: str, **changes: bool) -> tuple[Reading, Relations]:
    return inside(make, "smime", word, *whose, **changes)


def pgp(make: Any, word: str, *whose: str) -> tuple[Reading, Relations]:
    return inside(make, "pgp-mime", word, *whose)


OWN = "c.ferrand@horizon.example"
WROTE = (Claim("relais.example", "dkim", "pass", {"header.i": "@horizon.example"}),)

OUTCOMES: dict[str, dict[str, Case]] = {
    "mail.dkim": {
        "dkim-pass": lambda m: signed(m, m.result()),
        "dkim-pass-part": lambda m: signed(m, m.result(domain="envois.example")),
        "dkim-pass-prefix": lambda m: signed(m, m.result(length=200, signed_end=500)),
        "dkim-no-key": lambda m: signed(m, m.result(Word.NO_KEY)),
        "dkim-key-mismatch": lambda m: signed(m, m.result(Word.KEY_MISMATCH)),
        "dkim-undecided": lambda m: signed(m, m.result(Word.UNDECIDED)),
        "dkim-body-altered": lambda m: signed(m, m.result(Word.BODY_ALTERED)),
        "dkim-headers-altered": lambda m: signed(m, m.result(Word.HEADERS_ALTERED)),
        "dkim-unreadable": lambda m: signed(m, m.result(Word.MALFORMED)),
    }
    | {key: lambda m, key=key: signed(m, m.result(Word.MALFORMED, malformed=key)) for key in MALFORMED},  # type: ignore[misc]
    "mail.alignment": {
        "handled-by": lambda m: signed(m, m.result(domain="envois.example")),
        "handled-no-sender": lambda m: signed(m, m.result(), reading=m.mail(senders=())),
    },
    "mail.transit": {
        "transit-google": lambda m: signed(m, m.result(scheme=Scheme.TRANSIT, domain="1e100.net")),
        "transit-no-key": lambda m: signed(m, m.result(Word.NO_KEY, scheme=Scheme.TRANSIT, domain="1e100.net")),
        "transit-shared-key": lambda m: signed(
            m, m.result(domain="horizon-example.20150623.gappssmtp.com", key=m.key(pattern="*.20150623.gappssmtp.com"))
        ),
    },
    "mail.repair": {
        "repair-neutral": lambda m: mended(m, Step("unquote-mboxo")),
        "repair-changed": lambda m: mended(m, FOOTER),
        "repair-prefix": lambda m: mended(m, FOOTER, length=400),
        "repair-step": lambda m: mended(m, SUBJECT),
        "repair-words": lambda m: mended(m, WORDS),
        "repair-words-unaligned": lambda m: mended(m, WORDS, domain="envois.example"),
        "repair-misread": lambda m: mended(m, Step("read-otherwise", changing=True)),
        "repair-header-only": lambda m: mended(m, body=False),
        "repair-body-only": lambda m: mended(m, headers=False),
    },
    "mail.arc": {
        "arc-pass": chained,
        "arc-pass-said": lambda m: chained(m, said=WROTE, domain="google.com", seal="google.com"),
        "arc-holds": lambda m: chained(m, signed=("from", "date")),
        "arc-no-key": lambda m: chained(m, Word.PASS, Word.NO_KEY),
        "arc-broken": lambda m: chained(m, Word.BODY_ALTERED, Word.PASS),
        "arc-said-failed": lambda m: chained(m, cv="fail"),
        "arc-disordered": lambda m: chained(m, cv="pass"),
    }
    | {key: lambda m, key=key: chained(m, Word.PASS, Word.MALFORMED, whole=False, why=key) for key in UNREAD},  # type: ignore[misc]
    "mail.smime": {
        "smime-pass": lambda m: smime(m, "pass", OWN),
        "smime-other-signer": lambda m: smime(m, "pass", "elsa@courriel.example"),
        "smime-carried": lambda m: smime(m, "pass"),
        "smime-not-valid": lambda m: smime(m, "pass", valid=False),
        "smime-altered": lambda m: smime(m, "altered"),
        "smime-unreadable": lambda m: smime(m, "no-key"),
    },
    "mail.pgp": {
        "pgp-pass": lambda m: pgp(m, "pass", "autre@horizon.example", OWN),
        "pgp-other-signer": lambda m: pgp(m, "pass", "elsa@courriel.example"),
        "pgp-no-key": lambda m: pgp(m, "no-key"),
        "pgp-altered": lambda m: pgp(m, "altered"),
        "pgp-unreadable": lambda m: pgp(m, "unreadable"),
    },
    "mail.claims": {
        "claims-passed-then": lambda m: claimed(m, Word.BODY_ALTERED),
        "claims-key-lost": lambda m: claimed(m, Word.NO_KEY, i="@horizon.example", s="s1", b="c2lnbmF0dXJl"),
    },
    "mail.weak-key": {
        "key-short": lambda m: signed(m, m.result(key=m.key(bits=512))),
        "key-published": lambda m: signed(m, m.result(key=m.key(private_published=True))),
        "key-unanchored": lambda m: signed(m, m.result(key=m.key(anchored=False))),
        "key-rivalled": lambda m: signed(m, replace(m.result(), rivalled=True)),
    },
    "mail.key-source": {
        "key-one-source": lambda m: signed(m, m.result(key=m.key(sources=("archive-a",)))),
        "key-user": lambda m: signed(m, m.result(key=m.key(sources=("user:cles.txt",)))),
        "key-conflict": lambda m: signed(m, m.result(conflict=True)),
    },
    "mail.other-hands": {
        "other-hands": lambda m: (m.mail(), Relations(standing=m.other(spoiled=True))),
    },
    "mail.tail": {
        "tail-unsigned": lambda m: signed(m, m.result(length=200, signed_end=500)),
        "tail-all": lambda m: signed(m, m.result(length=0, signed_end=300)),
    },
    "mail.doubled-headers": {
        "doubled": lambda m: signed(m, reading=m.mail(counts={"subject": 2})),
        "doubled-beside-signed": lambda m: signed(m, m.result(), reading=m.mail(counts={"subject": 2})),
        "doubled-signed": lambda m: signed(
            m, m.result(signed=("from", "subject", "subject", "date")), reading=m.mail(counts={"subject": 2})
        ),
    },
    "mail.ambiguous-header": {
        "header-ambiguous": lambda m: signed(m, m.result(), reading=m.mail(defects=("header-ambiguous",))),
    },
    "mail.unsigned-headers": {
        "unsigned-fields": lambda m: signed(m, m.result(signed=("from", "subject", "date"))),
        "content-type-unfit": lambda m: signed(m, m.result(signed=NO_TYPE), reading=unfit(m)),
        "content-type-hides": lambda m: signed(m, m.result(signed=NO_TYPE), reading=multipart(m, first=750)),
        "body-unfit": lambda m: signed(m, m.result(signed=NO_TYPE), reading=m.mail(defects=("body-not-of-type",))),
    },
    "mail.signer-clock": {
        "clock-days-after": lambda m: clocked(m, LATE),
        "clock-days-before": lambda m: clocked(m, EARLY),
        "clock-note-hours-after": lambda m: clocked(m, 3 * 3600),
        "clock-note-hours-before": lambda m: clocked(m, -3 * 3600),
        "clock-note-days-after": lambda m: clocked(m, 2 * 86400),
        "clock-note-days-before": lambda m: clocked(m, -86400 - 7200),
    },
    "mail.html-against-plain": {
        "alternatives-differ": lambda m: around(
            m, m.mail(alternatives=Alternatives(("1500",), ("15000",), words=90, compared=True))
        ),
    },
    "mail.twins": {"twin-proven": lambda m: around(m, twins=(m.other(),))},
    "mail.copies": {
        "copy-covered": lambda m: copy(m, same=True, covered=True),
        "copy-covered-part": lambda m: copy(m, same=False, covered=True),
        "copy-same-text": lambda m: copy(m, same=True),
        "copy-same-text-handled": lambda m: copy(m, same=True, other=m.other(full=False, part=True)),
        "copy-only-added": lambda m: copy(m, only_added=True, changes=(Change("-- liste", "", ("words",)),)),
        "copy-attachments-differ": lambda m: signed(
            m, reading=multipart(m), copies=(Copy(m.other(), False, attachments_differ=("devis.pdf",)),)
        ),
        "copy-differs-signed": lambda m: copy(m, changes=(CHANGE,)),
        "copy-differs-both-signed": lambda m: signed(
            m, m.result(), copies=(Copy(m.other(), False, changes=(CHANGE,)),)
        ),
        "copy-differs": lambda m: copy(m, changes=(CHANGE,), other=m.other(full=False)),
        "copy-other-sender": lambda m: copy(m, same=True, same_sender=False),
        "copy-rebuilt": lambda m: copy(m, changes=(Change("a", "b", ("words",)),), rebuilt=True),
        "copy-sent-again": lambda m: copy(m, changes=(CHANGE,), other=m.other(full=False), redated=True),
    },
    "mail.carried": {
        "carried-mail": lambda m: around(m, carriers=(Carrier(m.other(), ("2",)),)),
        "carried-mail-made": lambda m: around(m, carriers=(Carrier(m.other(), ("2",), made=True),)),
        "carried-mail-handled": lambda m: around(m, carriers=(Carrier(m.other(full=False, part=True), ("2",)),)),
    },
    "mail.quoted-in-reply": {
        "quoted-exactly": lambda m: quote(m, words=21),
        "quoted-exactly-handled": lambda m: quote(m, m.other(full=False, part=True), words=21),
        "quoted-in-part": lambda m: quote(m, words=12),
        "quoted-otherwise": lambda m: quote(m, m.other(full=False), changes=(CHANGE,)),
        "quoted-otherwise-signed": lambda m: quote(m, changes=(CHANGE,)),
    },
    "mail.forwarded": {
        "forwarded-exactly": lambda m: quote(m, words=21, kind="forward"),
        "forwarded-handled": lambda m: quote(m, m.other(full=False, part=True), words=21, kind="forward"),
        "forwarded-in-part": lambda m: quote(m, words=12, kind="forward"),
        "forwarded-otherwise": lambda m: quote(m, changes=(CHANGE,), kind="forward"),
    },
    "mail.quotes-original": {"quotes-otherwise": lambda m: around(m, quoting=(Quoting(m.other(), 18, (CHANGE,)),))},
    "mail.near-copy": {"near-copy": lambda m: around(m, near=(Near(m.other(), 40, (CHANGE,), together=True),))},
    "mail.thread-neighbours": {
        "between-proven": lambda m: around(
            m, neighbours=(Neighbour(m.other("a"), "before"), Neighbour(m.other("b"), "after"))
        ),
    },
    "mail.look-alike-sender": {
        "look-alike": lambda m: around(
            m,
            m.mail(senders=(Mailbox("", "x@horlzon.example"),)),
            domains=Domains({"horizon.example": 300, "horlzon.example": 1}),
        ),
    },
    "file.carried": {
        "carried-file": lambda m: (FILE, Relations(carriers=(Carrier(m.other(), ("2~facture.pdf",)),))),
        "carried-file-made": lambda m: (FILE, Relations(carriers=(Carrier(m.other(), ("2~a.pdf",), made=True),))),
        "carried-file-handled": lambda m: (
            FILE,
            Relations(carriers=(Carrier(m.other(full=False, part=True), ("2~facture.pdf",)),)),
        ),
    },
}

INNOCENT: dict[str, dict[str, Case]] = {
    "mail.dkim": {"unsigned Sent copy": lambda m: signed(m)},
    "mail.alignment": {"sender's own subdomain": lambda m: signed(m, m.result(domain="mail.horizon.example"))},
    "mail.transit": {"own signature only": lambda m: signed(m, m.result())},
    "mail.repair": {
        "verifies as stored": lambda m: signed(m, m.result()),
        "words exchanged, the key nobody's": lambda m: mended(m, WORDS, key=m.key(anchored=False)),
    },
    "mail.arc": {"no sets": lambda m: signed(m, m.result())},
    "mail.smime": {"an OpenPGP signature": lambda m: pgp(m, "pass", OWN)},
    "mail.pgp": {"an S/MIME signature": lambda m: smime(m, "pass", OWN)},
    "mail.claims": {
        "it still verifies": lambda m: claimed(m, Word.PASS),
        "another signer": lambda m: claimed(m, Word.NO_KEY, d="envois.example"),
        "another selector": lambda m: claimed(m, Word.NO_KEY, d="horizon.example", s="s2"),
        "another signature": lambda m: claimed(m, Word.NO_KEY, d="horizon.example", b="AAAAAAAA"),
    },
    "mail.weak-key": {"1024 bits": lambda m: signed(m, m.result(key=m.key(bits=1024)))},
    "mail.key-source": {"two sources": lambda m: signed(m, m.result())},
    "mail.other-hands": {"signed before": lambda m: signed(m, m.result())},
    "mail.tail": {
        "l= as long as the body": lambda m: signed(m, m.result(length=500)),
        "a second signature over all of it": lambda m: signed(m, m.result(length=200), m.result(index=1)),
    },
    "mail.doubled-headers": {
        "two Received": lambda m: signed(m, m.result(), reading=m.mail(counts={"received": 4})),
        "one Cc": lambda m: signed(m, m.result(), reading=m.mail(counts={"cc": 1})),
    },
    "mail.ambiguous-header": {
        "odd, but no signature holds": lambda m: signed(
            m, m.result(Word.BODY_ALTERED), reading=m.mail(defects=("header-ambiguous",))
        ),
        "cut right after its header": lambda m: signed(
            m,
            m.result(),
            reading=m.mail(parts=(Part("", "text/plain", 0, 300, 300),), defects=("header-unseparated",)),
        ),
    },
    "mail.unsigned-headers": {
        "type signed, whatever it is": lambda m: signed(m, m.result(), reading=m.mail(defects=("body-not-of-type",))),
        "Gmail's parts": lambda m: signed(m, m.result(signed=(*NO_TYPE, "content-type")), reading=multipart(m)),
    },
    "mail.signer-clock": {
        "a minute": lambda m: clocked(m, 60),
        "no zone written": lambda m: (
            reading := m.mail(date=m.mail().mail.date.__class__(m.SENT - 13 * 3600, None, m.mail().mail.date.clock)),
            m.near(reading, m.result()),
        ),
        "a failing signature": lambda m: signed(m, m.result(Word.BODY_ALTERED, timestamp=m.SENT + 90 * 86400)),
    },
    "mail.html-against-plain": {
        "newsletter": lambda m: around(
            m, m.mail(bulk=True, alternatives=Alternatives(("1500",), ("15000",), words=90, compared=True))
        ),
        "written apart": lambda m: around(
            m, m.mail(alternatives=Alternatives(("1",) * 40, ("2",) * 40, words=90, compared=True))
        ),
        "figure cut otherwise": lambda m: around(
            m, m.mail(alternatives=Alternatives(("1", "500"), ("150", "0"), words=90, compared=True))
        ),
        "a picture's number": lambda m: around(
            m, m.mail(alternatives=Alternatives((), ("2017",), words=90, compared=True))
        ),
    },
    "mail.twins": {"unsigned twin": lambda m: around(m, twins=(m.other(full=False),))},
    "mail.copies": {
        "unsigned, same text": lambda m: copy(m, same=True, other=m.other(full=False)),
        "unsigned, with a footer": lambda m: copy(
            m, only_added=True, changes=(Change("-- liste", "", ("words",)),), other=m.other(full=False)
        ),
        "attachment stripped here": lambda m: copy(m, attachments_differ=("devis.pdf",)),
        "only links rewritten": lambda m: copy(m, changes=(Change("https://a.example", "https://b.example", ()),)),
        "signed by an intruder": lambda m: copy(m, changes=(CHANGE,), other=m.other(spoiled=True)),
    },
    "mail.carried": {"carrier up to l= only": lambda m: around(
        m, carriers=(Carrier(m.other(full=False, part=True, whole=False)),)
    )},
    "mail.quoted-in-reply": {
        "an unsigned reply, exact": lambda m: quote(m, m.other(full=False), words=21),
        "three words": lambda m: quote(m, words=3),
        "an intruder's reply": lambda m: quote(m, m.other(spoiled=True), changes=(CHANGE,)),
    },
    "mail.forwarded": {
        "a forward cut short by l=": lambda m: quote(
            m, m.other(full=False, part=True, whole=False), changes=(CHANGE,), kind="forward"
        ),
        "changed by whom the forwarder had it from": lambda m: quote(m, changes=(CHANGE,), kind="forward", depth=2),
        "an intruder's forward": lambda m: quote(m, m.other(spoiled=True), changes=(CHANGE,), kind="forward"),
        "a reply": lambda m: quote(m, words=21),
    },
    "mail.quotes-original": {
        "quoted as it is": lambda m: around(m, quoting=(Quoting(m.other(), 18, ()),)),
        "an intruder's original": lambda m: around(m, quoting=(Quoting(m.other(spoiled=True), 18, (CHANGE,)),)),
    },
    "mail.near-copy": {
        "the proven one itself": lambda m: signed(m, m.result(), near=(Near(m.other(), 40, (CHANGE,), together=True),)),
        "an unsigned one": lambda m: around(m, near=(Near(m.other(full=False), 40, (CHANGE,), together=True),)),
        "an intruder's": lambda m: around(m, near=(Near(m.other(spoiled=True), 40, (CHANGE,), together=True),)),
    },
    "mail.thread-neighbours": {
        "only before": lambda m: around(m, neighbours=(Neighbour(m.other(), "before"),)),
        "an intruder after": lambda m: around(
            m, neighbours=(Neighbour(m.other("a"), "before"), Neighbour(m.other("b", spoiled=True), "after"))
        ),
    },
    "mail.look-alike-sender": {
        "other suffix": lambda m: around(m, domains=Domains({"horizon.example": 1, "horizon.test": 300})),
        "frequent itself": lambda m: around(m, domains=Domains({"horizon.example": 90, "horlzon.example": 300})),
    },
    "file.carried": {"unsigned carrier": lambda m: (FILE, Relations(carriers=(Carrier(m.other(full=False)),)))},
}  # fmt: skip


OUTCOMES |= outcomes_images.OUTCOMES | outcomes_dates.OUTCOMES | outcomes_keys.OUTCOMES | outcomes_office.OUTCOMES
INNOCENT |= outcomes_images.INNOCENT | outcomes_dates.INNOCENT | outcomes_keys.INNOCENT | outcomes_office.INNOCENT
OUTCOMES |= outcomes_versions.OUTCOMES
INNOCENT |= outcomes_versions.INNOCENT
OUTCOMES |= outcomes_pdf_history.OUTCOMES
INNOCENT |= outcomes_pdf_history.INNOCENT
OUTCOMES |= outcomes_pdf_facts.OUTCOMES | outcomes_sorting.OUTCOMES
INNOCENT |= outcomes_pdf_facts.INNOCENT | outcomes_sorting.INNOCENT


def answers(make: Any, check: str, case: Case) -> list[Weighed]:
    return make.asked(BY_ID[check], *case(make))


@pytest.mark.parametrize(("check", "message"), [(check, key) for check, cases in OUTCOMES.items() for key in cases])
def test_each_answer_is_given_where_it_is_due(make: Any, check: str, message: str) -> None:
    rows = answers(make, check, OUTCOMES[check][message])
    assert message in [row.evidence.message for row in rows]
    assert rows == answers(make, check, OUTCOMES[check][message])


@pytest.mark.parametrize(("check", "name"), [(check, name) for check, cases in INNOCENT.items() for name in cases])
def test_innocent_twins_stay_silent(make: Any, check: str, name: str) -> None:
    assert answers(make, check, INNOCENT[check][name]) == []


def test_every_check_has_a_case_for_each_of_its_messages_and_an_innocent_one() -> None:
    assert {check.id: set(check.messages) for check in CHECKS} == {check: set(OUTCOMES[check]) for check in OUTCOMES}
    assert set(INNOCENT) == set(BY_ID)


def test_every_answer_reads_as_a_sentence_in_both_languages(make: Any) -> None:
    for check, cases in OUTCOMES.items():
        for message, case in cases.items():
            row = next(row for row in answers(make, check, case) if row.evidence.message == message)
            for language in LANGUAGES:
                sentence = render_evidence(row.evidence, language)
                assert sentence.endswith("."), message
                assert "{" not in sentence, message
            stated = [shown(value, "en") for value in row.evidence.params.values() if value not in ("", [])]
            if message not in MALFORMED:  # why a signature is unreadable stands in no field of it
                assert any(value in render_evidence(row.evidence) for value in stated), message


def test_what_can_question_has_an_innocent_cause(make: Any) -> None:
    for check, cases in OUTCOMES.items():
        rows = [row for case in cases.values() for row in answers(make, check, case)]
        if any(row.evidence.says is Says.QUESTIONS for row in rows):
            assert BY_ID[check].innocent, check


def test_no_answer_is_stronger_than_its_check_says(make: Any) -> None:
    order = list(Strength)
    for check, cases in OUTCOMES.items():
        for case in cases.values():
            for row in answers(make, check, case):
                assert order.index(row.strength) >= order.index(BY_ID[check].strength), row


def test_body_altered_is_no_question(make: Any) -> None:
    for word in (Word.BODY_ALTERED, Word.HEADERS_ALTERED, Word.KEY_MISMATCH, Word.NO_KEY, Word.UNDECIDED):
        (row,) = answers(make, "mail.dkim", lambda m, word=word: signed(m, m.result(word)))  # type: ignore[misc]
        assert row.evidence.says is Says.UNTESTABLE
        assert row.strength in (Strength.WEAK, Strength.NONE)


def test_two_copies_of_a_reply_are_one_witness(make: Any) -> None:
    replies = tuple(QuotedBy(make.other(letter), 21, True, of=21) for letter in "ab")
    rows = make.asked(BY_ID["mail.quoted-in-reply"], *around(make, quotes=replies))
    assert len(rows) == 1


def test_one_writer_is_one_voice_whether_it_answers_or_passes_on(make: Any) -> None:
    reply = QuotedBy(make.other("a"), 21, True, of=21)
    forward = QuotedBy(make.other("b"), 21, True, of=21, kind="forward")
    elsewhere = QuotedBy(make.other("c", domain="tiers.example"), 21, True, of=21, kind="forward")
    one = make.graded(*around(make, quotes=(reply, forward)))
    two = make.graded(*around(make, quotes=(reply, elsewhere)))
    assert (one.level, two.level) == (Level.UNATTESTED, Level.CORROBORATED)


def test_a_copy_and_an_answer_of_senders_unknown_are_one_voice(make: Any) -> None:
    copied = Copy(make.other("a", full=False, part=True), True)
    answer = QuotedBy(make.other("b", full=False, part=True), 21, True, of=21)
    known = QuotedBy(make.other("c"), 21, True, of=21)
    assert make.graded(*around(make, copies=(copied,), quotes=(answer,))).level is Level.UNATTESTED
    assert make.graded(*around(make, copies=(copied,), quotes=(known,))).level is Level.CORROBORATED


def test_a_forward_by_whom_the_mail_never_went_to_counts_for_little(make: Any) -> None:
    reply = QuotedBy(make.other("a"), 21, True, of=21)
    stranger = QuotedBy(make.other("c", domain="tiers.example"), 21, True, of=21, kind="forward", addressed=False)
    assert make.graded(*around(make, quotes=(reply, stranger))).level is Level.UNATTESTED
    (row,) = make.asked(BY_ID["mail.forwarded"], *quote(make, changes=(CHANGE,), kind="forward", addressed=False))
    assert row.strength is Strength.WEAK


def test_what_was_passed_from_hand_to_hand_counts_for_little(make: Any) -> None:
    rows = make.asked(BY_ID["mail.quoted-in-reply"], *quote(make, words=21, depth=2))
    assert [(row.evidence.message, row.strength) for row in rows] == [("quoted-in-part", Strength.WEAK)]


def test_a_quote_speaks_for_its_spans_in_its_signers_name(make: Any) -> None:
    (row,) = make.asked(BY_ID["mail.quoted-in-reply"], *quote(make, words=21, spans=(Span("", 300, 420, ""),)))
    assert row.evidence.spans == (Span("", 300, 420, "courriel.example"),)
    grade = make.graded(*quote(make, words=21, spans=(Span("", 300, 420, ""),)))
    assert grade.spans == ()


def test_neighbours_alone_or_beside_one_quote_establish_nothing(make: Any) -> None:
    beside = (Neighbour(make.other("a"), "before"), Neighbour(make.other("b", domain="tiers.example"), "after"))
    assert make.graded(*around(make, neighbours=beside)).level is Level.UNATTESTED
    one = QuotedBy(make.other("c"), 21, True, of=21)
    assert make.graded(*around(make, neighbours=beside, quotes=(one,))).level is Level.UNATTESTED


def test_a_misquote_questions_and_never_contradicts(make: Any) -> None:
    for how, level in (({}, Level.QUESTIONED), ({"named": False}, Level.UNATTESTED)):
        reading, near = around(make, quoting=(Quoting(make.other(), 18, (CHANGE,), **how),))
        assert make.graded(reading, near).level is level


def test_a_near_copy_of_another_minute_leaves_the_level_alone(make: Any) -> None:
    for together, level in ((True, Level.QUESTIONED), (False, Level.UNATTESTED)):
        assert make.graded(*around(make, near=(Near(make.other(), 40, (CHANGE,), together),))).level is level


def test_carried_file_is_dated_by_the_earliest_signers_clock(make: Any) -> None:
    carriers = (
        Carrier(make.other("a", signed_at=make.SENT + 500)),
        Carrier(make.other("b", signed_at=make.SENT + 100)),
        Carrier(make.other("c", signed_at=1, clocked=False)),
    )
    (row,) = make.asked(BY_ID["file.carried"], FILE, Relations(carriers=carriers))
    assert row.evidence.params["by"] == "2017-03-14T09:13:40+00:00"
    assert row.evidence.params["count"] == 3


def test_hostile_words_stay_inside_their_quotes(make: Any) -> None:
    change = Change("a\u202e\x1b[31m\n{domain}", "b" * 5000, ("words",))
    (row,) = make.asked(BY_ID["mail.copies"], *copy(make, changes=(change,)))
    sentence = render_evidence(row.evidence)
    assert "“a [31m {domain}”" in sentence
    assert len(sentence) < 500


def test_a_strangers_signature_on_top_does_not_set_the_clock(make: Any) -> None:
    strange = make.result(domain="louche.example", timestamp=make.SENT + 400 * 86400)
    reading, relations = signed(make, strange, make.result())
    assert make.asked(signer_clock.CHECK, reading, relations) == []
