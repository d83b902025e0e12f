"""The text over a page's picture: words where they stand, frames around what was searched for, and nothing else."""

import re
import time
from datetime import UTC

import pytest
from django.template.loader import render_to_string

from crible.index.syntax import parse
from crible.model.errors import CaseError, Unreadable
from crible.model.examined import OcrWord
from crible.model.placed import PlacedPage, PlacedWord
from crible.sift import asking as asking_module
from crible.sift.asking import Asking
from crible.sift.page_images import _is_placed
from crible.sift.wire import PageAsked, PageMade
from crible.web.queries import layer as layers
from crible.web.queries.finds import Finder
from crible.web.queries.layer import laid
from crible.web.queries.page_text import PageText

HOSTILE = '"onload="alert(1)"></tspan><script>'


def word(text: str, left: int, top: int, turn: int = 0, *, wide: int = 500, high: int = 100) -> PlacedWord:
    return PlacedWord(text, (left, top, left + wide, top + high), turn)


def page(*words: PlacedWord) -> PlacedPage:
    return PlacedPage(7000, 10_000, words)


def sought(query: str, language: str = "fr") -> Finder:
    return Finder(parse(query, UTC), language)


def test_the_same_analysis_as_in_the_text_finds_stems_accents_and_phrases() -> None:
    found = laid(page(word("Les", 0, 0), word("FACTURÉES,", 600, 0), word("payees", 0, 200)), sought("facturée"))
    assert found.finds == 1
    assert found.frames == ((588, 0, 524, 112),)
    assert laid(page(word("payees", 0, 200)), sought("payées")).finds == 1
    assert laid(page(word("payées", 0, 200)), sought("receipt", "en")).finds == 0


def test_a_find_over_a_line_s_end_has_a_frame_in_each_and_counts_once() -> None:
    words = word("Total", 6000, 0), word("TTC", 100, 200), word("Total", 100, 400), word("HT", 700, 400)
    found = laid(page(*words), sought('"total ttc"'))
    assert (found.finds, len(found.frames)) == (1, 2)
    assert found.frames[1][:2] == (88, 188)


def test_nothing_was_searched_for_in_the_text() -> None:
    assert laid(page(word("Total", 0, 0)), None).finds is None
    assert laid(page(word("Total", 0, 0)), sought("from:ada")).finds is None
    assert laid(page(word("Total", 0, 0)), sought("-total")).finds is None
    assert laid(page(word("Total", 0, 0)), sought("absent")).finds == 0


@pytest.mark.parametrize(("turn", "x", "y"), [(0, 1000, 2080), (1, 2000, -1020), (2, -1500, -2020), (3, -2100, 1480)])
def test_each_line_has_its_own_axis(turn: int, x: int, y: int) -> None:
    """500 wide and 100 high from (1000, 2000): as read by who turns the page until the word stands upright."""
    box = (1000, 2000, 1500, 2100)
    line = laid(page(PlacedWord("mot", box, turn)), None).lines[0]
    assert (line.angle, line.words[0].x) == (90 * turn, x)
    low = {0: box[3], 1: -box[0], 2: -box[1], 3: box[2]}[turn]
    assert line.y == low - line.size // layers.DESCENT
    assert line.words[0].length == (500 if turn % 2 == 0 else 100)


def test_words_read_leftwards_begin_at_their_right_end() -> None:
    line = laid(page(word("שלום", 1000, 0), word("15", 400, 0)), None).lines[0]
    assert [(one.x, one.leftwards) for one in line.words] == [(1500, True), (400, False)]


def rendered(found: layers.Layer) -> str:
    class Dossier:
        id = "0" * 64

    class Served:
        slug = "0" * 8

    context = {"layer": found, "drawn": {"number": 1, "view": "page"}, "dossier": Dossier(), "served": Served()}
    return render_to_string("desk/document/layer.html", context)


def test_hostile_words_stay_text() -> None:
    html = rendered(laid(page(word(HOSTILE, 12_00, 0), word("}}{%", 0, 500)), sought("onload")))
    assert "<script" not in html
    assert 'onload="' not in html
    assert "&lt;script&gt;" in html
    assert 'x="1200"' in html, "numbers of an attribute are not written as a language writes them"
    assert not re.search(r"style=|\son\w+=\"", html)


@pytest.mark.parametrize(
    "changed",
    [
        page(word("a b", 0, 0)),
        page(word("", 0, 0)),
        page(word("x" * 201, 0, 0)),
        page(word("a\u202eb", 0, 0)),
        page(word("a", 6900, 0)),
        page(word("a", -1, 0)),
        page(word("a", 0, 0, wide=0)),
        page(word("a", 0, 0, turn=4)),
        page(*[word("a", 0, 0)] * 4001),
        PlacedPage(0, 10),
        PlacedPage(10, 10_001),
    ],
)
def test_a_child_that_was_taken_over_is_not_believed(changed: PlacedPage) -> None:
    assert not _is_placed(PageMade(placed=changed))
    assert not _is_placed(PageMade())
    assert _is_placed(PageMade(placed=page(word("a", 0, 0))))


def test_recognised_words_stand_in_for_a_page_without_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    words = (OcrWord("Fac\u202eture", 90, (100, 200, 300, 250)), OcrWord("@@", 12, (0, 0, 10, 10)))
    monkeypatch.setattr(layers, "placed_page", lambda *_: page())
    monkeypatch.setattr(layers.Document, "objects", _Rows())
    found = layers.layer(None, 1, "image/png", 1, PageText("", (), 90, words), sought("facture"))
    assert found is not None
    assert [one.text for line in found.lines for one in line.words] == ["Facture"], "unsure ones are in no text either"
    assert found.frames == ((688, 1988, 1424, 524),)
    assert layers.layer(None, 1, "image/png", 1, None, None) is None


class _Rows:
    def select_related(self, _: str) -> "_Rows":
        return self

    def get(self, **_: object) -> None:
        return None


def test_a_page_does_not_wait_longer_than_it_says_and_what_comes_late_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    asking: Asking[PageAsked, PageMade] = Asking("no:entry", PageMade, kept=2)
    monkeypatch.setattr(asking_module, "STARTING", 0.0)
    monkeypatch.setattr(asking, "_ask", lambda *_: time.sleep(0.2) or b"")
    monkeypatch.setattr(asking, "_decoded", lambda _: PageMade(placed=page()))
    asked = PageAsked(0, 1, "application/pdf", 1, 0)
    with pytest.raises(CaseError, match="desk-busy"):
        asking.get("a", asked, lambda: 0, _is_placed, patience=0.02)
    time.sleep(0.5)
    monkeypatch.setattr(asking, "_ask", None)
    assert asking.get("a", asked, lambda: 0, _is_placed, patience=0.02).placed == page()
    monkeypatch.setattr(asking, "_ask", lambda *_: b"")
    with pytest.raises(Unreadable, match="reply-broken"):
        asking.get("b", asked, lambda: 0, lambda _: False)
