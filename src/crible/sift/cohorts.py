"""How many mails verify under each key whose owner is not established: counted once for the corpus."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from crible.assess.relations import Cohort
from crible.assess.standing import verifies
from crible.model.signature import SignatureResult, Word
from crible.proof.alignment import ascii_domain
from crible.proof.keyring import KeyRing
from crible.sift.boxes import Boxes
from crible.sift.packing import unpack
from crible.store.models import Signature

Name = tuple[str, str]
JUDGED = (Word.PASS, Word.BODY_ALTERED, Word.HEADERS_ALTERED)
"""Words of signatures that a key at hand made; a repair may have led the latter two back."""


@dataclass(slots=True)
class _Count:
    mails: set[int] = field(default_factory=set)
    dates: list[int] = field(default_factory=list)
    boxes: set[str] = field(default_factory=set)


class Cohorts:
    """The cohorts of one case, by domain and selector."""

    def __init__(self, found: Iterable[Cohort] = ()) -> None:
        self._by_name: dict[Name, list[Cohort]] = defaultdict(list)
        for cohort in sorted(found, key=lambda one: (-one.mails, one.fingerprint)):
            self._by_name[cohort.domain, cohort.selector].append(cohort)

    @classmethod
    def of_case(cls, ring: KeyRing) -> "Cohorts":
        """For the case at hand; no work where every key is anchored and alone."""
        named = Signature.objects.filter(word__in=JUDGED).order_by().values_list("domain", "selector").distinct()
        keys = {(domain, selector): ring.find(domain, selector) for domain, selector in named}
        open_ = {
            name: found for name, found in keys.items() if len(found) > 1 or any(not key.anchored for key in found)
        }
        counts = _counted({domain for domain, _ in open_}) if open_ else {}
        empty = {
            (*_name(*name), key.fingerprint): Cohort(
                *_name(*name), key.fingerprint, key.anchored, first_seen=key.first_seen, last_seen=key.last_seen
            )
            for name, found in open_.items()
            for key in found
        }
        return cls(_filled(cohort, counts.get(name)) for name, cohort in empty.items())

    def __iter__(self) -> Iterator[Cohort]:
        """All of them, by domain and selector."""
        for name in sorted(self._by_name):
            yield from self._by_name[name]

    def of(self, domain: str, selector: str) -> tuple[Cohort, ...]:
        """The cohorts of one selector, the larger first."""
        return tuple(self._by_name.get(_name(domain, selector), ()))

    def named(self, signatures: Iterable[SignatureResult]) -> tuple[Cohort, ...]:
        """The cohorts of the selectors that a mail's signatures name."""
        if not self._by_name:
            return ()
        names = dict.fromkeys((one.facts.domain, one.facts.selector) for one in signatures)
        return tuple(dict.fromkeys(cohort for name in names for cohort in self.of(*name)))


def _counted(domains: set[str]) -> dict[tuple[str, str, str], _Count]:
    boxes = Boxes.of_case()
    found: dict[tuple[str, str, str], _Count] = defaultdict(_Count)
    rows = Signature.objects.filter(domain__in=domains, word__in=JUDGED)
    columns = rows.values_list("document", "result", "document__path", "document__reading__date")
    for document, result, path, date in columns.iterator():
        one = unpack(bytes(result), SignatureResult)
        if one.used is None or not verifies(one):
            continue
        count = found[(*_name(one.facts.domain, one.facts.selector), one.used.fingerprint)]
        if document not in count.mails:
            count.mails.add(document)
            count.boxes.add(boxes.name(path))
            count.dates += [] if date is None else [date]
    return found


def _filled(cohort: Cohort, count: _Count | None) -> Cohort:
    if count is None:
        return cohort
    first, last = min(count.dates, default=None), max(count.dates, default=None)
    return replace(cohort, mails=len(count.mails), first=first, last=last, boxes=len(count.boxes))


def _name(domain: str, selector: str) -> Name:
    return ascii_domain(domain), selector.lower()
