"""Lines that need nothing, and lines that were cut before, come out as if each were cut by itself."""

from hypothesis import given
from hypothesis import strategies as st

from crible.proof.repair.recipes.transfer import STYLES, _cut, quoted

letters = st.sampled_from(
    [b"a", b" ", b"\t", b"=", b"\xe9", b"\0", b".", b"word", b"b" * 30, b"c" * 69, b"\n", b"\r\n"]
)


@given(st.lists(letters, max_size=24).map(b"".join), st.sampled_from(STYLES))
def test_quoted_printable_is_what_every_line_cut_by_itself_gives(body, style):
    lines = body.replace(b"\r\n", b"\n").split(b"\n")
    assert quoted(body, style) == b"\n".join(_cut(line, style) for line in lines)
