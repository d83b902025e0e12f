"""A QR code read back from what is drawn: by the standard's own marks, and by the library that made it."""

import re

import segno
from hypothesis import given
from hypothesis import strategies as st

from crible.web.queries.squares import QUIET, squares

URI = "otpauth://totp/crible:ada%40desk.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=crible"


def drawn(side: int, path: str) -> list[list[int]]:
    """The path as modules, 1 for dark."""
    grid = [[0] * side for _ in range(side)]
    assert re.fullmatch(r"(M\d+ \d+h\d+v1h-\d+z)+", path)
    for x, y, length, back in re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", path):
        assert length == back
        for at in range(int(x), int(x) + int(length)):
            grid[int(y)][at] += 1
    return grid


@given(st.text(min_size=1, max_size=120).filter(lambda text: text.isprintable()))
def test_what_is_drawn_is_what_the_library_made(text: str) -> None:
    found = squares(text)
    inside = slice(QUIET, found.side - QUIET)
    grid = drawn(found.side, found.path)
    assert [row[inside] for row in grid[inside]] == [list(row) for row in segno.make_qr(text, error="q").matrix]
    assert sum(map(sum, grid)) == sum(map(sum, (row[inside] for row in grid[inside]))), "the quiet zone stays white"


def test_it_has_the_three_finders_of_the_standard() -> None:
    found = squares(URI)
    grid = drawn(found.side, found.path)
    finder = [0b1111111, 0b1000001, 0b1011101, 0b1011101, 0b1011101, 0b1000001, 0b1111111]
    far = found.side - QUIET - 7
    for top, left in ((QUIET, QUIET), (QUIET, far), (far, QUIET)):
        rows = [int("".join(map(str, row[left : left + 7])), 2) for row in grid[top : top + 7]]
        assert rows == finder
