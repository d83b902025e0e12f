"""From a document to what stands behind its grade: copies side by side, threads, versions, evidence on paper."""

import re

import pytest
from browser_visit import Visit
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def open_contradicted(visit: Visit) -> Page:
    """The altered mail that the overview names first."""
    page = visit.page
    page.goto(visit.link)
    page.get_by_role("searchbox").fill("grade:contradicted acompte")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name="Acompte").first.click()
    return page


def test_two_copies_side_by_side_difference_by_difference(visit: Visit) -> None:
    page = open_contradicted(visit)
    evidence = page.get_by_role("complementary", name="Evidence")
    expect(evidence.locator(".answer strong")).to_have_count(2)
    page.keyboard.press("e")
    expect(evidence).to_be_focused()
    evidence.get_by_role("link", name="side by side").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Side by side")
    expect(page.locator(".pair")).to_contain_text("Its own signature")
    differences = page.get_by_role("list", name="Differences in order").get_by_role("listitem")
    last = differences.count()
    assert last >= 1
    expect(differences.first).to_contain_text("a number")
    page.keyboard.press("]")
    expect(page.locator("#d1")).to_be_in_viewport()
    assert page.url.endswith("#d1")
    page.keyboard.press("[")
    assert page.url.endswith(f"#d{last}")
    page.keyboard.press("]")
    assert page.url.endswith("#d1")
    page.get_by_role("link", name="Swap the two sides").click()
    expect(page.locator(".pair section").first).to_contain_text("Its own signature")
    assert visit.strayed == []
    assert visit.console == []


def test_both_sides_are_read_on_a_narrow_screen(visit: Visit) -> None:
    page = open_contradicted(visit)
    page.get_by_role("complementary", name="Evidence").get_by_role("link", name="side by side").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Side by side")
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    stored, signed = page.locator("#d1"), page.locator(".bands ins").first
    expect(stored).to_be_visible()
    above, below = stored.bounding_box(), signed.bounding_box()
    assert above
    assert below
    assert above["y"] < below["y"]
    assert visit.console == []


def test_what_a_signature_does_not_cover_lies_outside_of_the_line(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.link)
    page.get_by_role("searchbox").fill("Comme convenu espèces régisseur")
    page.get_by_role("searchbox").press("Enter")
    page.locator(".hits .title").first.click()
    vouched = page.locator(".text .vouched-for")
    expect(vouched).to_contain_text("Bonjour Madame Amsellem")
    expect(vouched).not_to_contain_text("en espèces")
    expect(page.locator(".text")).to_contain_text("en espèces")


def test_a_passage_quoted_in_a_signed_reply_leads_to_it_and_the_thread_says_so(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.link)
    page.get_by_role("searchbox").fill('subject:"Devis clip 90 secondes" kind:mail grade:unattested')
    page.get_by_role("searchbox").press("Enter")
    page.locator(".hits .title").first.click()
    expect(page.locator(".text .quoted")).to_contain_text("Le devis du clip")
    page.get_by_role("link", name="Quoted in a signed mail: which?").first.click()
    expect(page.locator("#by-1")).to_be_in_viewport()
    page.get_by_role("link", name="Who answers and quotes whom").click()
    tree = page.locator(".tree > li")
    expect(tree).to_have_count(3)
    expect(tree.first).to_contain_text(re.compile(r"in a signed answer.*of its \d+ words"))
    indents = [
        page.evaluate("one => parseFloat(getComputedStyle(one).paddingLeft)", one) for one in tree.element_handles()
    ]
    assert indents == sorted(set(indents))
    assert visit.strayed == []
    assert visit.console == []


def test_versions_from_the_list_to_the_difference(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.link)
    page.get_by_role("navigation", name="Case").get_by_role("link", name="Versions").first.click()
    first = page.locator(".hits > li").first
    expect(first).to_contain_text("a number")
    first.locator(".title").click()
    expect(page.locator(".steps-of")).to_contain_text("Since the one before:")
    page.get_by_role("link", name="side by side").first.click()
    expect(page.locator(".bands del").first).to_be_visible()
    assert visit.console == []


def test_the_evidence_fits_on_paper(visit: Visit) -> None:
    page = open_contradicted(visit)
    page.get_by_role("link", name="Evidence on paper").click()
    page.emulate_media(media="print")
    expect(page.get_by_role("searchbox")).to_be_hidden()
    expect(page.get_by_text("How could this be innocent?").first).to_be_visible()
    width = 178 / 25.4 * 96
    page.set_viewport_size({"width": int(width), "height": 1000})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
