"""Address lists: as RFC 5322 has them, as real mail writes them, and as an attacker would."""

import time
from email.utils import getaddresses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.extract.mail import addresses
from crible.extract.mail.addresses import MAILBOXES, mailboxes

PIECES = st.sampled_from(
    (
        "Anne", "Roy ", "a@b.EX", "<a@B.ex>", "<A.b@c>", " ", ",", ", ", '"Roy, A"', '"', "'", "O", "\t", "\xa0", "é",
        "(c)", ":", ";", "\\", "=", "mailto:", "<", ">", "@", "\x0c",
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("Anne Roy <anne@Mairie.EXAMPLE>", [("Anne Roy", "anne@mairie.example")]),
        ('"Roy, Anne" <a@m.example>, b@m.example', [("Roy, Anne", "a@m.example"), ("", "b@m.example")]),
        ("=?utf-8?q?Roy,_H=C3=A9l=C3=A8ne?= <h@m.example>", [("Roy, Hélène", "h@m.example")]),
        ("a@m.example (Anne (dite Nan) Roy)", [("Anne (dite Nan) Roy", "a@m.example")]),
        ("Bureau: a@m.example, Jo <b@m.example>;", [("", "a@m.example"), ("Jo", "b@m.example")]),
        ("undisclosed-recipients:;", []),
        ("<>", []),
        ("", []),
        (", ,;", []),
        ("Anne <>", [("Anne", "")]),
        ("MAILER-DAEMON", [("", "MAILER-DAEMON")]),
        ("Anne Roy", [("Anne Roy", "")]),
        ("<@relay.example,@other.example:a@m.example>", [("", "a@m.example")]),
        ("Pete(A \\) chap) <pete(his account)@silly.example(his host)>", [("Pete", "pete@silly.example")]),
        ('"a\\"b" <a@m.example>', [('a"b', "a@m.example")]),
        ('"Anne <a@m.example>, b@m.example', [('"Anne', "a@m.example"), ("", "b@m.example")]),
        ("bank@good.example <thief@bad.example>", [("bank@good.example", "thief@bad.example")]),
        ("<a@m.example> <b@m.example>", [("", "a@m.example"), ("", "b@m.example")]),
        ("'a@m.example' <a@m.example>", [("a@m.example", "a@m.example")]),
        ("Anne\r\n\t<a@m.example>\r\n", [("Anne", "a@m.example")]),
        ("<mailto:a@m.example>", [("", "a@m.example")]),
    ],
)  # fmt: skip
def test_mailboxes(raw: str, found: list[tuple[str, str]]) -> None:
    assert [(box.name, box.address) for box in mailboxes(raw.encode())] == found


ATOM = st.text("abcdefg0123-_", min_size=1, max_size=8)
ADDRESS = st.builds("{}@{}.example".format, ATOM, ATOM)
NAMED = st.builds("{} {} <{}>".format, ATOM, ATOM, ADDRESS)
QUOTED = st.builds('"{}, {}" <{}>'.format, ATOM, ATOM, ADDRESS)
COMMENTED = st.builds("{} ({} {})".format, ADDRESS, ATOM, ATOM)


@given(st.lists(st.one_of(ADDRESS, NAMED, QUOTED, COMMENTED), max_size=6))
def test_well_formed_lists_read_as_the_standard_library_reads_them(items: list[str]) -> None:
    line = ", ".join(items)
    expected = [(name, address) for name, address in getaddresses([line]) if address]
    assert [(box.name, box.address) for box in mailboxes(line.encode())] == expected


@given(st.text('"<>(),:;@\\ a=?q', max_size=60))
def test_any_text_gives_mailboxes(line: str) -> None:
    for box in mailboxes(line.encode()):
        assert box.name or box.address


@pytest.mark.parametrize(
    "piece", ["(", "(a", '"', '\\"', "<", "<a", "a@b,", ":", "a@:", ",", "=?a?q?", "@", "a ", "a", "a@ "]
)
def test_no_list_takes_long(piece: str) -> None:
    """The standard library's parser exceeds its recursion limit on 1,000 opening parentheses or commas."""
    began = time.process_time()
    assert len(mailboxes(piece.encode() * 300_000)) <= MAILBOXES
    assert time.process_time() - began < 0.5


@given(st.lists(PIECES, max_size=10).map("".join))
def test_a_plain_list_reads_as_any_other(line: str) -> None:
    assert addresses._plain(line.strip()) in (None, addresses._parsed(line.strip()))


def test_ordinary_lists_are_plain() -> None:
    assert addresses._plain('Anne Roy <a@m.example>, "Roy, J" <j@M.example>, b@m.example') is not None
