"""The demo's own signer and keys, verified by dkimpy and by cryptography."""

import base64
import dataclasses
import json

import dkim
import pytest
from cryptography.hazmat.primitives.serialization import load_der_public_key
from dkim_oracle import verdicts
from hypothesis import given, settings
from hypothesis import strategies as st

from crible.demo.cast import CONGRES, HORIZON, NORTHBRIDGE, TILLEUL
from crible.demo.keys import key_lines, key_of
from crible.demo.signer import dkim_field

FIELDS = (
    b"From: A <a@horizon2017.example>\r\n",
    b"To: b@clairmail.example,\r\n\t c@clairmail.example\r\n",
    b"Subject:  two  blanks \r\n",
    b"Date: Tue, 14 Feb 2017 09:12:00 +0100\r\n",
)


def signed(house, body, fields=FIELDS, **options):
    return dkim_field(fields, body, house, key_of(house, 1), 1487059920, **options) + b"".join(fields) + b"\r\n" + body


def records(*houses):
    return {f"{h.selector}._domainkey.{h.domain}.": key_of(h, 1).record() for h in houses}


@given(
    st.lists(st.sampled_from([b"a  b\t", b"", b" ", b"From x", b".", b"\xe9t\xe9 "]), max_size=8),
    st.sampled_from(["relaxed/relaxed", "relaxed/simple", "simple/simple", "simple/relaxed"]),
)
@settings(max_examples=60, deadline=None)
def test_dkimpy_verifies_any_body_in_any_canonical_form(lines, canonical):
    house = dataclasses.replace(HORIZON, canonical=canonical)
    assert verdicts(signed(house, b"".join(line + b"\r\n" for line in lines)), records(house)) == [True]


@pytest.mark.parametrize("house", [NORTHBRIDGE, TILLEUL, CONGRES], ids=lambda house: house.domain)
def test_other_houses_verify_and_stop_verifying_when_a_word_changes(house):
    raw = signed(house, b"1 500 euros\r\n")
    assert verdicts(raw, records(house)) == [True]
    assert verdicts(raw.replace(b"1 500", b"9 500"), records(house)) == [False]
    assert verdicts(raw.replace(b"two", b"ten"), records(house)) == [False]


def test_length_tag_leaves_a_tail_unsigned_and_oversigning_stops_a_second_from():
    assert verdicts(signed(CONGRES, b"text\r\n") + b"tail\r\n", records(CONGRES)) == [True]
    assert verdicts(b"From: x@y.example\r\n" + signed(NORTHBRIDGE, b"text\r\n"), records(NORTHBRIDGE)) == [False]


def test_a_signature_without_a_clock_verifies_too():
    raw = dkim_field(FIELDS, b"x\r\n", HORIZON, key_of(HORIZON, 1), 0) + b"".join(FIELDS) + b"\r\nx\r\n"
    assert b" t=" not in raw.split(b"h=")[0]
    assert verdicts(raw, records(HORIZON)) == [True]


def test_keys_are_the_same_each_time_and_of_the_size_they_say():
    rows = [json.loads(line) for line in key_lines(2017).splitlines()]
    assert key_lines(2017) == key_lines(2017) != key_lines(2018)
    for row in rows:
        tags = dict(tag.strip().split("=", 1) for tag in row["record"].split(";"))
        assert row["sources"]
        if tags["k"] == "rsa":
            parsed = dkim.parse_public_key(base64.b64decode(tags["p"]))
            assert parsed["modulus"].bit_length() == row["bits"]
            assert parsed["publicExponent"] == 65537
            if row["bits"] >= 1024:
                assert load_der_public_key(base64.b64decode(tags["p"])).key_size == row["bits"]
    assert {row["bits"] for row in rows} == {256, 512, 2048}
    assert key_of(HORIZON, 1).modulus != key_of(HORIZON, 1, "forger").modulus
