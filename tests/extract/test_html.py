"""HTML to text: what a reader sees, and nothing takes long."""

import io
import re
import tarfile
import time
from email import message_from_bytes
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from crible.extract import charset, html


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>un</p><p>deux <b>tro</b>is</p>", "un\n\ndeux trois"),
        ("un<br>deux<br><br>trois", "un\ndeux\n\ntrois"),
        ("<div>un</div><div>deux</div>", "un\ndeux"),
        ("  un \n\t deux&nbsp;trois ", "un deux trois"),
        ("a &lt; b &amp; c &eacute;&#8364;&#0;", "a < b & c é€\ufffd"),
        ("a < b, c > d", "a < b, c > d"),
        ("<table><tr><td>HT</td><td>1&nbsp;250</td></tr><tr><td>TVA<td>250</table>", "HT\t1 250\nTVA\t250"),
        ("<ul><li>a<li>b</ul><ol><li>c<li>d</ol>", "- a\n- b\n\n1. c\n2. d"),
        ("<blockquote>a<br>b<blockquote>c</blockquote></blockquote>d", "> a\n> b\n>\n> > c\n> >\nd"),
        ("<pre>a\n  b\n\nc</pre>", "a\n  b\n\nc"),
        ("x<script>if (a<b) '</p>'</script>y<style>p{}</style>z", "xyz"),
        ("a<!-- <p>b --> c<!--[if mso]>d<![endif]-->", "a c"),
        ("<![if !mso]>a<![endif]><!DOCTYPE html><?xml x?>b", "ab"),
        ('<a title="x>y" href=z>lien</a>', "lien"),
        ("<a title='x\">y'>lien</a>", "lien"),
        ('<img src="x.png" alt="Logo &amp; co">mot', "[image: Logo & co] mot"),
        ("<p title=\"jamais fermé>un</p><p>deux</p>", "un\n\ndeux"),
        ("<template>a</template><iframe>b</iframe>c", "c"),
        ("a<wbr>b<SPAN>c</SPAN>", "abc"),
        ("a</!--b-->c</>d", "acd"),
        ('<td <="" td="">a<textarea>b<p>c</textarea>d', "ab<p>cd"),
        ("", ""),
    ],
)  # fmt: skip
def test_text(markup: str, text: str) -> None:
    assert html.read(markup).text == text


def test_title_and_hidden_words() -> None:
    page = html.read(
        "<title>Lettre &amp; avis</title><div style='color:red; display : none'>Aperçu <div>dedans</div> fin</div>vu"
        "<p hidden>caché</p><img style='display:none' alt=pixel>"
    )
    assert (page.title, page.hidden) == ("Lettre & avis", "Aperçu dedans fin caché")
    assert page.text == "vu\n\n[image: pixel]"


def test_remote_references_are_counted_and_links_are_not() -> None:
    page = html.read(
        '<img src="https://m.example/x.png"><img src=//m.example/y><img src="cid:1"><a href="https://m.example">a</a>'
        "<td background='http://m.example/b'><p style=\"background:url( http://m.example/c )\">"
        '<link rel=stylesheet href="https://m.example/s.css">'
        "<style>@import 'https://m.example/t.css'; a{background:url(//m.example/d)}</style><img src='data:x//y'>"
    )
    assert page.remote == 7


@given(st.text("<>/\"'= !-apbrdivtlockqu&;#\n", max_size=200))
def test_any_text_gives_a_page(markup: str) -> None:
    html.read(markup).text.encode()


@given(
    st.lists(st.sampled_from(["<b>", "</b>", "<div>", "</div>", "<p>", "mot", " ", "é", "&amp;", "<br>", "<i a='>'>"]))
)
def test_words_are_those_of_a_parser_that_builds_the_tree(pieces: list[str]) -> None:
    markup = "".join(pieces)
    assert letters(html.read(markup).text) == letters(LexborHTMLParser(f"<body>{markup}").body.text())


def letters(text: str) -> list[str]:
    return re.findall(r"\w", text)


PIECES = [
    *("<div>", '<a "', "<a ='\"", "<a <", "<!--", "<", "<a =", '<a ="', "<script>", '<a x="<a x=\'<', "a<td>", "<td>"),
    *("<blockquote><br>", "<style>url(", "<p hidden>", "<pre>\n", "<!", "</", "<ol><li>", "<img alt= ", "&", "&#"),
]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_no_markup_takes_long(piece: str) -> None:
    """Building the tree of 100,000 nested <div> takes ten seconds; the text does not need it."""
    began = time.process_time()
    page = html.read(piece * 100_000)
    assert time.process_time() - began < 1.5
    assert len(page.text) <= 8 * len(piece) * 100_000


@pytest.mark.corpora
def test_words_of_real_mails_are_those_of_a_parser_that_builds_the_tree(corpora: Path) -> None:
    """Hidden words, names of pictures and numbers of lists set aside; a tree moves stray text out of tables."""
    same = other = 0
    with tarfile.open(corpora / "phishing.tar.xz") as tar:
        for index, member in enumerate(tar):
            if index % 3 or not member.name.endswith(".eml"):
                continue
            message = message_from_bytes((tar.extractfile(member) or io.BytesIO()).read())
            for part in message.walk():
                if part.get_content_type() == "text/html":
                    body = part.get_payload(decode=True) or b""
                    markup, _ = charset.decode(body, part.get_content_charset() or charset.sniff(body))
                    agree = sorted(seen_by_us(markup)) == sorted(seen_by_tree(markup))
                    same, other = same + agree, other + (not agree)
    assert same > 200
    assert other == 0


def seen_by_us(markup: str) -> list[str]:
    return letters(html.read(bare(markup)).text)


def seen_by_tree(markup: str) -> list[str]:
    tree = LexborHTMLParser(bare(markup))
    tree.strip_tags(["script", "style", "template", "noembed", "noframes", "iframe", "object", "title"])
    return letters(tree.root.text())


def bare(markup: str) -> str:
    """Without what only one of the two takes account of."""
    markup = re.sub(r"(?i)<(?:img|ol)\b", "<x", markup)
    return re.sub(r"(?i)display\s*:\s*none|mso-hide|\shidden\b", " shown", markup)
