"""The account of a case: what its containers list, what became of each, and whether the two agree."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Sum
from django.db.models.functions import Coalesce

from crible.model.ledger import FINAL, State
from crible.sift.references import OUTSIDE
from crible.store.models import Document, Entry, Source
from crible.words import render

FLAT = "mbox"
"""Containers all of whose members are slices: their bytes add up exactly."""


@dataclass(frozen=True, slots=True)
class Imbalance:
    """A container whose list and ledger differ."""

    path: str
    listed: int
    entered: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A flat container whose slices, framing and remainder do not make up its bytes."""

    path: str
    size: int
    covered: int


@dataclass(frozen=True, slots=True)
class Ended:
    """How often one reason ended an item."""

    code: str
    what: str
    """The media type, format or budget it is about; empty where it names none."""
    count: int
    params: dict[str, object]
    """Parameters of one of these reasons; they may differ in detail."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry, or one document's first entry, that did not simply end as read."""

    path: str
    state: State
    code: str
    params: dict[str, object]

    def as_json(self, language: str) -> dict[str, object]:
        """The line as an object, its reason as key, parameters and sentence."""
        sentence = render("ledger", self.code, self.params, language) if self.code else None
        return {
            "path": self.path,
            "state": self.state,
            "reason": self.code or None,
            "params": self.params,
            "sentence": sentence,
        }


@dataclass(frozen=True, slots=True)
class Account:
    """N in = N out, or why not."""

    listed: int
    """Items that sources and containers list."""
    states: dict[State, int]
    """Final states of all entries; the first entry of a document bears its state, the others are duplicates."""
    reasons: tuple["Ended", ...]
    """Why items did not end as read, the most frequent first."""
    imbalances: tuple[Imbalance, ...] = ()
    at_least: int = 0
    """Containers that could not be listed to the end: the count in is then "at least"."""
    unfinished: int = 0
    """Documents still to do."""
    framing: int = 0
    remainder_bytes: int = 0
    """Bytes of flat containers that no item covers."""
    gaps: tuple[Gap, ...] = ()
    documents: int = 0
    bytes: int = 0
    isolation: dict[str, int] = field(default_factory=dict)
    references: int = 0
    """Documents met in references only: in no other number here."""

    @property
    def out(self) -> int:
        """Sum of final states."""
        return sum(self.states.values())

    @property
    def balanced(self) -> bool:
        """Everything listed ended, once, and every byte of a flat container is accounted for."""
        return not (self.unfinished or self.imbalances or self.gaps) and self.listed == self.out


def account() -> Account:
    """The account of the dump at hand, without what was brought to compare with it."""
    documents = Document.objects.filter(reference=False)
    listed = documents.aggregate(n=Sum("listed"))["n"] or 0
    listed += Source.objects.filter(reference=False).aggregate(n=Sum("listed"))["n"] or 0
    states, reasons = _states()
    sums = documents.aggregate(framing=Sum("framing"), left=Sum("remainder_bytes"), size=Sum("size"))
    open_walks = documents.filter(remainder__isnull=False).count()
    isolation = documents.values("isolation").annotate(n=Count("pk")).values_list("isolation", "n")
    return Account(
        listed=listed,
        states=states,
        reasons=reasons,
        imbalances=_imbalances(),
        gaps=_gaps(),
        at_least=open_walks,
        unfinished=Document.objects.filter(state__in=[State.TODO, State.RUNNING]).count(),
        framing=sums["framing"] or 0,
        remainder_bytes=sums["left"] or 0,
        documents=documents.count(),
        bytes=sums["size"] or 0,
        isolation={name: n for name, n in isolation if name},
        references=Document.objects.filter(reference=True).count(),
    )


def as_json(found: Account) -> dict[str, Any]:
    """The account as `crible ledger --json` prints it."""
    return {
        "format": 1,
        "in": found.listed,
        "out": found.out,
        "balanced": found.balanced,
        "at_least": found.at_least > 0,
        "states": {str(state): n for state, n in found.states.items()},
        "reasons": [{"code": r.code, "what": r.what, "count": r.count} for r in found.reasons],
        "unfinished": found.unfinished,
        "documents": found.documents,
        "framing_bytes": found.framing,
        "remainder_bytes": found.remainder_bytes,
        "imbalances": [{"path": i.path, "listed": i.listed, "entered": i.entered} for i in found.imbalances],
        "gaps": [{"path": g.path, "size": g.size, "covered": g.covered} for g in found.gaps],
        "isolation": found.isolation,
        "references": found.references,
    }


def rows(state: State) -> Iterator[Line]:
    """Every line of the dump's ledger in that state, by path; duplicates: all entries of a document but its first."""
    if state is State.DUPLICATE:
        repeated = Entry.objects.filter(OUTSIDE, document__isnull=False).exclude(path=F("document__path"))
        for path, first in repeated.order_by("path").values_list("path", "document__path").iterator():
            yield Line(path, state, "same-bytes", {"path": first})
        return
    documents = Document.objects.filter(state=state, reference=False).order_by("path").values_list("path", "reason")
    without = (
        Entry.objects.filter(OUTSIDE, document__isnull=True, state=state).order_by("path").values_list("path", "reason")
    )
    for path, reason in (*documents.iterator(), *without.iterator()):
        yield Line(path, state, reason["code"] if reason else "", reason["params"] if reason else {})


def _states() -> tuple[dict[State, int], tuple[Ended, ...]]:
    states: Counter[State] = Counter()
    reasons: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], dict[str, object]] = {}
    entries, dumped = Entry.objects.all(), Document.objects.filter(reference=False)
    if Source.objects.filter(reference=True).exists():
        entries = entries.filter(OUTSIDE)
    listed = entries.filter(document__isnull=False).count()
    documents = dumped.values("state").annotate(n=Count("pk")).values_list("state", "n")
    without = entries.filter(document__isnull=True).values("state").annotate(n=Count("pk"))
    for state, n in (*documents, *without.values_list("state", "n")):
        states.update({State(state): n} if State(state) in FINAL else {})
    states[State.DUPLICATE] += listed - dumped.count()
    for model in (dumped, entries.filter(document__isnull=True)):
        for reason in model.filter(reason__isnull=False).values_list("reason", flat=True).iterator():
            if reason:
                name = reason["code"], _about(reason["params"])
                reasons[name] += 1
                examples.setdefault(name, reason["params"])
    ended = sorted(reasons, key=lambda name: (-reasons[name], name))
    kept = {state: n for state, n in sorted(states.items()) if n}
    return kept, tuple(Ended(*name, reasons[name], examples[name]) for name in ended)


def _about(params: dict[str, object]) -> str:
    return next((str(params[name]) for name in ("type", "which", "reader", "method") if name in params), "")


def _imbalances() -> tuple[Imbalance, ...]:
    entered = Document.objects.filter(listed__isnull=False).annotate(n=Count("members"))
    wrong = entered.exclude(n=F("listed")).order_by("path")[:100]
    return tuple(Imbalance(document.path, document.listed or 0, document.n) for document in wrong)


def _gaps() -> tuple[Gap, ...]:
    """An mbox is its mails, its From_ lines and what lies before the first: nothing else, to the byte."""
    sums = Document.objects.filter(container=FLAT, listed__isnull=False).annotate(sliced=Sum("members__length"))
    covered = sums.annotate(covered=Coalesce(F("sliced"), 0) + F("framing") + F("remainder_bytes"))
    wrong = covered.exclude(covered=F("size")).order_by("path")[:100]
    return tuple(Gap(document.path, document.size, document.covered) for document in wrong)
