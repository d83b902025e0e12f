"""Is this document in the leak? Reads the file in the sandbox, then asks the index."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crible.index.match import Found, MatchResult, match
from crible.index.search import Searcher
from crible.proof.keyring import KeyRing
from crible.sift.one import weigh_files
from crible.sift.results import text_by_id
from crible.store.case import Case


@dataclass(frozen=True, slots=True)
class Membership:
    """The answer for one file."""

    path: Path
    id: str
    result: MatchResult
    text: str
    """Of the file given."""
    readable: bool
    """Whether the file itself could be read; if not, only its bytes were looked for."""

    def as_json(self) -> dict[str, Any]:
        """As `crible match --json` prints it."""
        return {
            "format": 1,
            "file": str(self.path),
            "id": self.id,
            "level": self.result.level,
            "readable": self.readable,
            "comparable": self.result.comparable,
            "searched": self.result.documents,
            "without_text": self.result.unsearchable,
            "surest_passage": self.result.surest_passage,
            "left_off": self.result.left_off,
            "found": [self._found(one) for one in self.result.found],
        }

    def passages(self, one: Found) -> list[str]:
        """What the file and that document have in common, as the file has it; the longest first."""
        return [self.text[passage.start : passage.end] for passage in one.passages]

    def _found(self, one: Found) -> dict[str, Any]:
        return {
            "id": one.record.id,
            "path": one.record.path,
            "grade": one.record.grade,
            "level": one.level,
            "same": one.same,
            "share_of_text": round(one.share_of_text, 3),
            "share_of_document": round(one.share_of_document, 3),
            "passages": self.passages(one),
        }


def membership(case: Case, files: Sequence[Path], *, unsafe: bool = False) -> Iterator[Membership]:
    """An answer for each file, in order."""
    searcher = Searcher(case.index)
    for answer in weigh_files(files, KeyRing.default(), unsafe=unsafe):
        text = answer.reading.text if answer.reading else ""
        wire = answer.reading.wire.hex() if answer.reading else None
        result = match(text, answer.id, wire, searcher, text_by_id)
        yield Membership(answer.path, answer.id, result, text, answer.reading is not None)
