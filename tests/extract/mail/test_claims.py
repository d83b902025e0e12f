"""Authentication-Results as RFC 8601 and real servers write them, and as nobody should."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.extract.mail.claims import LONGEST, MOST, _pairs, _pieces, _read, _tokens, claims, sealed_claims
from crible.extract.mail.fields import split_header


def read(*values: str):
    fields = "".join(f"Authentication-Results: {value}\n" for value in values)
    return claims(split_header(fields.encode() + b"\nbody"))


def said(value: str):
    return [(one.server, one.method, one.result, one.properties) for one in read(value)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("mx.example.org; none", []),
        ("mx.example.org 1; none", []),
        ("", []),
        (
            "mx.example.org; auth=pass (cram-md5) smtp.auth=sender@example.net; spf=pass smtp.mailfrom=example.net",
            [
                ("mx.example.org", "auth", "pass", {"smtp.auth": "sender@example.net"}),
                ("mx.example.org", "spf", "pass", {"smtp.mailfrom": "example.net"}),
            ],
        ),
        (
            "foo.example.net (foobar) 1 (baz);\n dkim (Because I like it) / 1 (One yay) = (wait for it) fail\n"
            " policy (A dot can go here) . (like that) expired\n (this surprised me) = (as I wasn't expecting it) 13",
            [("foo.example.net", "dkim", "fail", {"policy.expired": "13"})],
        ),
        (
            'mx.example.org; dkim=fail reason="bad \\"signature\\"; x=1" header.i=@newyork.example.com',
            [
                (
                    "mx.example.org",
                    "dkim",
                    "fail",
                    {"reason": 'bad "signature"; x=1', "header.i": "@newyork.example.com"},
                )
            ],
        ),
        (
            "mx.google.com;\n    dkim=pass header.i=@gmail.com header.s=20161025 header.b=Vw3G+d/x;\n     dmarc=pass"
            " (p=NONE sp=QUARANTINE dis=NONE) header.from=gmail.com",
            [
                (
                    "mx.google.com",
                    "dkim",
                    "pass",
                    {"header.i": "@gmail.com", "header.s": "20161025", "header.b": "Vw3G+d/x"},
                ),
                ("mx.google.com", "dmarc", "pass", {"header.from": "gmail.com"}),
            ],
        ),
        (
            "spf=pass (sender IP is 192.0.2.1)\n smtp.mailfrom=a.example; dkim=pass (signature was verified)"
            " header.d=a.example;",
            [("", "spf", "pass", {"smtp.mailfrom": "a.example"}), ("", "dkim", "pass", {"header.d": "a.example"})],
        ),
        ("MX.Example.org; DKIM=Pass Header.B=aGVsbG8=", [("mx.example.org", "dkim", "pass", {"header.b": "aGVsbG8="})]),
        ("mx; dkim=pass header.d=a.example header.d=b.example", [("mx", "dkim", "pass", {"header.d": "a.example"})]),
        ("mx; dkim=pass (never closed header.d=a.example", [("mx", "dkim", "pass", {})]),
        ('mx; dkim=pass header.d="never closed', [("mx", "dkim", "pass", {"header.d": '"never'})]),
        ("mx; dkim; =pass; dkim=; x", []),
        ("mx; dkim=pass header.d=", [("mx", "dkim", "pass", {})]),
    ],
)
def test_what_servers_write(value, expected):
    assert said(value) == expected


def test_fields_count_from_the_top():
    assert [(one.server, one.index) for one in read("top; dkim=pass", "below; dkim=fail")] == [("top", 0), ("below", 1)]


def test_the_instance_stands_first_in_a_set():
    instance, (one,) = sealed_claims(b" i=2; mx.microsoft.com 1; dkim=pass header.d=a.example;\r\n")
    assert (instance, one.server, one.method, one.properties) == (
        2,
        "mx.microsoft.com",
        "dkim",
        {"header.d": "a.example"},
    )


@pytest.mark.parametrize(
    "value", [b"mx; dkim=pass; i=1", b"i=0; mx; dkim=pass", b"i=x; mx", b"", b"i=1 mx; dkim=pass", b"i=-1; a"]
)
def test_no_instance_no_results(value):
    assert sealed_claims(value) == (0, ())


@pytest.mark.parametrize(
    "value",
    [
        "a=b;" * 9999,
        "mx; " + "(" * 99999,
        "mx; a=b " + "c.d=e " * 19999,
        "mx; " + "a . " * 19999,
        '"' * 99999,
        "\\" * 99999,
    ],
    ids=lambda value: value[:12],
)
def test_hostile_fields_are_bounded(value):
    started = time.process_time()
    found = read(*[value] * 20)
    assert time.process_time() - started < 2
    assert len(found) <= MOST
    assert all(len(one.properties) <= 30 for one in found)
    assert sum(len(text) for one in found for text in one.properties.values()) <= 20 * LONGEST


WORDS = st.sampled_from([*'();="\\./ \t\n', "i=1", "dkim", "pass", "header.d", "a.example", "é", "mx"])


@given(st.lists(WORDS, max_size=60).map("".join))
def test_any_text_is_read_or_left(value):
    for one in read(value.replace("\n", "\n ")):
        assert one.method
        assert one.result
        assert "\n" not in one.result
    sealed_claims(value.encode())


@given(st.lists(WORDS, max_size=60).map("".join))
def test_the_short_way_reads_what_the_long_way_reads(value):
    value = " ".join(value.split())
    long = ["".join(piece) if "=" not in piece else list(_read(piece)) for piece in _tokens(value)]
    short = ["".join(piece) if "=" not in piece else list(_pairs(piece)) for piece in _pieces(value.encode())]
    assert [one if isinstance(one, list) else one.split() for one in short] == [
        one if isinstance(one, list) else one.split() for one in long
    ]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["dkim", "spf", "dmarc", "x-own"]),
            st.sampled_from(["pass", "fail", "none", "temperror"]),
            st.dictionaries(
                st.sampled_from(["header.d", "header.s", "smtp.mailfrom", "policy.x"]),
                st.text(st.sampled_from('abc@.;= (\\"+/'), min_size=1, max_size=12),
                max_size=4,
            ),
        ),
        max_size=6,
    )
)
def test_what_is_written_quoted_is_read_back(results):
    def quoted(value: str) -> str:
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'

    written = [
        f"{method}={result} " + "\n ".join(f"{name} (why) = {quoted(value)}" for name, value in properties.items())
        for method, result, properties in results
    ]
    assert said("; ".join(["mx.example", *written])) == [("mx.example", *result) for result in results]
