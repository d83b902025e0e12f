"""How proof, or doubt, reaches a document from others: the edges that its evidence rests on, one hop each.

There is never a second hop: what speaks for a document is what another mail's own signatures prove of that mail, so
nothing is passed on from one to the next, and no two can hold each other up. Only bytes may lie deeper, in the parts
and archives of one mail; the way through them is shown.
"""

from dataclasses import dataclass

from crible.assess.covered import excerpt, moment
from crible.assess.relations import Standing
from crible.model.evidence import Param, Says, Span, Strength, Weighed
from crible.model.grade import Said
from crible.sift.dossier import Dossier
from crible.sift.packing import unpack
from crible.store.models import Document
from crible.store.models import Standing as Row

KINDS = {
    "mail.twins": "edge-twin",
    "mail.copies": "edge-copy",
    "mail.carried": "edge-carrier",
    "file.carried": "edge-carrier",
    "mail.quoted-in-reply": "edge-reply",
    "mail.forwarded": "edge-forward",
    "mail.quotes-original": "edge-original",
    "mail.near-copy": "edge-near",
    "mail.thread-neighbours": "edge-neighbour",
    "file.same-attachment": "edge-attachment",
    "corpus.near-version": "edge-version",
    "corpus.same-number": "edge-number",
}
"""By check, what the other document is to ours: keys of domain `edges`."""
OF_FILES = frozenset({"edge-attachment", "edge-version"})
MOST = 50
SPANS = 5


@dataclass(frozen=True, slots=True)
class Edge:
    """One hop."""

    kind: str
    """Key of domain `edges`."""
    weighed: Weighed
    """What it says of our document, and how strongly."""
    other: str
    """Id of the document it comes from."""
    path: str
    """Of that document."""
    way: tuple[str, ...]
    """Names from there down to ours, for the first of the mails that carry it."""
    details: tuple[Said, ...]
    """What its own signature says of the other, and what of ours it speaks of; keys of domain `edges`."""
    spans: tuple[Span, ...]

    def said(self) -> tuple[Said, ...]:
        """All that is told of the hop, the way through a mail's parts and the first bytes spoken of last."""
        way = (Said("edge-way", {"way": " / ".join(self.way)}),) if self.way else ()
        spans = (Said("edge-bytes", {"start": span.start, "end": span.end}) for span in self.spans[:SPANS])
        return (*self.details, *way, *spans)


def edges(dossier: Dossier) -> tuple[Edge, ...]:
    """The hops to a document, supports before questions, at most fifty. Two statements."""
    found = [(one, ref) for one in dossier.weighed if _counts(one) for ref in one.evidence.refs][:MOST]
    if not found:
        return ()
    ids = {bytes.fromhex(ref) for _, ref in found}
    documents = {bytes(row.sha256).hex(): row for row in Document.objects.filter(sha256__in=ids).only("sha256", "path")}
    keys = [row.pk for row in documents.values()]
    standings = {row.document_id: unpack(bytes(row.facts), Standing) for row in Row.objects.filter(document__in=keys)}
    return tuple(
        _edge(one, ref, documents[ref], standings.get(documents[ref].pk))
        for one, ref in sorted(found, key=lambda pair: pair[0].evidence.says is not Says.SUPPORTS)
        if ref in documents and not (KINDS[one.check] in OF_FILES and _carried(ref, one, documents, standings))
    )


def _carried(ref: str, one: Weighed, documents: dict[str, Document], standings: dict[int, Standing]) -> bool:
    """A file that is named beside the signed mail that carries it: the mail is the hop."""
    signed = {other for other in one.evidence.refs if other in documents and documents[other].pk in standings}
    return bool(signed) and ref not in signed


def _counts(one: Weighed) -> bool:
    return (
        one.check in KINDS
        and one.evidence.says in (Says.SUPPORTS, Says.QUESTIONS)
        and one.strength is not Strength.NONE
    )


def _edge(one: Weighed, ref: str, document: Document, standing: Standing | None) -> Edge:
    kind, evidence = KINDS[one.check], one.evidence
    way = evidence.where.split(" / ") if kind == "edge-carrier" and evidence.where and ref == evidence.refs[0] else ()
    outside = evidence.message == "version-differs-reference"
    details = (Said("edge-outside") if outside else _signed(standing), *_spoken_of(one))
    return Edge(kind, one, ref, document.path, tuple(way), details, evidence.spans)


def _signed(standing: Standing | None) -> Said:
    if standing is None or not (standing.full or standing.part):
        return Said("edge-unsigned")
    params: dict[str, Param] = {"domain": excerpt(standing.domain), "when": moment(standing.signed_at)}
    if standing.full:
        return Said("edge-signed", params)
    return Said("edge-handled" if standing.whole else "edge-signed-start", params)


def _spoken_of(one: Weighed) -> list[Said]:
    """Words and places of ours in a quote."""
    params = one.evidence.params
    if one.evidence.says is not Says.SUPPORTS or not params.get("of"):
        return []
    passages = params.get("passages", 0)
    return [
        Said("edge-words", {"count": params["count"], "of": params["of"]}),
        Said("edge-passages", {"count": passages}) if passages else Said("edge-rewrapped"),
    ]
