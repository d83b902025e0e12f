"""Search by hand: draw over the chart, or go by the arrow keys; read on with the list beside the document."""

import pytest
from browser_visit import Visit
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.browser


def ask(visit: Visit, query: str) -> Locator:
    """The bars of what a query finds."""
    page = visit.page
    page.goto(visit.link)
    page.locator("[role=search] input").fill(query)
    page.locator("[role=search] input").press("Enter")
    page.wait_for_url("**/search/?q=*")
    return page.locator("svg[data-brush] a")


def test_a_span_is_drawn_read_and_let_go(visit: Visit) -> None:
    page, bars = visit.page, ask(visit, "budget")
    expect(bars).to_have_count(4)
    box = page.locator("svg[data-brush]").bounding_box()
    assert box
    width, middle = box["width"] / 4, box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 1.5 * width, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + 2.5 * width, middle, steps=5)
    page.mouse.up()
    page.wait_for_url("**&in=date%3A2017-02..2017-03")
    expect(page.locator("svg[data-brush] a.chosen")).to_have_count(2)
    page.get_by_label("Chosen").get_by_role("link").first.click()
    page.wait_for_url(lambda url: "date" not in url)
    bars.nth(1).click()
    page.wait_for_url("**&in=date%3A2017-02")
    assert visit.strayed == []
    assert visit.console == []


def test_keys_draw_a_span_and_read_on(visit: Visit) -> None:
    page, bars = visit.page, ask(visit, "budget")
    bars.first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("[data-brushed]")).to_have_text("February 2017: 5 – March 2017: 11")
    page.keyboard.press("Enter")
    page.wait_for_url("**&in=date%3A2017-02..2017-03")
    listed = page.url
    page.locator(".hits .title").first.click()
    page.wait_for_url("**/document/**")
    first = page.url
    expect(page.locator(".beside-list li[aria-current]")).to_have_count(1)
    page.keyboard.press("j")
    page.wait_for_url(lambda url: "/document/" in url and url != first)
    page.keyboard.press("k")
    page.wait_for_url(first)
    page.keyboard.press("u")
    page.wait_for_url(listed)
    assert visit.console == []


def test_a_finger_draws_a_span(visit: Visit) -> None:
    page, bars = visit.page, ask(visit, "budget")
    expect(bars).to_have_count(4)
    box = page.locator("svg[data-brush]").bounding_box()
    assert box
    width, middle = box["width"] / 4, box["y"] + box["height"] / 2
    touch = page.context.new_cdp_session(page)
    for kind, place in (("touchStart", 0.5), ("touchMove", 1.2), ("touchMove", 1.6), ("touchEnd", None)):
        points = [] if place is None else [{"x": box["x"] + place * width, "y": middle}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    page.wait_for_url("**&in=date%3A2017-01..2017-02")
