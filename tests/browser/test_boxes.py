"""The pages of boxes and traces in a real browser, at both widths and in both schemes."""

import pytest
from browser_visit import Visit
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_boxes_and_traces_are_reached_and_lead_to_a_mail(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.link)
    page.get_by_role("link", name="Boxes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Whose the boxes seem to be, and what is absent")
    expect(page.locator("main")).to_contain_text("Seems to be the box of camille.rochebrune@horizon2017.example.")
    page.get_by_role("link", name="Traces", exact=True).click()
    page.get_by_role("link", name="the mail").first.click()
    expect(page.locator("main")).to_contain_text("horizom2017.example")
    assert visit.strayed == []
    assert visit.console == []


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_overflows(visit: Visit, width: int, scheme: str) -> None:
    page = visit.page
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(visit.link)
    case = page.url
    for name in ("boxes", "traces"):
        page.goto(f"{case}{name}/")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.console == []
