"""HTML and text wrapped in RTF."""

from hypothesis import given
from hypothesis import strategies as st

from crible.intake.outlook.encapsulated import unwrapped

HEAD = rb"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fcharset204 Arial;}}"


def test_markup_and_text_come_out_and_what_is_for_rtf_readers_does_not():
    rtf = (
        HEAD + rb"{\*\generator Schmoutlook;}{\*\htmltag64 <html><body>}\htmlrtf {\htmlrtf0 {\*\htmltag84 <b>}"
        rb"\htmlrtf {\b\htmlrtf0 400 \'80, \u233?t\'e9 {\*\htmltag241 &lt;}x\htmlrtf }\htmlrtf0{\*\htmltag92 </b>}"
        rb"{\*\mhtmltag84 <img src='cid:x'>}\line\tab {\*\htmltag0 \par </body>}\htmlrtf }\htmlrtf0 }"
    )
    kind, html = unwrapped(rtf)
    assert kind == "html"
    assert html == "<html><body><b>400 €, été &lt;x</b>\r\n\t\r\n</body>"


def test_the_font_tells_the_code_page_of_text_but_not_of_markup():
    rtf = HEAD + rb"\htmlrtf {\f1\htmlrtf0 \'c0{\*\htmltag84 <i title='\'e9'>}\htmlrtf }\htmlrtf0 \'c0}"
    assert unwrapped(rtf) == ("html", "А<i title='é'>À")


def test_two_bytes_of_one_character_come_as_two_escapes():
    assert unwrapped(rb"{\rtf1\ansi\ansicpg932\fromhtml1 \'8a\'94\'8e\'ae}")[1] == "株式"


def test_surrogates_written_one_by_one_make_one_character():
    assert unwrapped(rb"{\rtf1\fromhtml1 \uc1\u-10179?\u-8704?}")[1] == "😀"
    assert unwrapped(rb"{\rtf1\fromhtml1 \u-10179?x}")[1] == "\ufffdx"


def test_plain_text_comes_out_with_its_lines():
    assert unwrapped(rb"{\rtf1\ansi\fromtext \deff0{\fonttbl{\f0 Arial;}}Bonjour,\par le budget \{ici\}\par }") == (
        "text", "Bonjour,\r\nle budget {ici}\r\n",
    )  # fmt: skip


def test_genuine_rtf_is_left_alone():
    assert unwrapped(rb"{\rtf1\ansi\deff0 Bonjour \fromhtml1}") != ("", "")  # the mark may stand among the first ten
    assert unwrapped(rb"{\rtf1\ansi {\fonttbl{\f0 a;}}\pard\plain\f0\fs20 Bonjour\par \fromhtml1}") == ("", "")
    assert unwrapped(b"") == unwrapped(b"\\fromhtml1") == ("", "")


@given(
    st.lists(
        st.sampled_from(
            [b"{", b"}", b"\\htmlrtf", b"\\*\\htmltag1 ", b"\\'e9", b"\\u233?", b"\\bin9 ", b"a", b"\\uc99 "]
        )
    )
)
def test_any_tokens_end(tokens):
    text = unwrapped(b"{\\rtf1\\fromhtml1 " + b"".join(tokens))[1]
    text.encode()


def test_depth_and_length_cost_no_more_than_they_must():
    assert unwrapped(b"{\\rtf1\\fromhtml1 " + b"{" * 200_000 + b"x" + b"}" * 200_000 + b"y")[1].endswith("y")
    assert len(unwrapped(b"{\\rtf1\\fromhtml1 " + b"\\" * 300_000)[1]) == 150_000
