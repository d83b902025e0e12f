"""Transfer encodings, damaged ones too."""

import base64
import binascii

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.extract.mail import decoding
from crible.extract.mail.decoding import base64_defect, base64_pieces, payload
from crible.model.facts import Part


def part(data: bytes, encoding: str) -> Part:
    return Part("1", "text/plain", 0, 0, len(data), encoding)


def decoded(data: bytes) -> bytes:
    return b"".join(base64_pieces(data, 0, len(data)))


@given(st.binary(max_size=400), st.integers(1, 90), st.sampled_from([b"\n", b"\r\n"]))
def test_base64_in_lines_of_any_length(content: bytes, width: int, eol: bytes) -> None:
    digits = base64.b64encode(content)
    wrapped = eol.join(digits[at : at + width] for at in range(0, len(digits), width)) + eol
    assert decoded(wrapped) == content
    assert base64_defect(wrapped, 0, len(wrapped)) == ""


@pytest.mark.parametrize("size", [2, 3, 4, 5, 7, 64])
def test_pieces_join_whatever_their_size(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(decoding, "_CHUNK", size)
    content = bytes(range(256))
    assert decoded(base64.encodebytes(content)) == content


@given(st.binary(max_size=100))
def test_damaged_base64_decodes_as_far_as_the_standard_library_does(data: bytes) -> None:
    try:
        expected = binascii.a2b_base64(data)
    except binascii.Error:
        expected = None  # padding short or a lone digit: the library gives nothing, we give the whole bytes before it
    if expected is not None and b"=" not in data:
        assert decoded(data) == expected
    decoded(data)


@pytest.mark.parametrize(
    ("data", "content"),
    [
        (b"QUJDR", b"ABC"),
        (b"QUJDRA", b"ABCD"),
        (b"QU*JD", b"ABC"),
        (b"QQ==QUJD", b"A"),
        (b"QUJDRA=", b"ABCD"),
        (b"!!!!", b""),
    ],
)
def test_damage_is_a_defect_and_keeps_what_can_be_kept(data: bytes, content: bytes) -> None:
    assert payload(data, part(data, "base64")) == (content, "base64-broken")


def test_the_other_encodings() -> None:
    assert payload(b"caf=C3=A9 =\nau lait=", part(b"caf=C3=A9 =\nau lait=", "quoted-printable")) == (
        "café au lait".encode(),
        "",
    )
    assert payload(b"x", part(b"x", "7bit")) == (b"x", "")
    assert payload(b"\xe9", part(b"\xe9", "7bit")) == (b"\xe9", "eight-bit-in-seven")
    assert payload(b"\xe9", part(b"\xe9", "8bit")) == (b"\xe9", "")
    assert payload(b"x", part(b"x", "x-odd")) == (b"x", "encoding-unknown")


def test_from_quoting_is_undone_before_decoding() -> None:
    data = b"a\n>From =C3=A9\n"
    assert payload(data, part(data, "quoted-printable"), "mboxo")[0] == "a\nFrom é\n".encode()
    assert payload(data, part(data, "quoted-printable"), "kept")[0] == "a\n>From é\n".encode()
