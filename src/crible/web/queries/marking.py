"""What a form asks to be done to one document, as acts of the review."""

from collections.abc import Callable, Sequence

from django.http import QueryDict

from crible.review import deciding, marks, notes
from crible.review.models import Entry, User
from crible.sift.dossier import Dossier
from crible.sift.texts import text_of
from crible.web.queries.passages import safe

Act = Callable[[User, str, Dossier, QueryDict], Entry | None]


def _note(by: User, case: str, dossier: Dossier, given: QueryDict) -> Entry | None:
    """Places are counted in the text as it is shown: it is there that people select."""
    words = given.get("passage", "")[: notes.LONGEST_PASSAGE + 1]
    passage = notes.Passage()
    if words.strip():
        passage = notes.locate(safe(text_of(dossier.pk)), words, _number(given, "near"))
    return notes.note(by, case, dossier.id, given.get("text", ""), passage)


def _number(given: QueryDict, name: str) -> int:
    value = given.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0


MARKS: dict[str, Act] = {
    "state": lambda by, case, one, given: marks.set_state(by, case, one.id, given.get("state", "")),
    "tag": lambda by, case, one, given: marks.tag(by, case, one.id, given.get("tag", "")),
    "untag": lambda by, case, one, given: marks.untag(by, case, one.id, given.get("tag", "")),
    "star": lambda by, case, one, _: marks.star(by, case, one.id),
    "unstar": lambda by, case, one, _: marks.unstar(by, case, one.id),
    "assign": lambda by, case, one, given: marks.assign(by, case, one.id, given.get("to", "")),
    "note": _note,
    "unnote": lambda by, case, one, given: notes.unnote(by, case, one.id, _number(given, "note")),
}
"""What a reviewer does."""

DECISIONS: dict[str, Act] = {
    "decide": lambda by, case, one, given: deciding.decide(
        by, case, one.id, given.get("decision", ""), given.get("reason", ""), two="two" in given
    ),
    "second": lambda by, case, one, given: deciding.second(
        by, case, one.id, _number(given, "decision"), given.get("reason", ""), agrees=given.get("agrees") == "yes"
    ),
}
"""What an editor does."""

ActOnMany = Callable[[User, str, Sequence[str], QueryDict], Entry | None]
MANY: dict[str, ActOnMany] = {
    "state": lambda by, case, ids, given: marks.set_states(by, case, ids, given.get("state", "")),
    "tag": lambda by, case, ids, given: marks.tag_many(by, case, ids, given.get("tag", "")),
    "assign": lambda by, case, ids, given: marks.assign_many(by, case, ids, given.get("to", "")),
}
"""What a reviewer does to many at once."""
