"""What stands around a document: its copies and how they differ, its thread, what carries it, its signatures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crible.assess.relations import Change, Copy
from crible.model.signature import SignatureResult
from crible.sift.dossier import Dossier
from crible.sift.packing import unpack
from crible.store.models import Document, Relation, Signature
from crible.web.queries.names import Named, listed, named

MOST = 100
"""Copies or mails of a thread that are listed."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Other copies of the same message that differ from the one on show in the same places."""

    others: tuple[Named, ...]
    signed: bool
    """The first of them is unchanged as a whole since its sender's domain signed it."""
    domain: str
    changes: tuple[Change, ...]
    attachments: tuple[str, ...]
    only_added: bool
    same_text: bool


@dataclass(frozen=True, slots=True)
class Neighbours:
    """All of them."""

    copies: tuple[Named, ...]
    compared: tuple[Compared, ...]
    """Signed ones first."""
    thread: tuple[Named, ...]
    carriers: tuple[Named, ...]
    signatures: tuple[SignatureResult, ...]
    about: dict[str, Named]
    """Documents that the evidence refers to, by id."""


def neighbours(dossier: Dossier) -> Neighbours:
    """Seven statements, whatever there is."""
    compared = _compared(dossier)
    refs = {ref for one in dossier.weighed for ref in one.evidence.refs}
    about = named({*refs, *dossier.parents, *(other for _, other in compared)})
    return Neighbours(
        copies=_family(dossier),
        compared=tuple(_sides(compared, about)),
        thread=_thread(dossier),
        carriers=tuple(about[parent] for parent in dossier.parents if parent in about),
        signatures=signatures(dossier.pk),
        about=about,
    )


def signatures(pk: int) -> tuple[SignatureResult, ...]:
    """A mail's signatures and what came of each, top first."""
    rows = Signature.objects.filter(document=pk).order_by("scheme", "index").values_list("result", flat=True)
    return tuple(unpack(bytes(result), SignatureResult) for result in rows)


def _compared(dossier: Dossier) -> list[tuple[Copy, str]]:
    rows = Relation.objects.filter(document=dossier.pk, kind="copy").values_list("facts", "other__sha256")
    found = [(unpack(bytes(facts), Copy), bytes(other).hex()) for facts, other in rows]
    return sorted(found, key=lambda pair: (not pair[0].other.full, pair[1]))


def _sides(compared: Iterable[tuple[Copy, str]], about: dict[str, Named]) -> Iterator[Compared]:
    """Copies that differ in the same places stand together."""
    groups: dict[tuple[object, ...], list[tuple[Copy, Named]]] = {}
    for copy, other in compared:
        key = (copy.changes, copy.attachments_differ, copy.only_added, copy.same_text)
        groups.setdefault(key, []).append((copy, about[other]))
    for group in groups.values():
        first = group[0][0]
        yield Compared(
            tuple(other for _, other in group),
            first.other.full,
            first.other.domain,
            tuple(change for change in first.changes if change.kinds),
            first.attachments_differ,
            first.only_added,
            first.same_text,
        )


def _family(dossier: Dossier) -> tuple[Named, ...]:
    if dossier.grade is None:
        return ()
    documents = Document.objects.filter(weighing__family=dossier.family).order_by("path")
    return tuple(listed(documents[:MOST]))


def _thread(dossier: Dossier) -> tuple[Named, ...]:
    """Mails of the thread in order of their Date, one a message."""
    if not dossier.thread:
        return ()
    documents = Document.objects.filter(weighing__thread=dossier.thread).order_by("reading__date", "sha256")
    return _once(listed(documents[:MOST]), dossier.id)


def _once(mails: Iterable[Named], shown: str) -> tuple[Named, ...]:
    """One mail for each sender, subject and second: its copies are listed apart. The one on show stays."""
    kept: dict[tuple[str, str, int | None], Named] = {}
    for mail in mails:
        key = (mail.sender, mail.subject, mail.date)
        if key not in kept or mail.id == shown:
            kept[key] = mail
    return tuple(kept.values())
