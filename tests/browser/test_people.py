"""People, the picture of who writes to whom, and the timeline, in a real browser."""

import re

import pytest
from browser_visit import Visit
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def said(visit: Visit) -> list[str]:
    """What the console says, but for the software renderer's own remarks on its speed."""
    return [line for line in visit.console if "GPU stall due to ReadPixels" not in line]


def test_the_picture_is_drawn_under_the_policy_and_its_table_says_the_same(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.link)
    page.get_by_role("link", name="People", exact=True).click()
    page.get_by_role("link", name="Who writes to whom, as a picture").click()
    holder = page.locator("[data-graph]")
    expect(holder).to_have_attribute("data-graph-drawn", re.compile(r"\d+"))
    assert int(holder.get_attribute("data-graph-drawn") or 0) > 10
    # Names and points are painted: more than one colour on the sheet, and nothing broke the content policy.
    assert page.evaluate(PAINTED) > 1
    expect(
        page.get_by_role("table").get_by_role("link", name="julien.kervadec@horizon2017.example").first
    ).to_be_visible()
    page.get_by_role("button", name="Nearer").press("Enter")
    page.keyboard.press("0")
    assert said(visit) == []
    assert visit.strayed == []


def test_pressing_an_address_opens_its_page(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.link)
    page.goto(f"{page.url}people/graph/?around=julien.kervadec@horizon2017.example")
    expect(page.locator("[data-graph-drawn]")).to_be_visible()
    box = page.locator(".graph-sheet").bounding_box()
    assert box
    # Points lie where the layout puts them: go over the sheet until one answers.
    for step in range(1, 400):
        x, y = box["x"] + box["width"] * (step % 20) / 20, box["y"] + box["height"] * (step // 20) / 20
        page.mouse.move(x, y)
        if page.locator(".graph-sheet[data-over]").count():
            break
    name = page.locator("[data-graph-said]").inner_text()
    assert "@" in name
    page.mouse.click(x, y)
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_without_webgl_the_page_says_so_and_keeps_its_table(visit: Visit) -> None:
    page = visit.page
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto(visit.link)
    page.goto(f"{page.url}people/graph/")
    expect(page.get_by_text("This browser cannot draw the picture")).to_be_visible()
    expect(page.locator("[data-graph]")).to_be_hidden()
    expect(page.get_by_role("table")).to_be_visible()


def test_the_timeline_is_walked_by_keys_and_keeps_the_case_days(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.link)
    page.get_by_role("link", name="Timeline", exact=True).first.click()
    first = page.locator("svg[data-bars] a").first
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    last = page.locator("svg[data-bars] a").last
    expect(last).to_be_focused()
    expect(last).to_have_attribute("tabindex", "0")
    expect(first).to_have_attribute("tabindex", "-1")
    page.keyboard.press("Enter")
    expect(page.locator(".tl-chosen .hits > li").first).to_be_visible()
    assert "at=2017-04" in page.url
    form = page.locator("form", has=page.get_by_role("button", name="Write it down"))
    form.get_by_label("Day").fill("2017-04-03")
    form.get_by_label("What it is").fill("Débat <b>")
    form.get_by_role("button").click()
    expect(page.locator(".tl-calendar")).to_contain_text("3 April 2017 Débat <b>")
    assert "at=2017-04" in page.url
    assert page.locator("rect.tl-line").count() == 1
    assert said(visit) == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (320, "light")])
def test_nothing_overflows(visit: Visit, width: int, scheme: str) -> None:
    page = visit.page
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(visit.link)
    case = page.url
    for path in ("people/", "people/nadia.amsellem@horizon2017.example/", "people/graph/", "timeline/?at=2017-04-01"):
        page.goto(case + path)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} is {wide} px too wide"
    assert said(visit) == []


PAINTED = """() => {
  // How many colours the layer with the names shows.
  const found = new Set();
  for (const canvas of document.querySelectorAll('.graph-sheet canvas')) {
    const context = canvas.getContext('2d');
    if (!context) continue;
    const data = context.getImageData(0, 0, canvas.width, canvas.height).data;
    for (let at = 0; at < data.length; at += 4)
      if (data[at + 3] > 200) found.add(`${data[at]},${data[at + 1]},${data[at + 2]}`);
  }
  return found.size;
}"""
"""Read from the layer of names: that of points is the graphic card's own."""
