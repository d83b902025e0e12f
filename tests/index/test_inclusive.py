"""Which mails it is enough to read."""

import re

from hypothesis import given
from hypothesis import strategies as st

from crible.index.inclusive import bare, contains

FIRST = "Bonjour,\nla salle est réservée pour le 18 mars.\n\n-- \nHélène\n"


def test_an_answer_below_or_above_its_quote_holds_it() -> None:
    assert contains(
        "Merci !\n\nLe 14 mars, Hélène a écrit :\n> Bonjour,\n> la salle est réservée pour le 18 mars.\n", FIRST
    )
    assert contains("> Bonjour,\n> la salle est réservée\n> pour le 18 mars.\n>\n> --\n> Hélène\n\nParfait.", FIRST)


def test_a_word_less_or_other_is_not_held() -> None:
    assert not contains("> Bonjour,\n> la salle est réservée pour le 19 mars.\n", FIRST)
    assert not contains("> la salle est réservée pour le 18 mars.\nMerci", FIRST)
    assert not contains("Bonjour,\nla salle (je coupe) est réservée pour le 18 mars.", FIRST)
    assert not contains("Bonjour, la salle est réservée pour le 18 marsouin.", FIRST)


def test_an_empty_mail_is_in_none() -> None:
    assert not contains("Bonjour", "")
    assert not contains("Bonjour", "\n> \n")


@given(st.text(alphabet="abc >|\n-", max_size=60), st.text(alphabet="abc >|\n-", max_size=60))
def test_a_quote_of_all_lines_holds_them(said: str, more: str) -> None:
    quote = "\n".join(f"> {line}" for line in said.split("\n"))
    assert contains(f"{more}\n{quote}\n{more}", said) or not bare(said) or len(said) > 2 * len(quote)


PIECES = st.sampled_from(["Ab", "ab,", "-- ", "--", ">", "> ", "|", "\n", " ", "\n\n", "ẞx", "ss"])
TEXTS = st.lists(PIECES, max_size=14).map("".join)


@given(TEXTS, TEXTS)
def test_the_longest_words_only_spare_work(later: str, earlier: str) -> None:
    signed = [found.start() for found in re.finditer(r"^-- ?$", earlier, re.MULTILINE)]
    forms = [bare(earlier), bare(earlier[: signed[-1]]) if signed else ""]
    plainly = len(earlier) <= 2 * len(later) and any(f and f" {f} " in f" {bare(later)} " for f in forms)
    assert contains(later, earlier) == plainly


@given(TEXTS)
def test_marks_are_taken_off_where_a_line_begins(text: str) -> None:
    plain = re.sub(r"^(?:[ \t]*[>|])+", "", text, flags=re.MULTILINE)
    assert bare(text) == " ".join(plain.casefold().split())
