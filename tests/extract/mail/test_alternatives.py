"""The plain and the HTML version of a mail: honest pairs agree, an edit of one shows (evidence.md H21)."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.extract import html
from crible.extract.mail import alternatives
from crible.extract.mail.alternatives import SHOWN, compare

REST = r"[^\s<>\])]*+"
LINK = re.compile(
    rf"http:/{REST}|https:/{REST}|ftp:/{REST}|mailto:{REST}|file:/{REST}|cid:{REST}|tel:{REST}|callto:{REST}|www\.{REST}"
    r"|<(?:https?:/|ftp:/|mailto:|file:/|cid:|tel:|www\.)[^<>]{0,2000}+>"
    r"|\[\d{1,3}\]|\[(?:image|cid|inline image|logo|photo)?(?::|\s)[^\[\]]{0,200}+\]"
    r"|[\u00ad\u200b-\u200f\u2060\ufeff]"
)
"""What is taken out, said plainly: each scheme where it begins."""
WORD = re.compile(r"[a-z]++[^\W\d_]*+|\d++(?>(?:[.,]\d++)*)|[^\W\d_]++|[€$£%]")
PIECES = st.sampled_from(
    (
        "http:/", "https:/", "ftp:/", "mailto:", "file:/", "cid:", "tel:", "callto:", "www.", "http:", "/", "<", ">",
        "[", "]", "12", "1.250,00", "image:", "s", "h", ":", "é", "ª", "½", "_", "€", "日", "→", ")", ".", "a@m", " ",
        "\n", "\u200b",
    )
)  # fmt: skip


def differ(plain: str, markup: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = compare(plain, html.read(markup).text)
    assert found.compared
    return found.only_plain, found.only_html


def test_an_amount_changed_in_one_version() -> None:
    plain = "Bonjour,\nle solde est de 1 250,00 € au 14/03/2017.\n"
    assert differ(plain, "<p>Bonjour,</p><p>le solde est de <b>1&nbsp;250,00&nbsp;€</b> au 14/03/2017.") == ((), ())
    assert differ(plain, "<p>Bonjour,</p><p>le solde est de <b>1&nbsp;950,00&nbsp;€</b> au 14/03/2017.") == (
        ("250,00",),
        ("950,00",),
    )


@pytest.mark.parametrize(
    ("plain", "markup"),
    [
        ("Voir la page <https://m.example/a?b=1> ici", '<p>Voir <a href="https://m.example/a?b=1">la page</a> ici'),
        ("Voir la page [https://m.example/a] ici", '<p>Voir <a href="https://m.example/a">la page</a> ici'),
        ("<https://m.example/very/long\n/path/12> suite", '<a href="https://m.example/very/long/path/12"></a> suite'),
        ("* un\n* deux", "<ul><li>un<li>deux</ul>"),
        ("1. un\n2. deux", "<ol><li>un</li><li>deux</li></ol>"),
        ("> cité\n> encore\nréponse", "<blockquote>cité<br>encore</blockquote>réponse"),
        ("Total\tHT\n100\t80", "<table><tr><td>Total<td>HT<tr><td>100<td>80</table>"),
        ("*gras* et _souligné_", "<b>gras</b> et <u>souligné</u>"),
        ("[image: logo] Texte", '<img src="cid:1" alt="logo">Texte'),
        ("[cid:image001.png@01D] Texte", '<img src="cid:1">Texte'),
        ("> Anne Roy <\n> a@m.example> :", '> Anne Roy &lt;<a href="mailto:a@m.example">a@m.example</a>&gt; :'),
        ("Anne Roy <a@m.example>", '<a href="mailto:a@m.example">Anne Roy</a>'),
        ("un mot", "<div style='display:none'>Aperçu 12 345</div>un mot"),
        ("ÉTÉ", "été"),
        ("listusrp", "list<br>usrp"),
        ("voir [1] et [2]", "voir et"),
    ],
)  # fmt: skip
def test_what_belongs_to_the_form_makes_no_difference(plain: str, markup: str) -> None:
    assert differ(plain, markup) == ((), ())


def test_numbers_are_kept_first_and_in_order() -> None:
    words = " ".join(f"mot{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(200))
    only, _ = differ(words + " 12 " + words.replace("m", "n") + " 34", "x")
    assert len(only) == SHOWN
    assert [word for word in only if word.isdecimal()] == ["12", "34"]
    assert only[-1] == "34"


def test_a_word_counts_as_often_as_it_stands() -> None:
    assert differ("a b a", "a b") == (("a",), ())


@pytest.mark.parametrize("piece", ["<http://", "[image ", "<a@", "[", "< ", "mailto:", "[1", "www.", "1,", "<>", "a "])
def test_no_text_takes_long(piece: str) -> None:
    began = time.process_time()
    compare(piece * 300_000, piece * 300_000 + "x")
    assert time.process_time() - began < 1.5


@given(st.lists(PIECES, max_size=20).map("".join))
def test_links_are_found_by_their_colon_as_by_their_scheme(text: str) -> None:
    assert alternatives._unlinked(text) == LINK.sub(" ", text)


@given(st.lists(PIECES, max_size=20).map("".join) | st.text(max_size=30).map(str.casefold))
def test_words_of_runs_are_the_words_of_the_text(text: str) -> None:
    runs = alternatives._runs(text)
    assert alternatives._words(runs) == WORD.findall(text)
    assert alternatives._count(runs) == len(WORD.findall(text))
