"""Every page of the desk: axe finds nothing in either language or theme, and nothing scrolls sideways."""

import time
from base64 import b32decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser_visit import Visit
from desk_pages import EXAMPLES, NOT_PAGES, addresses, names
from playwright.sync_api import Browser, BrowserContext, Page, expect

from crible.review import totp

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""What the dark theme may change: the page is the same otherwise, and was read in the light."""
LOOK = """async rules => {
  const found = await axe.run(document, {runOnly: rules, resultTypes: ['violations']});
  const why = node => (node.any.concat(node.all, node.none)[0] || {}).message;
  return found.violations.flatMap(one => one.nodes.slice(0, 3).map(
    node => one.id + ': ' + node.html.slice(0, 160) + ' | ' + why(node)));
}"""
WIDE = """() => {
  const wide = document.scrollingElement.scrollWidth - innerWidth;
  if (wide <= 0) return '';
  const over = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1);
  return wide + ' px, by ' + over.slice(-1).map(e => e.outerHTML.slice(0, 120));
}"""


@pytest.fixture
def inside(browser: Browser, visit: Visit) -> Iterator[Any]:
    """Makes pages for somebody who has come in, in a language, scheme and width."""
    visit.page.goto(visit.link)
    state = visit.page.context.storage_state()
    made: list[BrowserContext] = []

    def page(language: str, scheme: Any, width: int) -> Page:
        # The policy allows no script but the desk's; axe is put in past it, and only here.
        context = browser.new_context(
            storage_state=state,
            bypass_csp=True,
            color_scheme=scheme,
            reduced_motion="reduce",
            viewport={"width": width, "height": 900},
        )
        context.add_cookies([{"name": "crible_language", "value": language, "url": visit.base}])
        made.append(context)
        return context.new_page()

    yield page
    for context in made:
        context.close()


def test_every_page_has_an_example() -> None:
    from crible.web.urls import urlpatterns

    known = set(EXAMPLES) | NOT_PAGES
    assert set(names(urlpatterns)) - known == set(), "a line in desk_pages.EXAMPLES is missing"
    assert set(EXAMPLES) - set(names(urlpatterns)) == set(), "these pages are gone"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_axe_finds_nothing(inside: Any, visit: Visit, language: str) -> None:
    page = inside(language, "light", 1280)
    axe = AXE.read_text(encoding="utf-8")
    found = []
    for address in _all(visit):
        path = address.removeprefix(visit.base)
        answer = page.goto(address)
        if not answer or answer.status >= 500:
            found.append(f"{path} broke")
            continue
        assert page.locator("html").get_attribute("lang") == language
        page.evaluate(axe)
        found += [f"{path} {problem}" for problem in page.evaluate(LOOK, RULES)]
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
        found += [f"{path} in the dark {problem}" for problem in page.evaluate(LOOK, COLOURS)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [320, 360])
def test_no_page_scrolls_sideways(inside: Any, visit: Visit, width: int) -> None:
    page = inside("fr", "light", width)
    found = []
    for address in _all(visit):
        page.goto(address)
        if wide := page.evaluate(WIDE):
            found.append(f"{address.removeprefix(visit.base)} {wide}")
    assert not found, "\n".join(found)


def _all(visit: Visit) -> list[str]:
    pages = addresses(visit.page.context.request, visit.base)
    return [address for examples in pages.values() for address in examples]


def test_axe_finds_nothing_on_what_the_second_factor_is_set_up_by(inside: Any, visit: Visit) -> None:
    """Pages that a form answers with: they have no address of their own, so no example."""
    page, axe, found = inside("en", "light", 360), AXE.read_text(encoding="utf-8"), []

    def look() -> None:
        page.evaluate(axe)
        found.extend(page.evaluate(LOOK, RULES))
        found.extend(filter(None, [page.evaluate(WIDE)]))

    page.goto(visit.base + "account/")
    page.get_by_role("button", name="Set one up").click()
    look()
    secret = b32decode(page.locator(".typed").inner_text().replace(" ", ""))
    page.get_by_label("The code it shows").fill("none")
    page.get_by_role("button", name="Switch it on").click()
    look()
    page.get_by_label("The code it shows").fill(totp.code(secret, totp.step_of(time.time())))
    page.get_by_role("button", name="Switch it on").click()
    expect(page.locator(".codes li")).to_have_count(10)
    look()
    page.goto(visit.base + "account/")
    page.get_by_text("Switch it off", exact=True).click()
    look()
    assert found == []
