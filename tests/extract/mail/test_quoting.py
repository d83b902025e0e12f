"""From-quoting and the wire form (cases.md F27: From-lines)."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.extract.mail.quoting import unquote, unquotings, wire


@pytest.mark.parametrize(
    ("body", "quoted", "readings"),
    [
        (b"hello\n", True, ("",)),
        (b">From the start\n", True, ("mboxo", "kept")),
        (b"a\r\n>From b\r\n", True, ("mboxo", "kept")),
        (b">From a\n>>From b\n", True, ("mboxrd", "kept")),
        (b">From a\n>>From b\n", False, ("",)),
        (b"a >From b\n> From c\n>Fromage\n", True, ("",)),
    ],
)
def test_readings(body: bytes, quoted: bool, readings: tuple[str, ...]) -> None:
    assert unquotings(body, quoted) == readings


def test_one_sign_is_taken_off() -> None:
    body = b"x\n>From a\n>>From b\n"
    assert unquote(body, "mboxrd") == b"x\nFrom a\n>From b\n"
    assert unquote(body, "mboxo") == b"x\nFrom a\n>>From b\n"
    assert unquote(body, "kept") == unquote(body, "") == body


LINES = st.lists(st.sampled_from([b"From x", b">From x", b">>From x", b"", b"text", b"> x", b"From"]), max_size=12)


@given(LINES)
def test_unquoting_undoes_mboxrd(lines: list[bytes]) -> None:
    body = b"".join(line + b"\n" for line in lines)
    written = b"".join((b">" if line.lstrip(b">").startswith(b"From ") else b"") + line + b"\n" for line in lines)
    assert unquote(written, "mboxrd") == body


def test_wire_is_the_same_for_every_way_of_storing() -> None:
    sent = b"Subject: x\r\n\r\nFrom here\r\nbare \r stays\r\n"
    digest = sha256(sent).digest()
    assert wire(sent, "") == digest
    assert wire(sent.replace(b"\r\n", b"\n"), "") == digest
    assert wire(sent.replace(b"\r\n", b"\n").replace(b"From", b">From"), "mboxo") == digest
    assert wire(b"Subject: x\r\n\nFrom here\nbare \r stays\r\n", "") == digest
    assert wire(sent.replace(b"\r stays", b"stays"), "") != digest
