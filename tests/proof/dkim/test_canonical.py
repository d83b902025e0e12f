import hashlib
import re
import time

import pytest
from dkim.canonicalization import Relaxed, Simple
from hypothesis import given, settings
from hypothesis import strategies as st

from crible.proof.dkim import canonical
from crible.proof.dkim.canonical import (
    body_digest,
    body_digests,
    canonical_body,
    crlf,
    relaxed_field,
    simple_field,
)
from crible.proof.dkim.extent import stored_ends

ODD = st.lists(
    st.sampled_from([b"\r\n", b"\n", b"\r", b" ", b"\t", b"   ", b"a", b"bc", b"\x0b", b"\x0c", b"\xe9", b"\0", b"."]),
    max_size=40,
).map(b"".join)
HOWS = {"simple": Simple, "relaxed": Relaxed}


def oracle(body: bytes, how: str) -> bytes:
    """As dkimpy reads and canonicalises a body."""
    return HOWS[how].canonicalize_body(b"\r\n".join(re.split(b"\r?\n", body)))


@pytest.mark.parametrize("how", HOWS)
@settings(max_examples=600)
@given(body=ODD)
def test_bodies_equal_dkimpy_byte_for_byte(how, body):
    assert canonical_body(body, how) == oracle(body, how)


@pytest.mark.parametrize("how", HOWS)
@given(body=ODD)
def test_pieces_make_no_difference(how, body):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(canonical, "_PIECE", 3)
        assert canonical_body(body, how) == oracle(body, how)


@settings(max_examples=600)
@given(ODD.map(lambda text: re.sub(rb"\n(?![ \t])", b"", text) + b"\r\n"))
def test_fields_equal_dkimpy_byte_for_byte(value):
    stored = b"\r\n".join(re.split(b"\r?\n", value))
    name, form = Relaxed.canonicalize_headers([(b"X-Odd", stored)])[0]
    assert relaxed_field(b"X-Odd", value) == name + b":" + form
    assert simple_field(b"X-Odd:" + value) == b"X-Odd:" + stored


def test_the_examples_of_the_standard():
    """RFC 6376 §3.4.5 and the empty bodies of §3.4.3, §3.4.4."""
    body = b" C \r\nD \t E\r\n\r\n\r\n"
    assert canonical_body(body, "relaxed") == b" C\r\nD E\r\n"
    assert canonical_body(body, "simple") == b" C \r\nD \t E\r\n"
    assert relaxed_field(b"A", b" X\r\n") + relaxed_field(b"B ", b" Y\t\r\n\tZ  \r\n") == b"a:X\r\nb:Y Z\r\n"
    assert canonical_body(b"", "simple") == b"\r\n"
    assert canonical_body(b"\r\n\r\n", "relaxed") == b""
    assert hashlib.sha256(canonical_body(b"", "relaxed")).digest() == body_digest(b"", "relaxed", "sha256")


def test_bare_lf_is_the_mail_that_was_signed_and_bare_cr_a_byte():
    assert canonical_body(b"a\nb\n\n", "simple") == canonical_body(b"a\r\nb\r\n\r\n", "simple")
    assert canonical_body(b"a\rb\r\n", "simple") == b"a\rb\r\n"
    assert crlf(b"a\r\r\nb\nc") == b"a\r\r\nb\r\nc"


def test_a_field_on_which_the_mail_breaks_off_ends_in_crlf():
    assert simple_field(b"Subject: x") == b"Subject: x\r\n"
    assert relaxed_field(b"Subject", b" x") == b"subject:x\r\n"


@pytest.mark.parametrize("how", HOWS)
@given(body=ODD, lengths=st.lists(st.integers(0, 60), max_size=5))
def test_one_pass_gives_the_digest_of_every_length(how, body, lengths):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(canonical, "_PIECE", 5)
        digests, size = body_digests(body, how, "sha256", [*lengths, None])
    whole = oracle(body, how)
    assert size == len(whole)
    assert digests[None] == hashlib.sha256(whole).digest()
    assert all(digests[length] == hashlib.sha256(whole[:length]).digest() for length in lengths)


@pytest.mark.parametrize("how", HOWS)
@settings(max_examples=600)
@given(body=ODD, data=st.data())
def test_what_follows_the_stored_end_does_not_enter_the_first_l_bytes(how, body, data):
    whole = canonical_body(body, how)
    length = data.draw(st.integers(0, max(0, len(whole) - 3)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("crible.proof.dkim.extent._STEP", 4)
        end = stored_ends(body, how, [length])[length]
    assert canonical_body(body[:end] + b"X\r\n", how)[:length] == whole[:length]
    if end and body[end - 1] not in b" \t" and whole[length - 1 : length + 1] != b"\r\n":
        # One byte less would not do; only a run of blanks or a line end is taken whole.
        assert canonical_body(body[: end - 1] + b"X\r\n", how)[:length] != whole[:length]


@pytest.mark.parametrize(
    "body",
    [
        b" " * 4_000_000 + b"x",
        b"\t \t" * 1_000_000 + b"\r\n",
        b"\r\n" * 2_000_000,
        b"a \r\n" * 500_000,
        b"\r" * 4_000_000,
    ],
    ids=["blanks", "tabs", "empty-lines", "trailing", "bare-cr"],
)
def test_work_is_linear_in_hostile_bodies(body):
    """dkimpy would take hours on the first: its expression for trailing blanks is quadratic."""
    before = time.process_time()
    _, size = body_digests(body, "relaxed", "sha256", [None, 10])
    stored_ends(body, "relaxed", [size // 2])
    assert time.process_time() - before < 3
