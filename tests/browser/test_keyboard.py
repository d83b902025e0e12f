"""Hands on the keyboard: what keys do, what they leave alone, and how they are turned off."""

import pytest
from browser_visit import Visit
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_keys_reach_the_search_box_and_the_pages(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.link)
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("g l")
    expect(page.get_by_role("searchbox")).to_have_value("g l")
    page.keyboard.press("Tab")
    page.keyboard.press("g")
    page.keyboard.press("l")
    page.wait_for_url("**/ledger/")
    page.keyboard.press("Control+g")
    page.keyboard.press("k")
    assert page.url.endswith("/ledger/"), "with Ctrl held, a key is the browser's"
    page.keyboard.press("g")
    page.keyboard.press("k")
    page.wait_for_url("**/keys/")
    assert visit.console == []


def test_the_list_of_keys_opens_closes_and_catches_nothing_behind_it(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.link)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys of this page")
    expect(dialog).to_contain_text("Search the case")
    expect(dialog).to_contain_text("Ledger")
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    address = page.url
    page.keyboard.press("g")
    page.keyboard.press("l")
    assert page.url == address
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("contentinfo").get_by_role("link", name="Keys of this page").click()
    expect(dialog).to_be_visible()
    assert visit.console == []


def test_keys_can_be_turned_off_and_on(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.link)
    page.keyboard.press("?")
    page.get_by_role("button", name="Turn single keys off").click()
    expect(page.locator("html")).to_have_attribute("data-keys", "off")
    page.keyboard.press("?")
    page.keyboard.press("/")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("searchbox")).not_to_be_focused()
    page.locator("header .menu summary").first.click()
    page.get_by_role("link", name="Keyboard").click()
    page.get_by_role("button", name="Turn single keys on").click()
    expect(page.locator("#keys-here")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_one_of_several_keys_presses_and_a_folded_element_is_opened(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.link)
    page.evaluate(
        """document.querySelector('main').innerHTML =
        '<p><a id="a" href="#next" data-key="j ArrowDown" data-hint="next">Other words</a></p>'
        + '<details id="d"><summary>More</summary><label>Note <input id="i" data-key="n"></label></details>'"""
    )
    page.keyboard.press("ArrowDown")
    assert page.url.endswith("#next")
    page.keyboard.press("n")
    expect(page.locator("#i")).to_be_focused()
    page.keyboard.type("j")
    expect(page.locator("#i")).to_have_value("j")
    page.locator("#i").blur()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog").get_by_role("definition").filter(has_text="next")).to_be_visible()
    expect(page.get_by_role("dialog")).to_contain_text("j ↓")


def test_the_theme_changes_at_once_and_stays(visit: Visit) -> None:
    page = visit.page
    page.emulate_media(color_scheme="light")
    page.goto(visit.link)
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("header .menu summary").first.click()
    with page.expect_response("**/theme/"):
        page.get_by_role("button", name="dark", exact=True).click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    page.locator("header .menu summary").first.click()
    expect(page.get_by_role("button", name="dark", exact=True)).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="dark", exact=True)).to_be_hidden()
    assert visit.console == []


def test_all_ways_are_there_without_script_on_a_narrow_screen(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.link)
    state = page.context.storage_state()
    browser = page.context.browser
    assert browser
    context = browser.new_context(
        storage_state=state, java_script_enabled=False, viewport={"width": 360, "height": 740}
    )
    plain = context.new_page()
    plain.goto(visit.base)
    plain.get_by_role("navigation", name="Case").get_by_text("More").click()
    plain.get_by_role("link", name="Ledger", exact=True).click()
    expect(plain.get_by_role("heading", level=1)).to_contain_text("accounted for")
    plain.locator("header .menu summary").first.click()
    plain.get_by_role("button", name="dark", exact=True).click()
    expect(plain.locator("html")).to_have_attribute("data-theme", "dark")
    assert plain.url.endswith("/ledger/")
    context.close()
