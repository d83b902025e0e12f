"""A reporter's way through the desk, in a real browser."""

import re

import pytest
from browser_visit import Visit
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_from_the_link_to_a_contradicted_document_and_its_evidence(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.link)
    expect(page.get_by_role("heading", level=1)).to_have_text("What is in here, and what can be vouched for")
    first = page.locator(".first > li").first
    expect(first).to_contain_text("Differs from a signed copy")
    first.get_by_role("link").first.click()
    evidence = page.get_by_role("complementary", name="Evidence")
    expect(evidence.get_by_role("heading", level=2)).to_contain_text("Differs from a signed copy")
    expect(evidence).to_contain_text("How could this be innocent?")
    expect(page.locator(".text del").first).to_be_visible()
    expect(page.locator(".text ins").first).to_be_visible()
    page.get_by_role("searchbox").fill("grade:contradicted acompte")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name="Acompte").first.click()
    page.get_by_role("link", name="see that copy").click()
    expect(page.get_by_role("complementary", name="Evidence")).to_contain_text(
        "Unchanged since horizon2017.example signed it"
    )
    assert visit.strayed == []
    assert visit.console == []


def test_search_narrow_and_open(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.link)
    page.get_by_role("searchbox").fill("facture")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator("mark").first).to_have_text(re.compile("facture", re.IGNORECASE))
    page.get_by_role("complementary", name="Narrow down").get_by_role("link", name=re.compile("pdf")).click()
    expect(page.get_by_role("list", name="Chosen")).to_contain_text("pdf")
    assert "q=facture" in page.url
    page.get_by_role("link", name="newest first").click()
    page.locator(".hits .title").first.click()
    expect(page.get_by_role("complementary", name="Evidence")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("link", name="newest first")).to_have_attribute("aria-current", "true")
    assert visit.strayed == []
    assert visit.console == []


def test_hostile_words_stay_words(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.link)
    page.get_by_role("searchbox").fill("subject:owned")
    page.get_by_role("searchbox").press("Enter")
    page.locator(".hits .title").first.click()
    expect(page.locator(".text")).to_contain_text("<script>document.title = 'owned'</script>")
    assert page.title() != "owned"
    assert page.locator("main img, main script, main iframe").count() == 0
    assert visit.strayed == []
    assert visit.console == []


def test_the_policy_stops_what_a_template_might_let_through(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.link)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=https://evil.example/x.png>')")
    page.wait_for_timeout(300)
    assert any("Content Security Policy" in line for line in visit.console)
    assert page.evaluate("document.querySelector('img').naturalWidth") == 0


def test_by_keyboard_alone(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.link)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.closest('main') !== null")
    assert focused, "after the skip link, the next stop lies in the content"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_the_language_switch_keeps_the_page(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.link)
    page.get_by_role("link", name="Ledger").click()
    address = page.url
    page.get_by_role("button", name="Français").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tout ce qui est listé est compté")
    assert page.url == address
    assert page.locator("html").get_attribute("lang") == "fr"


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_and_can_be_read(visit: Visit, width: int, scheme: str) -> None:
    page = visit.page
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(visit.link)
    case = page.url
    document = page.locator(".first a").first.get_attribute("href") or ""
    for path in (
        "",
        "search/?q=facture",
        "search/?q=(x",
        "search/?q=zzzzz",
        "ledger/",
        "ledger/read/",
        "keys/",
        "words/",
        document,
    ):
        page.goto(visit.base.rstrip("/") + path if path.startswith("/") else case + path)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} is {wide} px too wide"
        assert page.evaluate(PALE) == [], path


def test_the_original_downloads_after_a_warning(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.link)
    page.locator(".first a").first.click()
    identity = page.url.rstrip("/").rpartition("/")[2]
    page.get_by_text("Check it yourself").click()
    page.get_by_role("link", name="Download the original bytes").click()
    expect(page.locator("main")).to_contain_text("These bytes come from strangers")
    with page.expect_download() as started:
        page.get_by_role("button", name="Download the original bytes").click()
    assert started.value.suggested_filename == f"{identity[:16]}.eml.txt"


PALE = """() => {
  // WCAG 2.1 contrast (§1.4.3) of every run of text against the nearest painted background.
  const light = c => { const [r, g, b] = c.map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const parse = s => (s.match(/[\\d.]+/g) || []).map(Number);
  const ground = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || c[3] > 0.99) return c.slice(0, 3); } return [255, 255, 255]; };
  const bad = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n; n = walk.nextNode();) {
    const e = n.parentElement;
    if (!n.data.trim() || !e.checkVisibility() || e.closest('.apart, .skip, svg')) continue;
    const a = light(parse(getComputedStyle(e).color).slice(0, 3)), b = light(ground(e));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) bad.push(n.data.trim().slice(0, 40) + ' ' + ratio.toFixed(2));
  }
  return bad;
}"""
"""Texts whose contrast is under AA."""
