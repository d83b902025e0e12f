"""What a first visit costs on the way: the page and all that it names."""

import gzip
import re

from django.test import Client

MOST = 150_000
"""Bytes, compressed: a second or so on a bad mobile line."""


def test_a_first_load_stays_under_its_budget(visitor: Client, slug: str) -> None:
    page = visitor.get(f"/{slug}/").content
    named = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.decode()))
    assert {name.partition("?")[0].rpartition("/")[2] for name in named} == {"style.css", "desk.js", "icon.svg"}
    sizes = {name: len(fetched(visitor, name)) for name in named}
    assert sum(sizes.values()) + len(gzip.compress(page)) <= MOST, sizes


def test_styles_and_islands_go_compressed_to_who_takes_it(visitor: Client) -> None:
    for name in ("style.css", "desk.js"):
        packed = visitor.get(f"/static/desk/built/{name}", headers={"accept-encoding": "gzip"})
        assert packed["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in packed["Vary"]
        plain = visitor.get(f"/static/desk/built/{name}")
        assert "Content-Encoding" not in plain
        assert gzip.decompress(b"".join(packed)) == b"".join(plain)  # type: ignore[arg-type]


def fetched(client: Client, address: str) -> bytes:
    answer = client.get(address, headers={"accept-encoding": "gzip, br"})
    assert answer.status_code == 200, address
    return b"".join(answer)  # type: ignore[arg-type]
