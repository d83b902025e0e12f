"""Hostile HTML in a real browser: no request leaves the desk, nothing runs, nothing moves."""

import subprocess
import sys
from pathlib import Path

import pytest
from browser_visit import Visit
from playwright.sync_api import Frame, Page, expect

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))
from designed_cases import EACH
from hostile_html import HOSTILE

pytestmark = pytest.mark.browser

SIFT = """
import sys
from pathlib import Path
from crible.store.setup import ready
ready()
sys.path.insert(0, sys.argv[1])
from designed_cases import make_designed_case
make_designed_case(Path(sys.argv[2]))
"""
ACTIVE = """() => [...document.querySelectorAll('*')].flatMap(e => [
  ...(['SCRIPT', 'IFRAME', 'FORM', 'INPUT', 'OBJECT', 'EMBED', 'LINK', 'BASE', 'SVG', 'VIDEO', 'AUDIO'].includes(
    e.tagName.toUpperCase()) ? [e.tagName] : []),
  ...[...e.attributes].filter(a => a.name.startsWith('on') || a.name === 'href' ||
    (['src', 'srcset', 'background', 'style'].includes(a.name) && /evil|\\/\\/|url\\(/.test(a.value) &&
     !a.value.startsWith('data:image/png'))).map(a => a.name + '=' + a.value)])"""


STORED = "JSON.stringify([Object.keys(localStorage), Object.keys(sessionStorage), document.cookie])"


@pytest.fixture(scope="module")
def demo_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A mail for each piece, in the place of the demo."""
    folder = tmp_path_factory.mktemp("hostile")
    helper = Path(__file__).parents[1] / "web"
    subprocess.run([sys.executable, "-c", SIFT, str(helper), str(folder)], check=True, timeout=120)
    return folder / "case"


def mails(page: Page, link: str) -> dict[str, str]:
    """Addresses of the mails by subject."""
    page.goto(link)
    page.goto(page.url.split("?")[0] + "search/?q=subject:piège")
    found = page.locator(".hits .title").all()
    return {one.inner_text(): (one.get_attribute("href") or "").partition("?")[0] for one in found}


def framed(page: Page) -> Frame:
    """The frame that shows the mail."""
    return next(frame for frame in page.frames if frame.url.endswith("/html/"))


def test_no_hostile_mail_makes_a_request_or_changes_anything(visit: Visit) -> None:
    page = visit.page
    addresses = mails(page, visit.link)
    assert len(addresses) == -(-len(HOSTILE) // EACH) + 1
    held = page.evaluate(STORED)
    seen = 0
    for name, address in addresses.items():
        here = visit.base.rstrip("/") + address + "?view=designed"
        page.goto(here)
        title = page.title()
        frame = framed(page)
        frame.wait_for_load_state()
        assert frame.evaluate(ACTIVE) == [], name
        assert (page.url, page.title()) == (here, title), name
        assert "evil" not in frame.url
        assert len(page.frames) == 2
        seen += frame.locator("hr").count() + 1
    assert seen == len(HOSTILE) + 1, "every piece was shown"
    assert page.evaluate(STORED) == held
    assert visit.strayed == []
    assert visit.console == []


def test_the_frame_opened_alone_is_sandboxed(visit: Visit) -> None:
    page = visit.page
    address = mails(page, visit.link)["Piège image"]
    page.goto(visit.base.rstrip("/") + address + "html/")
    expect(page.locator("body")).to_contain_text("words")
    assert page.evaluate("window.origin") == "null"
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=https://evil.example/x.png>')")
    page.wait_for_timeout(200)
    assert any("Content Security Policy" in line for line in visit.console)
    assert page.evaluate("document.images[document.images.length - 1].naturalWidth") == 0


def test_pictures_that_the_mail_brought_are_shown_and_others_say_their_words(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.base.rstrip("/") + mails(page, visit.link)["Piège image"] + "?view=designed")
    frame = framed(page)
    frame.wait_for_load_state()
    widths = frame.evaluate("[...document.images].map(i => [i.naturalWidth, i.alt])")
    assert widths == [[40, "Red"], [0, "Note"]]
    assert visit.strayed == []
