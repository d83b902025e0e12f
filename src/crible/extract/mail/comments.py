"""Comments of structured header fields: parentheses that nest (RFC 5322 §3.2.2)."""

import re

_PARENTHESIS = re.compile(r"[()]|\\.", re.DOTALL)


def comment_end(line: str, at: int) -> int:
    """Where a comment whose first parenthesis ends at `at` is closed, the offset behind it; -1 where it never is."""
    depth = 1
    for found in _PARENTHESIS.finditer(line, at):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if not depth:
            return found.end()
    return -1
