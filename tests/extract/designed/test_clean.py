"""What is left of hostile HTML: words, and nothing that runs, leads anywhere or is fetched."""

import re
import sys
import time
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "web"))
from hostile_html import HOSTILE

from crible.extract.designed import styles
from crible.extract.designed.clean import ATTRIBUTES, TAGS, again, cleaned, targets
from crible.model.errors import Unreadable


class Read(HTMLParser):
    """Elements and attributes that are not in the lists."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.odd: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set())
        if tag not in TAGS:
            self.odd.append(tag)
        self.odd += [f"{tag} {name}" for name, _ in attrs if name not in allowed]
        self.odd += [
            f"{name}={value}" for name, value in attrs if name == "src" and not (value or "").startswith("data:")
        ]
        self.odd += [
            str(value) for name, value in attrs if name == "style" and re.search(r"url|\\|/\*|pos", value or "")
        ]


def through(markup: str) -> str:
    """As the desk shows it, without any picture of its own."""
    return again(cleaned(markup, lambda _: None)[0], lambda _: None)


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_but_what_the_lists_allow_is_left(name: str) -> None:
    assert Read(through(HOSTILE[name])).odd == []


@pytest.mark.parametrize(
    "name", sorted(HOSTILE.keys() - {"math", "mtext", "prefetch", "srcset", "cid", "unclosed", "media"})
)
def test_its_words_stay(name: str) -> None:
    assert "words" in through(HOSTILE[name])


@pytest.mark.parametrize("name", HOSTILE)
def test_read_again_it_means_the_same(name: str) -> None:
    """What a browser reads back is what was written: no mutation by a second parse."""
    once = through(HOSTILE[name])
    assert again(once, lambda _: None) == once


def test_a_child_that_was_taken_over_changes_nothing() -> None:
    markup = (
        '<a href="https://evil.example">x</a><img src="https://evil.example/x"><script>1</script><p onclick="x()">y</p>'
    )
    assert again(markup, lambda _: None) == "<a>x</a><img><p>y</p>"


def test_a_link_keeps_its_words_and_says_where_it_would_lead() -> None:
    made, _ = cleaned(
        '<a href="https://a.example/?b=1&amp;c=2" title="https://bank.example">Our <b>bank</b></a>', lambda _: None
    )
    assert made == '<a title="https://a.example/?b=1&amp;c=2">Our <b>bank</b></a>'
    (one,), more = targets(made, 5)
    assert (one.words, one.address, more) == ("Our bank", "https://a.example/?b=1&c=2", 0)


def test_a_title_cannot_pose_as_an_address() -> None:
    assert cleaned('<a title="https://bank.example">x</a>', lambda _: None)[0] == "<a>x</a>"


def test_links_beyond_the_first_are_counted() -> None:
    made, _ = cleaned("<a href=https://a.example/>x</a>" * 7, lambda _: None)
    found, more = targets(made, 5)
    assert (len(found), more) == (5, 2)


@pytest.mark.parametrize(
    "style",
    ["display:none", "DISPLAY : NONE", "visibility:hidden", "font-size:1px", "opacity:0", "mso-hide:all",
     "text-indent:-999px", "color:transparent", "max-height:0;overflow:hidden", "dis/**/play:none"],
)  # fmt: skip
def test_what_a_mail_hides_is_shown_and_framed(style: str) -> None:
    made, hidden = cleaned(f'<p style="{style}">secret</p>', lambda _: None)
    assert hidden == 1
    assert again(made, lambda _: None) == f'<p style="{styles.MARK}">secret</p>'


@pytest.mark.parametrize(
    "style", ["color:#333", "font-size:12px", "margin:0 auto", "font-family:arial,sans-serif", "width:0.5em"]
)
def test_ordinary_styles_stay(style: str) -> None:
    assert styles.plain(style) == (style, False)


@pytest.mark.parametrize(
    "style",
    ["position:fixed", "margin-left:-900px", "z-index:9", "opacity:.5", "background:url(x)", "color:var(--x)",
     "width:calc(1px)", "outline:9px solid", "direction:rtl", "transform:scale(0)", "color:re\\64", "line-height:0"],
)  # fmt: skip
def test_what_moves_covers_or_fetches_goes(style: str) -> None:
    assert styles.plain(style)[0] in ("", styles.MARK)


def test_marks_that_turn_the_text_are_made_visible() -> None:
    assert through("a\u202eb &#x2066;c") == "a[U+202E]b [U+2066]c"


@pytest.mark.parametrize(
    "piece", ["<div>", "<b><i>", "<blockquote>", "<table><tr><td>", "<a href=x>", "<svg><p>", "<font x='"]
)
def test_markup_nested_without_end_is_refused_or_read_in_time(piece: str) -> None:
    before = time.perf_counter()
    with suppress(Unreadable):
        through(piece * (300_000 // len(piece)))
    assert time.perf_counter() - before < 5


@pytest.mark.parametrize(
    "markup", ["<div></p>" * 5_000, "<div>" * 5_000, "<p " + "a='1' " * 50_000 + ">", "<svg/onload=1>", "a < b", "</p>"]
)
def test_what_nh3_cannot_have_written_is_refused_before_it_is_read_again(markup: str) -> None:
    with pytest.raises(Unreadable):
        again(markup, lambda _: None)


def test_pictures_are_those_that_were_asked_for() -> None:
    made, _ = cleaned(
        '<img src="cid:a" alt="A"><img src="cid:b"><img src="https://x.example/">',
        lambda a: "cid:0" if a == "cid:a" else None,
    )
    assert made == '<img src="cid:0" alt="A"><img><img>'
    assert again(made, lambda a: "data:image/png;base64,AA==" if a == "cid:0" else None).startswith('<img src="data:')
