"""The relations of a chunk of documents, loaded set-wise: what `Relations` holds of each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from crible.assess.relations import (
    NOTHING_EXAMINED,
    Carrier,
    Copy,
    Near,
    Neighbour,
    Parent,
    QuotedBy,
    Quoting,
    Relations,
    SameAttachment,
    Standing,
    Version,
    apart,
)
from crible.model.examined import Examined
from crible.model.facts import Reading as Facts
from crible.model.signature import SignatureResult
from crible.proof.enclosed import Trust, vouched
from crible.sift.answered import answered, answers
from crible.sift.cohorts import Cohorts
from crible.sift.examined import examined
from crible.sift.packing import unpack
from crible.sift.references import References
from crible.sift.standings import Standings
from crible.sift.survey import Surveyed
from crible.sift.whereabouts import Whereabouts
from crible.store.models import Entry, Reading, Relation, Signature

VERSIONS = 5
NO_EDGES: Mapping[str, list[bytes]] = {}
T = TypeVar("T")


@dataclass
class Neighbourhood:
    """All relations of a chunk of documents, loaded in a handful of queries."""

    standings: Standings
    carried: dict[int, tuple[Carrier, ...]]
    surveyed: Surveyed
    cohorts: Cohorts
    trust: Trust
    signatures: dict[int, list[SignatureResult]] = field(default_factory=dict)
    edges: dict[int, dict[str, list[bytes]]] = field(default_factory=dict)
    attached: set[int] = field(default_factory=set)
    parents: dict[int, Parent] = field(default_factory=dict)
    answers: dict[int, Parent] = field(default_factory=dict)
    examined: dict[int, Examined] = field(default_factory=dict)
    whereabouts: Whereabouts = field(default_factory=Whereabouts)
    versions: dict[int, tuple[Version, ...]] = field(default_factory=dict)
    references: References = field(default_factory=References)

    def load(self, keys: Sequence[int]) -> None:
        """Fetch what belongs to these documents: all that were read from the first key to the last."""
        self.signatures, self.edges = defaultdict(list), {}
        read = Reading.objects.filter(pk__gte=keys[0], pk__lte=keys[-1])
        documents = read.values("pk")  # Django takes 3 µs for every key of a list, in every one of ten statements
        rows = Signature.objects.filter(document__in=documents).order_by("scheme", "index")
        for document, result in rows.values_list("document_id", "result"):
            self.signatures[document].append(unpack(bytes(result), SignatureResult))
        related = Relation.objects.filter(document__in=documents).order_by("other__sha256")
        found: dict[int, list[Version]] = defaultdict(list)
        for document, kind, facts, other in related.values_list("document_id", "kind", "facts", "other_id"):
            if kind == "version":
                found[document].append(replace(unpack(bytes(facts), Version), carrier=self._carrier(other)))
            else:
                self.edges.setdefault(document, {}).setdefault(kind, []).append(bytes(facts))
        self.versions = {pk: tuple(sorted(several, key=_telling)[:VERSIONS]) for pk, several in found.items()}
        self.references.load(keys)
        members = Entry.objects.filter(document__in=documents, parent__container="mail")
        self.parents, self.answers = answered(read), answers(read, self.standings)
        self.examined = examined(documents)
        self.whereabouts.load(documents)
        self.attached = set(members.values_list("document_id", flat=True))

    def of(self, pk: int, reading: Facts) -> Relations:
        """One document's relations."""
        signatures, arc = apart(self.signatures.get(pk, ()))
        inside = reading.mail.enclosed if reading.mail else ()
        edges = self.edges.get(pk, NO_EDGES)
        return Relations(
            signatures=signatures,
            arc=arc,
            enclosed=tuple(vouched(one, self.trust) for one in inside),
            standing=self.standings.get(pk),
            twins=_of(edges, "twin", Standing),
            copies=_of(edges, "copy", Copy),
            quotes=_of(edges, "quote", QuotedBy),
            quoting=_of(edges, "quoting", Quoting),
            neighbours=_of(edges, "thread", Neighbour),
            near=_of(edges, "near", Near),
            carriers=self.carried.get(pk, ()),
            domains=self.surveyed.domains,
            cohorts=self.cohorts.named(signatures),
            habits=self.surveyed.habits,
            place=self.surveyed.strays.get(pk),
            parent=self.parents.get(pk),
            answer=self.answers.get(pk),
            shared=self.surveyed.shared.get(pk, ()),
            pictures=self.surveyed.pictures.get(pk, ()),
            descent=self.surveyed.descents.get(pk),
            sequence=self.surveyed.sequences.get(pk),
            examined=self.examined.get(pk, NOTHING_EXAMINED),
            hand=self.surveyed.hands.get(pk),
            lineage=self.surveyed.lineages.get(pk),
            listings=() if reading.mail else self.whereabouts.listings(pk),
            in_mail=self.whereabouts.in_mail(pk),
            claimed_last=self.standings.claimed_last,
            versions=self.versions.get(pk, ()),
            attached=_of(edges, "attached", SameAttachment),
            references=self.references.of(pk),
            reference=self.references.is_one(pk),
        )

    def _carrier(self, pk: int) -> Standing | None:
        """The best mail that carries a document, wholly proven and in its owner's hands."""
        mails = (carrier.mail for carrier in self.carried.get(pk, ()))
        return next((mail for mail in mails if mail.full and not mail.spoiled), None)


def _of(edges: Mapping[str, list[bytes]], kind: str, facts: type[T]) -> tuple[T, ...]:
    return tuple([unpack(one, facts) for one in edges[kind]]) if kind in edges else ()


def _telling(version: Version) -> tuple[bool, bool, int, str]:
    return version.carrier is None, not version.reference, -version.similarity, version.other.id
