"""What a mail's own signatures prove: each condition of the `proven` row, one by one."""

from typing import Any

import pytest

from crible.assess.standing import standing
from crible.model.facts import Mailbox, Reading
from crible.model.files import FileFacts
from crible.model.signature import Scheme, Word


def test_a_sound_aligned_signature_over_all_of_it_proves_in_full(make: Any) -> None:
    found = standing("ab", make.mail(), [make.result()])
    assert (found.full, found.part, found.whole, found.clocked) == (True, False, True, True)
    assert (found.id, found.domain, found.signed_at) == ("ab", "horizon.example", make.SENT + 2)


@pytest.mark.parametrize(
    "spoil",
    [
        {"word": Word.BODY_ALTERED},
        {"word": Word.HEADERS_ALTERED},
        {"word": Word.NO_KEY},
        {"word": Word.KEY_MISMATCH},
        {"key": {"bits": 1023}},
        {"key": {"private_published": True}},
        {"key": {"anchored": False}},
        {"length": 0},
    ],
    ids=str,
)
def test_what_vouches_for_nothing(make: Any, spoil: dict[str, Any]) -> None:
    key = make.key(**spoil.pop("key", {}))
    found = standing("ab", make.mail(), [make.result(spoil.pop("word", Word.PASS), key=key, **spoil)])
    assert not found.full
    assert not found.part


@pytest.mark.parametrize(
    ("facts", "mail", "whole"),
    [
        ({"domain": "envois.example"}, {}, True),
        ({"scheme": Scheme.TRANSIT, "domain": "1e100.net"}, {}, True),
        ({"length": 200}, {}, False),
        ({"signed": ("from", "date")}, {}, True),
        ({"signed": ("from", "subject")}, {}, True),
        ({}, {"counts": {"subject": 2}}, True),
        ({}, {"counts": {"content-type": 2}}, True),
        ({}, {"counts": {"to": 2}}, True),
        ({}, {"senders": ()}, True),
        ({}, {"senders": (Mailbox("", "a@horizon.example"), Mailbox("", "b@ailleurs.example"))}, True),
    ],
    ids=str,
)
def test_what_proves_a_part_only(make: Any, facts: dict[str, Any], mail: dict[str, Any], whole: bool) -> None:
    found = standing("ab", make.mail(**mail), [make.result(**facts)])
    assert (found.full, found.part, found.whole) == (False, True, whole)


def test_a_shared_key_is_aligned_with_nobody(make: Any) -> None:
    key = make.key(pattern="*.horizon.example")
    assert not standing("ab", make.mail(), [make.result(key=key)]).full


def test_absent_fields_need_no_signature(make: Any) -> None:
    reading = make.mail(counts={"subject": 0})
    assert standing("ab", reading, [make.result(signed=("from", "date"))]).full


def test_a_forgers_extra_signature_neither_helps_nor_harms(make: Any) -> None:
    extra = make.result(domain="autre.example")
    assert standing("ab", make.mail(), [extra, make.result(index=1)]).domain == "horizon.example"
    broken = make.result(Word.BODY_ALTERED, index=1)
    assert not standing("ab", make.mail(), [extra, broken]).full


def test_a_conflict_of_keys_does_not_undo_an_anchored_one(make: Any) -> None:
    assert standing("ab", make.mail(), [make.result(conflict=True)]).full
    lone = make.result(conflict=True, key=make.key(anchored=False))
    assert not standing("ab", make.mail(), [lone]).part


def test_without_a_signing_time_the_signed_date_stands_in_but_is_no_clock(make: Any) -> None:
    found = standing("ab", make.mail(), [make.result(timestamp=None)])
    assert (found.signed_at, found.clocked) == (make.SENT, False)
    unsigned = make.result(timestamp=None, signed=("from", "subject"))
    assert standing("ab", make.mail(), [unsigned]).signed_at is None


def test_a_file_proves_nothing_by_itself() -> None:
    found = standing("ab", Reading("application/pdf", file=FileFacts()), [])
    assert not found.full
    assert not found.part
