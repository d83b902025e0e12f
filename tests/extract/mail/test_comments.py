import pytest

from crible.extract.mail.comments import comment_end


@pytest.mark.parametrize(
    ("line", "end"),
    [("(a) b", 3), ("(a (b) c) d", 9), (r"(a \) b) c", 8), ("(a (b) c", -1), (r"(a \)", -1), ("()", 2)],
)
def test_where_a_comment_ends(line, end):
    assert comment_end(line, 1) == end
