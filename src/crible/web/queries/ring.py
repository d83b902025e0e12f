"""The keys that a case's signatures name: which are at hand, who says whose they are, what came of the signatures."""

from dataclasses import dataclass, field

from django.db.models import Count

from crible.assess.relations import Cohort
from crible.model.signature import Word
from crible.proof.keyring.key import Key
from crible.sift import keys
from crible.sift.cohorts import Cohorts
from crible.store.case import Case
from crible.store.models import Signature


@dataclass(slots=True)
class Named:
    """One selector of a domain, as signatures of this case name it."""

    domain: str
    selector: str
    keys: tuple[Key, ...] = ()
    words: dict[str, int] = field(default_factory=dict)
    """Signatures by what came of them, in the order of `Word`."""

    cohorts: dict[str, Cohort] = field(default_factory=dict)
    """Mails under each key, by its fingerprint, where one of the keys lacks an anchor or they are several."""

    @property
    def beside(self) -> list[tuple[Key, Cohort | None]]:
        """Each key with its cohort."""
        return [(key, self.cohorts.get(key.fingerprint)) for key in self.keys]

    @property
    def total(self) -> int:
        """Signatures that name it."""
        return sum(self.words.values())


def selectors(case: Case) -> list[Named]:
    """Every selector that signatures name, the most frequent first; one statement and one look-up each in the ring."""
    ring = keys.ring(case)
    found: dict[tuple[str, str], Named] = {}
    rows = Signature.objects.values("domain", "selector", "word").annotate(n=Count("pk"))
    counts = {
        (domain, selector, word): n for domain, selector, word, n in rows.values_list("domain", "selector", "word", "n")
    }
    for domain, selector, word in sorted(counts, key=lambda row: (row[0], row[1], list(Word).index(Word(row[2])))):
        one = found.setdefault((domain, selector), Named(domain, selector))
        one.words[word] = counts[domain, selector, word]
    cohorts = Cohorts.of_case(ring)
    for one in found.values():
        one.keys = ring.find(one.domain, one.selector)
        one.cohorts = {cohort.fingerprint: cohort for cohort in cohorts.of(one.domain, one.selector)}
    return sorted(found.values(), key=lambda one: (-one.total, one.domain, one.selector))
