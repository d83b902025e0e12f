"""Where links lead, and what their words say."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.extract.mail.links import MOST, links
from crible.extract.mail.read import read
from crible.model.facts import Link


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<a href="https://shop.example/x">Our shop</a>', Link("shop.example")),
        ('<A class=b HREF=http://Shop.example:8080/x>here</A>', Link("shop.example")),
        ('<a href="http://evil.example/">www.bank.example</a>', Link("evil.example", "bank.example")),
        ('<a href="http://evil.example/"><b>https://bank.example/login</b></a>', Link("evil.example", "bank.example")),
        ('<a href="http://evil.example/">bank.example/login</a>', Link("evil.example", "bank.example")),
        ('<a href="http://bank.example@evil.example/">bank.example</a>', Link("evil.example", "bank.example")),
        ('<a href="https://guard.example/?url=http%3A%2F%2Fbank.example">bank.example</a>', Link("guard.example")),
        ('<a href="https://guard.example/r">devis.pdf</a>', Link("guard.example")),
        ('<a href="https://guard.example/r?a=1&amp;b=2">le 12.04.2017</a>', Link("guard.example")),
    ],
)  # fmt: skip
def test_a_link_has_a_target_and_what_it_shows(markup: str, expected: Link) -> None:
    assert links(markup) == (expected,)


def test_what_is_no_link_to_elsewhere_is_none() -> None:
    assert (
        links('<a name=top>x</a> <a href="#top">y</a> <a href="mailto:a@b.example">z</a> <abbr href=http://q.r>') == ()
    )
    assert links('<a href="http://localhost/">x</a>') == ()


def test_links_are_kept_once_in_order_and_capped() -> None:
    many = "".join(f'<a href="http://h{n}.example/">x</a><a href="http://h0.example/{n}">x</a>' for n in range(100))
    found = links(many)
    assert len(found) == MOST
    assert [one.host for one in found[:3]] == ["h0.example", "h1.example", "h2.example"]


@pytest.mark.parametrize("trap", ["<a ", '<a href="http:/', "<a b href = ", "<a href=http://x.y/>" + "<" * 300])
def test_a_trap_takes_no_time(trap: str) -> None:
    start = time.process_time()
    links(trap * (2_000_000 // len(trap)))
    assert time.process_time() - start < 2


@given(st.text(alphabet="<>a href=http:/.\"'x@&;", max_size=200))
def test_any_markup_gives_hosts_or_nothing(markup: str) -> None:
    for one in links(markup):
        assert "." in one.host
        assert "/" not in one.host


def test_a_reading_has_links_and_whom_it_was_delivered_to() -> None:
    raw = (
        b"Delivered-To: Ada@Brun.example\nX-Original-To: <info@brun.example>\nDelivered-To: ada@brun.example\n"
        b'Content-Type: text/html\n\n<p><a href="https://shop.example/x">www.bank.example</a>\n'
    )
    mail = read(raw).mail
    assert mail is not None
    assert mail.links == (Link("shop.example", "bank.example"),)
    assert mail.delivered == ("ada@brun.example", "info@brun.example")
    assert read(b"Subject: x\n\nhttp://a.example\n").mail.links == ()  # type: ignore[union-attr]
