import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.proof import tags
from crible.proof.tags import Malformed, parse_tags, without_signature


def test_folded_list_with_a_final_semicolon():
    assert parse_tags(b" v=1;\r\n\ta = rsa-sha256 ; b=ab\r\n cd=;\r\n") == {
        b"v": b"1",
        b"a": b"rsa-sha256",
        b"b": b"ab\r\n cd=",
    }


@pytest.mark.parametrize("text", [b";", b"v", b"v=1;;a=b", b"1v=1", b"=1", b"v v=1", b"v=1;\xe9=2", b"v=1; x;"])
def test_what_is_no_list_is_malformed(text):
    with pytest.raises(Malformed) as error:
        parse_tags(text)
    assert error.value.key == "dkim-malformed-tags"


def test_a_tag_given_twice_is_malformed_even_with_one_value():
    with pytest.raises(Malformed) as error:
        parse_tags(b"v=1; d=a.example; d=a.example")
    assert error.value.key == "dkim-malformed-duplicate-tag"


@pytest.mark.parametrize(
    ("text", "emptied"),
    [
        (b" v=1; b=abc; bh=xyz", b" v=1; b=; bh=xyz"),
        (b" v=1; b = ab\r\n c ; bh=b=", b" v=1; b =; bh=b="),
        (b"b=abc\r\n", b"b="),
        (b" bh=b; h=b:c; b=abc;\r\n", b" bh=b; h=b:c; b=;\r\n"),
    ],
)
def test_only_the_value_of_b_and_its_white_space_goes(text, emptied):
    assert without_signature(text) == emptied


@given(st.binary(max_size=80) | st.text("vb=; \r\n\ta1", max_size=40).map(str.encode))
def test_any_bytes_are_a_list_or_malformed(text):
    try:
        tags = parse_tags(text)
    except Malformed:
        return
    assert all(value == value.strip(b" \t\r\n") and b";" not in value for value in tags.values())


def test_the_usual_names_are_names() -> None:
    assert all(tags._NAME.fullmatch(name) for name in tags._USUAL)
