"""The quick ways to words against the expressions that define them."""

import re

from hypothesis import given
from hypothesis import strategies as st

from crible.assess.tokens import _LINK, _SAME, _words, plain_words, unquoted, words
from crible.assess.verbatim import whole

_WORD = re.compile(r"\S*[^\W_]\S*")
_PREFIX = re.compile(r"^[ \t]*(?:[>|][ \t]?)+")

texts = st.text(alphabet=" \t>|ab1_-é²\n\r\x0b\x0c\x1c\x1f\x85\u2028\u3000\u200b٣.\xa0", max_size=40) | st.text()


@given(texts)
def test_words_are_runs_without_blanks_that_hold_a_letter_or_digit(text: str) -> None:
    assert words(text) == _WORD.findall(text)
    assert plain_words(text) == [word for line in text.splitlines() for word in _WORD.findall(_PREFIX.sub("", line))]


@given(texts)
def test_only_a_prefix_is_taken_off(line: str) -> None:
    assert unquoted(line) == _PREFIX.sub("", line)


@given(st.lists(st.sampled_from(["no", "yes", "a", "--"]), max_size=6), st.lists(st.text("noyesa- >", max_size=20)))
def test_a_whole_text_is_quoted_where_its_words_follow_in_order(own: list[str], quotes: list[str]) -> None:
    said = iter([word for quote in quotes for word in plain_words(quote)])
    wanted = plain_words(" ".join(own))
    assert whole(" ".join(own), quotes) == (len(wanted), all(word in said for word in wanted))


@given(st.text(alphabet="ab *`<>-+’–, \tmailto:x", max_size=40))
def test_a_line_with_nothing_to_translate_has_the_words_of_its_translation(line: str) -> None:
    assert _words(line) == _LINK.sub(" ", line).translate(_SAME).split()
