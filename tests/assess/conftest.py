"""Invented mails and signatures, whole and sound unless a test says otherwise."""

from dataclasses import replace
from typing import Any

import pytest

from crible.assess.check import Check
from crible.assess.relations import Relations, Standing
from crible.assess.run import weigh_corpus, weigh_local
from crible.assess.standing import standing
from crible.model.evidence import Weighed
from crible.model.facts import Mailbox, MailFacts, Part, Reading
from crible.model.grade import Grade
from crible.model.instant import Clock, Instant
from crible.model.signature import (
    Body,
    Headers,
    KeyFit,
    KeyUsed,
    Repair,
    Scheme,
    SignatureFacts,
    SignatureResult,
    Step,
    Word,
)

SENT = 1489482720
"""14 March 2017, 09:12:00 UTC."""
TEXT = "Bonjour,\nLa salle est réservée du 3 mars au 7 avril.\nLe montant retenu est de 18 214 € TTC, à régler vite.\n"
SIGNED = ("from", "to", "subject", "date", "message-id", "content-type")


class Make:
    """Builders; every keyword replaces one thing of a mail that proves itself."""

    SENT = SENT
    TEXT = TEXT

    @staticmethod
    def key(**changes: Any) -> KeyUsed:
        seen = {"first_seen": "2016-01-01", "last_seen": "2018-01-01"}
        return replace(KeyUsed("horizon.example", "s1", 2048, ("archive-a", "archive-b"), **seen), **changes)

    @staticmethod
    def facts(**changes: Any) -> SignatureFacts:
        whole = SignatureFacts(
            index=0, scheme=Scheme.DKIM, domain="horizon.example", selector="s1", algorithm="rsa-sha256",
            signature=b"s", header_digest=b"h", body_digest=b"b", body_hash=b"b", canonical="relaxed/relaxed",
            signed=SIGNED, body_length=500, timestamp=SENT + 2,
        )  # fmt: skip
        return replace(whole, **changes)

    @classmethod
    def result(cls, word: Word = Word.PASS, *, key: KeyUsed | None = None, **changes: Any) -> SignatureResult:
        """A signature that passes, or fails as `word` says; `conflict` and fields of its facts as keywords."""
        conflict, repair = changes.pop("conflict", False), changes.pop("repair", None)
        used = None if word in (Word.NO_KEY, Word.MALFORMED) else key or cls.key()
        return SignatureResult(
            cls.facts(**changes),
            Body.ALTERED if word is Word.BODY_ALTERED else Body.OK,
            Headers.ALTERED if word is Word.HEADERS_ALTERED else Headers.OK,
            {Word.NO_KEY: KeyFit.NONE, Word.KEY_MISMATCH: KeyFit.MISMATCH}.get(word, KeyFit.OK),
            word,
            used,
            conflict,
            repair,
        )

    @staticmethod
    def repair(*steps: Step, headers: bool = True, body: bool = True, **changes: Any) -> Repair:
        """A way back to the signed mail; `spans` as if its first part had been signed."""
        spans = changes.pop("spans", ((300, 700),) if headers and body else ())
        return Repair(headers, body, steps, spans=spans, **changes)

    @staticmethod
    def mail(text: str = TEXT, **changes: Any) -> Reading:
        """A mail from horizon.example; `counts` is merged into one of each field."""
        counts = dict.fromkeys(("from", "to", "subject", "date", "message-id", "content-type"), 1)
        counts |= changes.pop("counts", {})
        whole = MailFacts(
            message_id="<1@horizon.example>",
            subject="Budget salle",
            senders=(Mailbox("C. Ferrand", "c.ferrand@horizon.example"),),
            to=(Mailbox("", "elsa@courriel.example"),),
            date=Instant(SENT, 0, Clock.HEADER, "Tue, 14 Mar 2017 09:12:00 +0000"),
            counts=counts,
            content_type="text/plain; charset=utf-8",
            parts=(Part("", "text/plain", 0, 300, 800), Part("1", "text/plain", 0, 300, 800, inline_text=True)),
            header_end=300,
        )
        return Reading("message/rfc822", text=text, wire=b"w" * 32, mail=replace(whole, **changes))

    @staticmethod
    def other(letter: str = "a", **changes: Any) -> Standing:
        """Another mail, proven in full by its own signature."""
        whole = Standing(letter * 64, full=True, domain="courriel.example", signed_at=SENT, whole=True, clocked=True)
        return replace(whole, **changes)

    @classmethod
    def near(cls, reading: Reading, *results: SignatureResult, **changes: Any) -> Relations:
        """The neighbourhood of a mail with these signatures."""
        return Relations(signatures=results, standing=standing("0" * 64, reading, results), **changes)

    @staticmethod
    def asked(check: Check, reading: Reading, relations: Relations) -> list[Weighed]:
        """What one check says, as the runner keeps it."""
        return weigh_local(reading, [check])[0] + weigh_corpus(reading, relations, [check])[0]

    @staticmethod
    def graded(reading: Reading, relations: Relations, **options: Any) -> Grade:
        """The grade that all checks together give."""
        from crible.assess.grade import grade

        rows = weigh_local(reading)[0] + weigh_corpus(reading, relations)[0]
        return grade("mail" if reading.mail else "file", rows, **options)


@pytest.fixture(scope="session")
def make() -> type[Make]:
    return Make
