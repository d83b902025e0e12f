"""What a page would fetch or do is counted by kind, and the machines it would ask are named."""

import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "web"))
from hostile_html import HOSTILE

from crible.extract.designed.scan import scan


def kinds(markup: str) -> dict[str, int]:
    return {kind: count for kind, count in scan(markup).kinds.items() if count}


@pytest.mark.parametrize(
    ("name", "counted"),
    [
        ("pixel", {"pixels": 1, "images": 1}),
        ("refresh", {"redirects": 1}),
        ("import", {"styles": 3, "backgrounds": 1}),
        ("font", {"styles": 1, "fonts": 1}),
        ("sheet", {"styles": 1, "hints": 1}),
        ("background", {"backgrounds": 2}),
        ("ping", {"pings": 1}),
        ("embed", {"frames": 3}),
        ("media", {"media": 3}),
        ("prefetch", {"hints": 3}),
        ("javascript", {"links": 2}),
        ("form", {"forms": 3, "handlers": 1}),
        ("script", {"scripts": 2}),
        ("hidden", {}),
    ],
)
def test_by_kind(name: str, counted: dict[str, int]) -> None:
    assert kinds(HOSTILE[name]) == counted


@pytest.mark.parametrize("name", sorted(name for name, markup in HOSTILE.items() if "src=https://evil" in markup))
def test_the_machine_is_named(name: str) -> None:
    if name not in ("math", "mtext", "noscript", "title", "textarea", "comment", "template", "select", "null"):
        assert "evil.example" in scan(HOSTILE[name]).hosts


def test_addresses_of_the_mail_itself_are_not_remote() -> None:
    assert (
        kinds("<img src=cid:a><img src='data:image/png;base64,xx'><a href=https://a.example>x</a><img src=a.png>") == {}
    )


def test_odd_spellings_of_an_address() -> None:
    found = scan("<img src='ht\ntps://a.example/x'><img src='\\\\b.example\\x'><img src='&#104;ttp://c.example'>")
    assert list(found.hosts) == ["a.example", "b.example", "c.example"]


@pytest.mark.parametrize(
    "piece", ["<a ", "<img src='", "<style>", "url(", "<!--", '<p style="', "<img src=//a ", "@font-face{"]
)
def test_linear(piece: str) -> None:
    before = time.perf_counter()
    scan(piece * (600_000 // len(piece)))
    assert time.perf_counter() - before < 3
