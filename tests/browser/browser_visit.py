"""What a browser test holds in its hands: a desk, and somebody at its door."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page

SERVE = """
import sys
from pathlib import Path
from crible.store.case import Case
from crible.web.server import Desk
with Desk([Case.open(Path(one)) for one in sys.argv[1:]], 0) as desk:
    print(desk.link, flush=True)
    desk.run()
"""


@dataclass
class Visit:
    """A page of the desk, what it asked of the network, and what its console said."""

    page: Page
    base: str
    link: str
    requests: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    @property
    def strayed(self) -> list[str]:
        """Requests to anywhere but the desk."""
        return [url for url in self.requests if not url.startswith(self.base)]


def arrive(browser: Browser, link: str) -> Visit:
    """Somebody at the door in a browser of their own, with a link in hand, watched from the first request on."""
    page = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900}).new_page()
    visiting = Visit(page, re.sub(r"(?<=\w/).*", "", link), link)
    page.on("request", lambda request: visiting.requests.append(request.url))
    page.on("console", lambda message: visiting.console.append(message.text))
    page.on("pageerror", lambda error: visiting.console.append(str(error)))
    return visiting


@contextmanager
def serving(folder: Path, *cases: Path) -> Iterator[str]:
    """A desk over these cases in a process of its own; gives its link.

    It is ended whatever happens in the block: left running, it would hold the tests up for good.
    """
    environment = {"PATH": os.environ["PATH"], "CRIBLE_DESK": str(folder / "desk")}
    command = [sys.executable, "-c", SERVE, *map(str, cases)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as desk:
        try:
            assert desk.stdout
            yield desk.stdout.readline().strip()
        finally:
            desk.terminate()
