"""What the benchmark's tuning seeds allow an answer to weigh: data, measured on planted mail, with its date.

A question that untouched mail provokes as well is a question about mail, not about this mail. The strength that a check
states is a proposal; where untouched mail provoked its answer too often, or altered mail never did, the answer weighs
weak at most. Nothing is ever raised. The figures are of generated mail and say nothing of any real document.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crible.model.evidence import Strength

DATA = Path(__file__).with_name("calibration.json")
MOST = 1 / 1000
"""Share of untouched mail, or of untouched files, that may provoke an answer of moderate strength or more."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """How often each questioning answer (`check:message`) was given of untouched and of altered mail."""

    date: str
    version: str
    seeds: tuple[int, ...]
    untouched: int
    altered: int
    answers: dict[str, tuple[int, int]]
    """Untouched documents and altered ones that provoked it."""
    files: int = 0
    """Untouched files, beside the mails."""

    def ceiling(self, answer: str) -> Strength | None:
        """The most that an answer may weigh; None where the measurement sets no limit."""
        untouched, altered = self.answers.get(answer, (0, 0))
        among = self.untouched if answer.startswith("mail.") else self.files
        if untouched > among * MOST or (untouched and not altered):
            return Strength.WEAK
        return None


@cache
def calibration() -> Calibration:
    """The one that comes with this version; `crible bench forgeries --calibrate` writes it."""
    found = json.loads(DATA.read_text("ascii"))
    answers = {name: (counts[0], counts[1]) for name, counts in found.pop("answers").items()}
    return Calibration(**found | {"seeds": tuple(found["seeds"]), "answers": answers})
