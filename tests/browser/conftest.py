"""A real Chromium against a real desk over the sifted demo; skipped, visibly, where there is no Chromium."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
from browser_visit import Visit, arrive, serving

CHROMIUM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), "")
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-quic"]  # fmt: skip
SIFT = """
import sys
from pathlib import Path
from crible.store.setup import ready
ready()
sys.path.insert(0, sys.argv[1])
from desk_cases import make_demo_case
make_demo_case(Path(sys.argv[2]))
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """No Chromium: a skip that is seen on a laptop, a failure where everything must run."""
    if CHROMIUM or os.environ.get("CI") == "true":
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium for the tests of a file.

    Not for the session: Playwright's event loop would run on in this thread, and whoever starts one of their own after
    it (pyHanko's signing, in other tests) is refused.
    """
    assert CHROMIUM, "CI must have a Chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictional leak and some hostile mails, sifted in a process of its own."""
    folder = tmp_path_factory.mktemp("browser")
    helper = Path(__file__).parents[1] / "web"
    subprocess.run([sys.executable, "-c", SIFT, str(helper), str(folder)], check=True, timeout=120)
    return folder / "case"


@pytest.fixture
def visit(browser: Browser, demo_case: Path, tmp_path: Path) -> Iterator[Visit]:
    """A visitor at the door, with the link in hand."""
    with serving(tmp_path, demo_case) as link:
        visiting = arrive(browser, link)
        yield visiting
        visiting.page.context.close()
