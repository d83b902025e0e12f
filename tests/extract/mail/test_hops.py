"""Received fields: who handed over what to whom, whatever stands in comments."""

import time

from crible.extract.mail.fields import split_header
from crible.extract.mail.hops import hops
from crible.model.facts import Hop

FIELD = (
    b"Received: from mail.a.example (EHLO by (id x) [192.0.2.1]) by mx.b.example (Postfix)\n"
    b"\twith ESMTPS id 4Vx1y2Z3 for <elsa@b.example> (envelope-from <c@a.example>);\n"
    b"\tTue, 14 Mar 2017 10:12:03 +0100 (CET)\n"
)


def test_a_field_is_taken_apart() -> None:
    (hop,) = hops(split_header(FIELD + b"\n"))
    assert hop == Hop("mx.b.example", "mail.a.example", "elsa@b.example", "4Vx1y2Z3", 1489482723.0, 60)


def test_fields_without_a_moment_keep_their_place() -> None:
    known = hops(split_header(b"Received: by a.example id 1; nonsense\n" + FIELD + b"\n"))
    assert [hop.seconds for hop in known] == [None, 1489482723.0]
    assert [hop.by for hop in known] == ["a.example", "mx.b.example"]


def test_a_field_of_one_word_or_none_is_a_hop_without_clauses() -> None:
    assert hops(split_header(b"Received:\nReceived: from\nReceived: from by\n\n")) == (Hop(), Hop(), Hop())


def test_fifty_are_read_and_nested_comments_cost_little() -> None:
    data = b"Received: by a.example; x\n" * 60 + b"\n"
    assert len(hops(split_header(data))) == 50
    deep = b"Received: " + b"(" * 100_000 + b")" * 100_000 + b" by a.example; x\n\n"
    started = time.process_time()
    hops(split_header(deep))
    assert time.process_time() - started < 0.5
