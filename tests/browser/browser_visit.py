"""What a browser test holds in its hands."""

from dataclasses import dataclass, field

from playwright.sync_api import Page


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
