"""Numbers missing inside runs of invoice numbers (`Facture 2017-031`, `FA-2017-0012.pdf`), per box and sender.

Only a dense run says anything: five numbers met whose neighbours are at most three apart, three of four numbers met.
A supplier with many customers numbers in steps, and is passed over. A number met anywhere in the dump in the same
form, whoever sent it, is not missing.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crible.assess.boxes.remark import MOST, Behind, Remark
from crible.model.evidence import Param
from crible.model.facts import MailFacts

FEWEST = 5
"""Numbers met in a run."""
STEP = 3
"""Between neighbours of a run."""
MET = 0.75
"""Share of a run's numbers that are met."""
NAMES = 20
"""Names of attachments of one mail that are looked at."""
_LONGEST = 300
_KINDS = {
    "facture": "facture", "factures": "facture", "fact": "facture", "fac": "facture", "fa": "fa", "fc": "fc",
    "invoice": "invoice", "invoices": "invoice", "inv": "invoice", "rechnung": "rechnung", "avoir": "avoir",
    "devis": "devis", "quote": "quote", "quotation": "quote", "quittance": "quittance",
}  # fmt: skip
_NUMBER = re.compile(
    rf"(?<![^\W\d_])(?P<kind>{'|'.join(sorted(_KINDS, key=len, reverse=True))})"
    r"(?P<mark>[ ]?(?:n[°ºo]?|no|nr|num[ée]ro)?[.:# -]{0,3})"
    r"(?P<letters>[a-z]{0,3})[ -]?"
    r"(?:(?P<year>(?:19|20)\d\d)(?P<cut>[-/. ]?))?(?P<number>\d{1,7})(?!\d|[.,/-]\d| ?(?:€|eur)|[-/. ](?:19|20)\d\d)"
)
_BARE_YEAR = range(1970, 2070)


@dataclass(frozen=True, slots=True, order=True)
class Form:
    """How a series writes its numbers."""

    kind: str
    letters: str
    year: str

    def __str__(self) -> str:
        """As a reader knows it: `facture 2017-`, `fa-`."""
        return "-".join(filter(None, (self.kind, self.letters, self.year))) + "-"


def numbers(text: str) -> Iterator[tuple[Form, int]]:
    """The invoice numbers of a subject or file name, with their forms. Dates and bare years are none."""
    for met in _NUMBER.finditer(text[:_LONGEST].casefold().replace("_", " ")):
        digits = met["number"]
        if not met["year"] and len(digits) == 4 and int(digits) in _BARE_YEAR:
            continue
        if met["year"] and not met["cut"] and _is_day(digits):
            continue
        yield Form(_KINDS[met["kind"]], met["letters"], met["year"] or ""), int(digits)


class Series:
    """Invoice numbers of the whole dump."""

    def __init__(self) -> None:
        self._met: dict[Form, set[int]] = defaultdict(set)
        self._rows: dict[tuple[str, str, Form], dict[int, Behind]] = defaultdict(dict)

    def take(self, id: str, boxes: Iterable[str], mail: MailFacts) -> None:  # noqa: A002
        """Take in one mail: its subject and the names of what it carries."""
        names = [part.name for part in mail.parts if part.name][:NAMES]
        for form, number in {pair for text in (mail.subject, *names) for pair in numbers(text)}:
            self._met[form].add(number)
            sender = mail.senders[0].address.lower() if mail.senders else ""
            for box in boxes:
                self._rows[box, sender, form].setdefault(number, Behind()).add(id)

    def name(self, name: str) -> None:
        """Take in the name of a file: a number that it bears is not missing."""
        for form, number in numbers(name):
            self._met[form].add(number)

    def remarks(self) -> Iterator[Remark]:
        """Every run with numbers missing, in order of box, sender and form."""
        for box, sender, form in sorted(self._rows):
            behind = self._rows[box, sender, form]
            for run in _runs(sorted(behind)):
                missing = [number for number in range(run[0], run[-1]) if number not in self._met[form]]
                if missing:
                    yield _remark(box, sender, form, run, missing, behind)


def _runs(met: list[int]) -> Iterator[list[int]]:
    """Dense runs of sorted numbers."""
    run: list[int] = []
    for number in [*met, None]:
        if run and (number is None or number - run[-1] > STEP):
            if len(run) >= FEWEST and len(run) >= MET * (run[-1] - run[0] + 1):
                yield run
            run = []
        if number is not None:
            run.append(number)


def _remark(box: str, sender: str, form: Form, run: list[int], missing: list[int], behind: dict[int, Behind]) -> Remark:
    refs = sorted({ref for number in run for ref in behind[number].refs})[:MOST]
    params: dict[str, Param] = {
        "sender": sender[:320],
        "series": str(form),
        "missing": [str(number) for number in missing[:MOST]],
        "first": str(run[0]),
        "last": str(run[-1]),
        "met": len(run),
        "count": len(missing),
    }
    return Remark("absence", box, "invoice-gap", params, refs=tuple(refs), count=len(missing))


def _is_day(digits: str) -> bool:
    """Whether four digits right after a year read as month and day."""
    return len(digits) == 4 and 1 <= int(digits[:2]) <= 12 and 1 <= int(digits[2:]) <= 31
