"""Words altered after signing, found again from other copies of the passage or by small edits of figures."""

import base64
import quopri

import pytest

from crible.proof.repair.recipes.words import differences, variants

HEAD = (
    b"From: Ana Castel <ana@press.example>\r\nTo: Bo Lind <bo@desk.example>\r\nSubject: the hall\r\n"
    b"Date: Thu, 20 Apr 2017 09:30:00 +0200\r\nMessage-ID: <1@press.example>\r\nMIME-Version: 1.0\r\n"
)
TEXT = (
    "Hello Bo,\r\n\r\nwe agreed with the owner of the hall on 1 500 euros for both evenings,\r\n"
    "heating not included. Please do not mention the café before Friday, and bring\r\n"
    "the signed contract along.\r\n\r\nAna\r\n"
)
QUOTE = (
    "Thank you Ana!\n> we agreed with the owner of the hall on 1 500 euros for both\n> evenings, heating not included. "
    "Please do not mention the café\n> before Friday, and bring the signed contract along.\n"
)


def plain(text: str, encoding: str) -> bytes:
    data = text.encode()
    if encoding == "quoted-printable":
        data = quopri.encodestring(data.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    if encoding == "base64":
        data = base64.encodebytes(data).replace(b"\n", b"\r\n")
    kind = f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return HEAD + kind.encode() + data


def alternative(text: str) -> bytes:
    html = "<p>" + text.strip().replace("\r\n", "<br>\r\n") + "</p>\r\n"
    return (
        HEAD
        + (
            'Content-Type: multipart/alternative; boundary="b1"\r\n\r\n--b1\r\n'
            "Content-Type: text/plain; charset=utf-8\r\n\r\n"
            f"{text}\r\n--b1\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}\r\n--b1--\r\n"
        ).encode()
    )


@pytest.mark.parametrize("encoding", ["8bit", "quoted-printable", "base64"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1 500 euros", "15 000 euros"),
        ("do not mention", "do mention"),
        ("the owner", "the brother of the owner"),
        ("before Friday", "after Monday"),
        ("signed contract", "contract"),
    ],
)
def test_a_passage_quoted_elsewhere_gives_back_what_was_signed(mend, encoding, old, new):
    forged = plain(TEXT.replace(old, new), encoding)
    mended = mend(
        plain(TEXT, encoding), lambda message: message[: -len(plain(TEXT, encoding))] + forged, passages=(QUOTE,)
    )
    assert mended.said.whole
    assert not mended.said.neutral
    (step,) = mended.said.steps
    assert step.words
    assert step.changing
    assert "café before Friday" in " ".join(mended.said.text.split()) or old == "before Friday"
    assert " ".join(TEXT.split()) == " ".join(mended.said.text.split())


def test_two_alterations_at_once_and_in_both_forms_of_the_text(mend):
    forged = TEXT.replace("1 500", "15 000").replace("do not mention", "do mention")
    original = alternative(TEXT)
    mended = mend(original, lambda message: message[: -len(original)] + alternative(forged), passages=("Noise.", QUOTE))
    assert mended.said.whole
    (step,) = mended.said.steps
    assert "on 15 000" in step.stored
    assert "on 1 500" in step.signed
    assert "do mention" in step.stored
    assert "do not mention" in step.signed


@pytest.mark.parametrize(
    ("old", "new"), [("1 500", "15 000"), ("1 500", "1 600"), ("1 500", "5 100"), ("1 500", "1.500"), ("1 500", "1500")]
)
def test_a_figure_is_found_without_any_other_copy(mend, old, new):
    original = alternative(TEXT)
    mended = mend(original, lambda message: message.replace(old.encode(), new.encode()))
    assert mended.said.whole
    (step,) = mended.said.steps
    assert (step.name, step.words) == ("figure-replaced", True)
    assert (step.stored, step.signed) == (f"on {new} euros", f"on {old} euros")


def test_words_that_nothing_else_tells_are_not_guessed(mend):
    mended = mend(
        plain(TEXT, "8bit"), lambda message: message.replace(b"the owner", b"the mayor"), passages=("Other words.",)
    )
    assert mended.said.headers
    assert not mended.said.body
    assert mended.message is None
    assert mended.said.steps == ()


def test_words_are_sought_below_a_footer_too(mend):
    footer = b"____________________\r\nHall mailing list\r\n"
    mended = mend(plain(TEXT, "8bit"), lambda message: message.replace(b"1 500", b"15 000") + footer, passages=(QUOTE,))
    assert mended.said.whole
    assert [step.words for step in mended.said.steps] == [False, True]


def test_differences_ignore_wrapping_and_quotation_marks():
    assert differences(TEXT, QUOTE) == []
    assert [change.by for change in differences(TEXT.replace("Friday", "Monday"), QUOTE)] == ["Friday,"]


def test_passages_of_many_like_words_take_no_quadratic_time():
    differences("a b " * 20_000, "b a " * 20_000)
    differences("a " * 40_000, "a " * 39_999 + "b")


def test_variants_of_a_figure():
    found = list(variants("1500"))
    assert len(found) == len(set(found))
    assert "1500" not in found
    assert {"15000", "1 500", "1.500", "1600", "150", "5100"} <= set(found)
