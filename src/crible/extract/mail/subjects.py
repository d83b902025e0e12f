"""What a subject says of its mail: that it passes another on, and what is left without such marks (RFC 5256 §2.1)."""

import re

_TAG = r"\[[^\]\[]{1,60}+\]\s*+"
_PASSES_ON = re.compile(rf"(?>(?:{_TAG})?)(?:fwd?|tr|wg|rv)\s?:", re.IGNORECASE)
_MARK = re.compile(rf"(?:{_TAG}|(?:re|rép|aw|sv|antw|fwd?|tr|wg|rv)(?:\[\d{{1,3}}\])?\s?:\s*+)", re.IGNORECASE)
_MARKS = 20


def forwards(subject: str) -> bool:
    """Whether a subject says that its mail passes another on: `Fwd:`, `TR :`, behind a list's tag too."""
    return _PASSES_ON.match(subject) is not None


def base(subject: str) -> str:
    """The subject without marks of replies, forwards and lists in front, case and spacing folded."""
    subject = " ".join(subject[:1_000].split())
    at = 0
    for _ in range(_MARKS):
        mark = _MARK.match(subject, at)
        if mark is None:
            break
        at = mark.end()
    return subject[at:].casefold().removesuffix(" (fwd)").strip()
