"""Review by hand and by key, in a real browser."""

import re

import pytest
from browser_visit import Visit
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
SELECT = """() => {
  const text = document.querySelector(".sheet .text");
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let node = walker.nextNode();
  while (node && node.textContent.trim().length < 12) node = walker.nextNode();
  const at = node.textContent.search(/\\S/);
  getSelection().setBaseAndExtent(node, at, node, at + 10);
  return getSelection().toString();
}"""


# Selected and typed in one task: the browser has not told of the selection yet.
SELECT_AND_NOTE = f"""() => {{
  const words = ({SELECT})();
  document.dispatchEvent(new KeyboardEvent("keydown", {{ key: "n", bubbles: true }}));
  return words;
}}"""


def queue_of_three(page: Page, base: str) -> None:
    """Three mails that need explaining, put to be verified from their list."""
    page.get_by_role("link", name="Queue").click()
    page.get_by_role("complementary", name="Queues").get_by_role("link", name=re.compile("To explain")).click()
    for box in page.get_by_role("checkbox").all()[:3]:
        box.check()
    page.get_by_label("State").select_option("to-verify")
    page.get_by_role("button", name="Set", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("State of 3 documents: to verify.")
    page.get_by_role("complementary", name="Queues").get_by_role("link", name=re.compile("to verify")).click()


def awake(page: Page) -> None:
    """The islands listen: they have written the line of keys at the foot."""
    expect(page.locator("#keys-here")).to_be_visible()


def test_open_tag_note_next_and_undo_by_key(visit: Visit) -> None:
    page, keys = visit.page, visit.page.keyboard
    page.goto(visit.link)
    queue_of_three(page, visit.base)
    expect(page.get_by_role("heading", level=1)).to_have_text("State: to verify")
    awake(page)
    keys.press("j")
    said = page.locator("#review-told")
    expect(page.locator(".beside-turn")).to_contain_text("1 of 3")
    awake(page)
    first = page.url

    keys.press("t")
    keys.type("Salle")
    keys.press("Enter")
    expect(said).to_contain_text("Tagged “Salle”.")
    expect(page.get_by_role("list", name="Tags")).to_contain_text("Salle")

    page.locator("h1").click()
    words = page.evaluate(SELECT)
    keys.press("n")
    expect(page.locator("#note-passage")).to_have_value(words.strip())
    keys.type("Qui le dit ?")
    page.get_by_role("button", name="Keep the note").click()
    expect(said).to_contain_text("Note on the passage kept.")
    expect(page.get_by_role("region", name="Notes").get_by_role("blockquote")).to_have_text(words.strip())
    page.wait_for_function("CSS.highlights.get('noted')?.size === 1", timeout=5_000)

    page.locator("h1").click()
    keys.press("c")
    expect(page.get_by_role("button", name="cleared")).to_have_attribute("aria-pressed", "true")
    keys.press("j")
    page.wait_for_url(lambda url: url != first)
    expect(page.locator(".beside-turn")).to_contain_text("1 of 2")
    awake(page)

    keys.press("z")
    expect(said).to_contain_text("Undone: State: cleared.")
    said.get_by_role("link", name="See that document").click()
    expect(page.get_by_role("button", name="to verify")).to_have_attribute("aria-pressed", "true")
    assert visit.strayed == []
    assert visit.console == []


def test_a_quick_key_takes_what_is_selected_with_it(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.link)
    queue_of_three(page, visit.base)
    page.get_by_role("link", name="Begin with the first").click()
    awake(page)
    words = page.evaluate(SELECT_AND_NOTE)
    assert words.strip()
    expect(page.locator("#note-text")).to_be_focused()
    expect(page.locator("#note-passage")).to_have_value(words.strip())


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_nothing_overflows(visit: Visit, width: int, scheme: str) -> None:
    page = visit.page
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(visit.link)
    queue_of_three(page, visit.base)
    page.set_viewport_size({"width": width, "height": 900})
    queue = page.url
    page.get_by_role("link", name="Begin with the first").click()
    for act in ("note", "assign", "decide"):
        page.locator(f"#{act}-act > summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    slug = queue.split("/")[3]
    for path in ("queue/", "log/", "decisions/", "tags/"):
        page.goto(f"{visit.base}{slug}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert visit.console == []
