"""Writes findings to the case in transactions of at most 1,000 rows: output, members and final state together."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import msgspec
from django.db import transaction
from django.db.models import Max

from crible.assess.papers import numbered
from crible.index.sketch import SIZE
from crible.model.entry import Resume
from crible.model.facts import Reading as Facts
from crible.model.ledger import Isolation, Reason, State
from crible.model.signature import SignatureResult
from crible.proof.dkim import judge
from crible.proof.keyring import KeyRing
from crible.sift.budgets import DEPTH
from crible.sift.gather import Finding, Member
from crible.sift.packing import pack, pack_local, pack_reading
from crible.sift.rebuilt import believed
from crible.sift.stand import stood
from crible.sift.wire import Outcome
from crible.store import bulk
from crible.store.bulk import Fresh
from crible.store.models import Blob, Document, Entry, Examination, Reading, Signature, Source

READ_VERSION = 6
"""Raised when readers find more or other facts than before."""
MOVED = "%2F"
"""Ends the path of a container's members where that path is taken. No cleaned name of an archive ends so."""


@dataclass
class Rows:
    """Rows of one transaction."""

    entries: list[Fresh] = field(default_factory=list)
    readings: list[Fresh] = field(default_factory=list)
    signatures: list[Fresh] = field(default_factory=list)
    standings: list[Fresh] = field(default_factory=list)
    examinations: list[Fresh] = field(default_factory=list)

    def write(self) -> None:
        """Insert them all."""
        for rows in (self.entries, self.readings, self.signatures, self.standings, self.examinations):
            bulk.insert(rows)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a member was listed."""

    parent: Document | None
    source: Source | None
    path: str
    """Of what lists it, with what `moved` adds."""
    depth: int

    def path_of(self, member: Member) -> str:
        """The member's path; a source that is a single file has no name below itself."""
        return f"{self.path}/{member.name}" if member.name else self.path

    def slices(self, member: Member) -> Document | None:
        """The document whose bytes hold the member's, where they do."""
        return self.parent if member.sliced else None


class Committer:
    """The only writer of a case. Hands out primary keys itself: rows refer to each other before they exist."""

    def __init__(self, ring: KeyRing, isolation: Isolation, depth: int = DEPTH) -> None:
        self.ring = ring
        self.isolation = isolation
        self.depth = depth
        self.moved: frozenset[int] = frozenset()
        """Documents of the level at work below whose path others lie; see `sift.levels.taken_paths`."""
        self._document = Document.objects.aggregate(Max("pk"))["pk__max"] or 0
        self._blob = Blob.objects.aggregate(Max("pk"))["pk__max"] or 0

    def commit(self, findings: Sequence[Finding], documents: dict[int, Document]) -> None:
        """Write findings; `documents` holds the row of each finding's job."""
        rows = Rows()
        with transaction.atomic(using=Document.objects.db):
            rows.entries = self.enter([self._placed(f, documents[f.job.document]) for f in findings if f.members])
            for finding in findings:
                if finding.outcome is not None and finding.outcome.reading is not None:
                    self._read(rows, finding.outcome, believed(finding.job.document, finding.outcome.reading))
            rows.write()
            self._states([(documents[finding.job.document], finding) for finding in findings])

    def enter(self, listed: Sequence[tuple[Place, Sequence[Member]]]) -> list[Fresh]:
        """Unwritten entries for members listed at places; their documents are made or found."""
        known = self._documents([(place, member) for place, members in listed for member in members if member.readable])
        return [
            Fresh(
                Entry,
                parent_id=place.parent.pk if place.parent else None,
                source_id=place.source.pk if place.source else None,
                ordinal=member.ordinal,
                name=member.name,
                raw_name=member.raw_name,
                path=place.path_of(member),
                depth=place.depth,
                document_id=known[member.sha256 or b""] if member.readable else None,
                state=member.state or "",
                reason=_json(member.reason),
                offset=member.offset,
                length=member.length,
                declared=member.declared,
                instants=msgspec.to_builtins(member.instants),
            )
            for place, members in listed
            for member in members
        ]

    def blob(self, sha256: bytes, size: int, origin: str = "") -> int:
        """The row of a blob that is already in place."""
        found = Blob.objects.filter(sha256=sha256).values_list("pk", flat=True).first()
        if found is not None:
            return found
        self._blob += 1
        Blob.objects.create(pk=self._blob, sha256=sha256, size=size, origin=origin)
        return self._blob

    def _placed(self, finding: Finding, parent: Document) -> tuple[Place, list[Member]]:
        """Where the finding's members lie, and those not yet committed; below the depth cap they are refused."""
        path = parent.path + MOVED if parent.pk in self.moved else parent.path
        place = Place(parent, None, path, parent.depth + 1)
        start = parent.checkpoint[0] if parent.checkpoint else 0
        # A document that is read again (newer readers) lists the same members: those keep their entries.
        kept = set(parent.members.values_list("ordinal", flat=True)) if parent.listed is not None else set()
        members = [member for member in finding.members if member.ordinal >= start and member.ordinal not in kept]
        if place.depth < self.depth:
            return place, members
        reason = Reason("budget", {"which": "depth", "limit": self.depth})
        return place, [Member(m.ordinal, m.name, m.raw_name, state=State.UNREADABLE, reason=reason) for m in members]

    def _documents(self, listed: Sequence[tuple[Place, Member]]) -> dict[bytes, int]:
        """Document of each hash, made where there is none."""
        wanted: dict[bytes, tuple[Place, Member]] = {}
        for place, member in listed:
            # Place and member stay together: a slice's offset counts from the parent that lists it.
            first, met = wanted.setdefault(member.sha256 or b"", (place, member))
            wanted[member.sha256 or b""] = (first, _both(met, member))
        if not wanted:
            return {}
        found = {bytes(d.sha256): d for d in Document.objects.filter(sha256__in=list(wanted))}
        known = {sha256: document.pk for sha256, document in found.items()}
        fresh = [(place, member) for sha256, (place, member) in wanted.items() if sha256 not in known]
        blobs = self._blobs([member for place, member in fresh if not place.slices(member)])
        new = []
        for place, member in fresh:
            self._document += 1
            known[member.sha256 or b""] = self._document
            new.append(self._made(place, member, blobs))
        bulk.insert(new)
        self._vouch([(found[s], *met) for s, met in wanted.items() if s in found and met[1].mail])
        return known

    def _made(self, place: Place, member: Member, blobs: dict[bytes, int]) -> Fresh:
        parent = place.slices(member)
        return Fresh(
            Document,
            id=self._document,
            sha256=member.sha256,
            size=member.size,
            blob_id=parent.blob_id if parent else blobs[member.sha256 or b""],
            offset=parent.offset + member.offset if parent else 0,
            depth=place.depth,
            path=place.path_of(member),
            mail=member.mail,
            quoted=member.quoted,
        )

    def _blobs(self, members: Sequence[Member]) -> dict[bytes, int]:
        whole = {member.sha256 or b"": member for member in members}
        known = {bytes(b.sha256): b.pk for b in Blob.objects.filter(sha256__in=list(whole))} if whole else {}
        new = []
        for sha256, member in whole.items():
            if sha256 not in known:
                self._blob += 1
                known[sha256] = self._blob
                new.append(Blob(pk=self._blob, sha256=sha256, size=member.size))
        bulk.insert(new)
        return known

    def _vouch(self, met: Sequence[tuple[Document, Place, Member]]) -> None:
        """A container vouches that bytes met before are a mail.

        Where they wait on the level now being listed, that counts at once. Otherwise they may have been read, be on
        their way, or wait: all are treated alike at the end of the level, so that timing never decides.
        """
        waits = {d.pk for d, place, _ in met if d.state == State.TODO and d.depth == place.depth}
        documents = Document.objects
        if quoted := [d.pk for d, _, m in met if m.quoted and not d.quoted and d.pk in waits]:
            documents.filter(pk__in=quoted).update(quoted=True)
        if now := [d.pk for d, _, _ in met if not d.mail and d.pk in waits]:
            documents.filter(pk__in=now).update(mail=True)
        if late := [d.pk for d, _, _ in met if not d.mail and not d.vouched and d.pk not in waits]:
            documents.filter(pk__in=late).update(vouched=True)

    def _read(self, rows: Rows, outcome: Outcome, facts: Facts) -> None:
        results = (
            tuple(judge(s, self.ring.find(s.domain, s.selector)) for s in facts.mail.signatures) if facts.mail else ()
        )
        rows.readings.append(_reading(outcome, facts))
        rows.examinations += _wanted(outcome.document, facts)
        rows.signatures += [_signature(outcome.document, result) for result in results]
        rows.standings += stood(outcome.document, facts, results)

    def _states(self, ended: Sequence[tuple[Document, Finding]]) -> None:
        plain: dict[State, list[int]] = {}
        changed = []
        for document, finding in ended:
            outcome = finding.outcome
            if outcome is not None and outcome.reason is None and not outcome.container:
                plain.setdefault(outcome.state, []).append(document.pk)
                continue
            _account(document, finding)
            document.isolation = self.isolation
            changed.append(document)
        for state, keys in plain.items():
            Document.objects.filter(pk__in=keys).update(state=state, isolation=self.isolation)
        fields = ["state", "reason", "container", "listed", "framing", "remainder", "remainder_bytes", "checkpoint"]
        bulk.update(changed, [*fields, "isolation"])


def _account(document: Document, finding: Finding) -> None:
    outcome = finding.outcome
    if outcome is None:
        last = finding.members[-1]
        sliced = sum(member.length for member in finding.members if member.sliced)
        before = Resume(*document.checkpoint).sliced if document.checkpoint else 0
        end = last.offset + last.length if last.sliced else 0
        document.checkpoint = Resume(last.ordinal + 1, end, before + sliced)
        return
    entered = finding.members[-1].ordinal + 1 if finding.members else (document.checkpoint or [0])[0]
    document.state = outcome.state
    document.reason = _json(outcome.reason)
    document.container = outcome.container
    document.checkpoint = None
    if outcome.closed is not None:
        document.listed = outcome.closed.listed
        document.framing = outcome.closed.framing
        document.remainder = _json(outcome.closed.remainder)
        document.remainder_bytes = outcome.closed.remainder_bytes
    elif entered:  # it broke off in the middle: what it listed stays listed, and the account says "at least"
        document.listed = max(entered, document.listed or 0)
        document.remainder = document.reason


def _both(one: Member, other: Member) -> Member:
    """The same bytes listed twice at once: what either container vouches for holds."""
    if (other.mail and not one.mail) or (other.quoted and not one.quoted):
        return replace(one, mail=one.mail or other.mail, quoted=one.quoted or other.quoted)
    return one


def _wanted(document: int, facts: Facts) -> list[Fresh]:
    """Rows of the examinations that a file's reader asks for."""
    if facts.file is None:
        return []
    # A PDF's page that has text and is only compared with its picture is not unread; a photograph is one page.
    pages = max(0 if facts.file.pdf else 1, len(facts.file.pages_without_text))
    return [Fresh(Examination, document_id=document, kind=kind, pages=pages) for kind in facts.file.wants]


def _reading(outcome: Outcome, facts: Facts) -> Fresh:
    # Packed anew, never as it came: what the model does not know would be kept with it, and could be nested to the very
    # depth that is still decoded here and no longer from deeper down, where it is unpacked for weighing.
    packed, text = pack_reading(facts)
    mail = facts.mail
    sender = mail.senders[0].address if mail and mail.senders else ""
    return Fresh(
        Reading,
        document_id=outcome.document,
        version=READ_VERSION,
        kind="mail" if mail else "file",
        mime=facts.mime[:255],
        language=facts.language,
        wire=facts.wire,
        message_id=mail.message_id if mail else "",
        in_reply_to=mail.in_reply_to if mail else "",
        sender=sender,
        sender_domain=sender.rpartition("@")[2][:255],
        subject=mail.subject if mail else (facts.file.title if facts.file else ""),
        date=facts.seconds,
        facts=packed,
        text=text,
        characters=len(facts.text),
        local=pack_local(outcome.weighed, outcome.silent),
        sketch=outcome.sketch[:SIZE],
        paper=numbered(facts.sorting.finance if facts.sorting else None),
    )


def _signature(document: int, result: SignatureResult) -> Fresh:
    facts = result.facts
    return Fresh(
        Signature,
        document_id=document,
        scheme=facts.scheme,
        index=facts.index,
        domain=facts.domain[:255],
        selector=facts.selector[:255],
        algorithm=facts.algorithm[:32],
        signature=facts.signature,
        header_digest=facts.header_digest,
        body_digest=facts.body_digest,
        body_hash=facts.body_hash,
        length=facts.length if facts.length is None or facts.length < 1 << 63 else None,
        result=pack(result),
        word=result.word,
    )


def _json(reason: Reason | None) -> dict[str, object] | None:
    return None if reason is None else {"code": reason.code, "params": reason.params}
