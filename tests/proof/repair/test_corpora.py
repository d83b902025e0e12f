"""Repairs on real list mail, which software altered and nobody forged: how much is led back, and by what."""

import lzma
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from crible.extract.mail.fields import Header, split_header
from crible.extract.mail.header import message_ids
from crible.extract.mail.words import unfold
from crible.model.signature import KeyFit, Word
from crible.proof.dkim import examine, judge
from crible.proof.dkim.pkcs1 import reveal, signed_digest
from crible.proof.keyring import KeyRing
from crible.proof.repair import Target, restored

ORDER = ("from-reply-to", "part-taken-out", "subject-tag-cut", "footer-cut", "encoding-undone", "encoding-label")


def mails(path: Path) -> Iterator[bytes]:
    data = lzma.decompress(path.read_bytes())
    for mail in re.split(rb"(?m)^(?=From [^\n]*\d{4}\r?\n)", data):
        if mail:
            yield mail.partition(b"\n")[2]


def sought(message: bytes, ring: KeyRing) -> tuple[Header, list[Target]]:
    """The signatures whose key is known and which do not verify as stored."""
    header = split_header(message)
    found = []
    for facts in examine(header, message[header.body_start :]):
        result = judge(facts, ring.find(facts.domain, facts.selector))
        if result.key is not KeyFit.OK or result.word is Word.PASS:
            continue
        for key in ring.find(facts.domain, facts.selector):
            revealed = reveal(facts.signature, key.modulus, key.exponent) if key.modulus else None
            if revealed and (digest := signed_digest(revealed)):
                found.append(Target(facts, digest[1]))
                break
    return header, found


def people_of(path: Path) -> dict[str, list[str]]:
    """Who stands in the header of each mail, by Message-ID."""
    known: dict[str, list[str]] = {}
    for message in mails(path):
        header = split_header(message)
        for name in message_ids(b"".join(field.value for field in header.all("message-id")[:1])):
            known[name] = [
                unfold(one.value) for part in ("reply-to", "from", "sender", "to", "cc") for one in header.all(part)
            ]
    return known


def thread(header: Header, known: dict[str, list[str]]) -> tuple[str, ...]:
    ids = [
        name
        for part in ("in-reply-to", "references")
        for one in header.all(part)
        for name in message_ids(one.value)[::-1]
    ]
    return tuple(dict.fromkeys(person for name in dict.fromkeys(ids) for person in known.get(name, ())))


@pytest.mark.corpora
def test_a_list_that_rewrote_everything(corpora):
    ring, path = KeyRing.default(), corpora / "mail-usrp-users-2019.mbox.xz"
    known = people_of(path)
    outcomes: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for message in mails(path):
        header, targets = sought(message, ring)
        targets = [one for one in targets if (one.facts.domain, one.facts.selector) == ("gmail.com", "20161025")]
        if not targets:
            continue
        body = message[header.body_start :]
        for helped in outcomes if outcomes[True].total() % 4 == 0 else (True,):
            ((said, _),) = restored(header, body, targets, order=ORDER, people=thread(header, known) if helped else ())
            outcome = "out of reach" if not said.whole else "neutral" if said.neutral else "changing"
            outcomes[helped][outcome] += 1
            assert not any(step.words for step in said.steps)
    assert outcomes[True].total() == 609
    assert outcomes[True]["changing"] >= 580
    assert outcomes[True]["neutral"] == 0
    assert outcomes[False]["changing"] >= 0.8 * outcomes[False].total() > 100


@pytest.mark.corpora
def test_a_list_that_shuffled_recipients_is_led_back_by_the_other_list_s_copies(corpora):
    ring, path = KeyRing.default(), corpora / "mail-crossposted-alsa-devel.mbox.xz"
    wanted = {name: message for message in mails(path) for name in _names(message)}
    known = {
        name: people
        for year in range(2020, 2025)
        for name, people in people_of(corpora / f"mail-linux-serial-{year}.mbox.xz").items()
        if name in wanted
    }
    tried = whole = 0
    for name, message in wanted.items():
        header, targets = sought(message, ring)
        if targets and name in known:
            found = restored(header, message[header.body_start :], targets, people=tuple(known[name]))
            tried += len(found)
            whole += sum(said.whole for said, _ in found)
    assert tried >= 80
    assert whole / tried >= ALSA


ALSA = 0.8


def _names(message: bytes) -> tuple[str, ...]:
    return message_ids(b"".join(field.value for field in split_header(message).all("message-id")[:1]))
