"""The overview and the ledger in a real browser."""

import re

import pytest
from browser_visit import Visit
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_more_findings_open_without_a_page(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.link)
    hidden = page.locator("details .first > li").first
    expect(hidden).to_be_hidden()
    page.get_by_text(re.compile("more findings")).click()
    expect(hidden).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_ledger_goes_down_to_a_line(visit: Visit, width: int) -> None:
    page = visit.page
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(visit.link)
    page.goto(page.url + "ledger/")
    page.get_by_role("link", name=re.compile(r"terrain\.zip$")).click()
    expect(page.locator("main")).to_contain_text("165 in, 165 out")
    page.get_by_role("link", name="its line").first.click()
    expect(page.locator("main")).to_contain_text("How its reader was walled in")
    for path in ("", "read/", "read/?path=leak/boites/terrain"):
        page.goto(re.sub(r"ledger/.*", f"ledger/{path}", page.url))
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, path
