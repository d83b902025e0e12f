"""The text over a page's picture in a real browser: it lies on the words, can be copied, and breaks no rule."""

import pytest
from browser_visit import Visit

pytestmark = pytest.mark.browser

BOXES = """() => {
    const box = one => { const b = one.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; };
    const words = [...document.querySelectorAll('.layer tspan')];
    return {
        frames: [...document.querySelectorAll('.layer rect')].map(box),
        words: words.filter(one => /factur/i.test(one.textContent)).map(box),
        picture: box(document.querySelector('.layer')),
        wide: document.documentElement.scrollWidth,
    };
}"""
SELECTED = """() => {
    getSelection().selectAllChildren(document.querySelector('.layer'));
    return getSelection().toString();
}"""


def open_invoice(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.link)
    page.fill("[name=q]", "facture name:pdf")
    page.press("[name=q]", "Enter")
    page.click(".hits a.title >> nth=0")
    page.goto(page.url.replace("?", "?view=pages&", 1))
    for _ in range(10):  # a busy machine may place the words too late for the first visits
        if page.locator("svg.layer").count():
            break
        page.reload()
    page.wait_for_selector("svg.layer")


@pytest.mark.parametrize("width", [1280, 320])
def test_frames_lie_on_the_words_and_these_can_be_copied(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 900})
    open_invoice(visit)
    seen = visit.page.evaluate(BOXES)
    assert len(seen["frames"]) == len(seen["words"]) > 0
    for frame, word in zip(seen["frames"], seen["words"], strict=True):
        middle = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2
        assert frame[0] <= middle[0] <= frame[2]
        assert frame[1] <= middle[1] <= frame[3]
        assert frame[2] - frame[0] == pytest.approx(word[2] - word[0], abs=6)
    assert seen["wide"] <= width
    assert "acture" in visit.page.evaluate(SELECTED)
    visit.page.wait_for_load_state("networkidle")
    assert visit.page.locator(".finds").inner_text().strip()
    assert visit.console == []
    assert visit.strayed == []
