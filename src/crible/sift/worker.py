"""What runs inside the sandbox: opens untrusted documents and says what is in them. Sees no key, corpus or database."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from crible import extract
from crible.assess import run
from crible.extract import unlock
from crible.extract.inside import members
from crible.extract.mail.detect import looks_like_mail
from crible.extract.mail.fields import Header, split_header
from crible.extract.mail.quoting import unquote, unquotings
from crible.extract.mail.read import children, read
from crible.extract.readers import read_file
from crible.extract.sniff import sniff
from crible.extract.sorting import sorted_
from crible.index.sketch import sketch_of
from crible.intake import walk, warm
from crible.intake.budget import Budget
from crible.intake.detect import detect
from crible.model.entry import Closed, Entry, Slice
from crible.model.errors import Unreadable
from crible.model.facts import Reading
from crible.model.ledger import Reason, State
from crible.model.signature import Scheme, SignatureFacts
from crible.proof import arc, dkim
from crible.proof.enclosed.examine import examine as examine_inside
from crible.sandbox.window import Window
from crible.sift.mending import mended
from crible.sift.wire import Covered, Cross, Job, Mended, Outcome, Request, decode_request, encode

Emit = Callable[[bytes], None]

FIELDS = {Scheme.DKIM: "dkim-signature", Scheme.TRANSIT: "x-google-dkim-signature"}
ZIP = "application/zip"
MAIL_CAP = 512 << 20
"""Bytes of one mail that are parsed; a larger one is a row with a reason."""
SLICES_A_FRAME = 200


def prepare() -> None:
    """Load what would open files later, before the walls go up."""
    warm.warm_up()
    unlock.warm_up()
    extract.prepare()
    run.prepare()


def handle(request: bytes, descriptors: Sequence[int], emit: Emit) -> bytes:
    """Work through one request. Each job's findings go out as they come; the reply is the last outcome."""
    asked: Request = decode_request(request)
    if asked.crosses:
        return encode(Covered(tuple(_covered(cross, descriptors) for cross in asked.crosses)))
    if asked.mends:
        return encode(Mended(tuple(mended(mend, descriptors) for mend in asked.mends)))
    for job in asked.jobs[:-1]:
        emit(encode(_outcome(job, descriptors, asked.budget, emit)))
    return encode(_outcome(asked.jobs[-1], descriptors, asked.budget, emit))


def _outcome(job: Job, descriptors: Sequence[int], budget: Budget, emit: Emit) -> Outcome:
    window = Window(descriptors[job.blob], job.offset, job.length)
    try:
        if job.mail:
            return _mail(job, window, emit)
        head = window.read(0, 4096)
        if not head:
            raise Unreadable("empty", State.IGNORED)
        kind = detect(head, window.read(max(0, window.length - 1024), 1024), job.name, window)
        if kind:
            return Outcome(job.document, State.READ, container=kind, closed=_walked(kind, job, window, budget, emit))
        if looks_like_mail(head):
            return _mail(job, window, emit)
        return _file(job, window, budget, emit)
    except Unreadable as error:
        return Outcome(job.document, error.state, error.reason)


def _walked(kind: str, job: Job, window: Window, budget: Budget, emit: Emit) -> Closed:
    return _send(walk.walk(kind, window, job.name, budget, job.resume), emit, quoted=kind == "mbox")


def _file(job: Job, window: Window, budget: Budget, emit: Emit) -> Outcome:
    """A file's text and facts, and whatever files it holds."""
    mime = sniff(window, job.name)
    if mime == ZIP:  # dressed as a document, with no part to read: what it holds must not be left unread for that
        return Outcome(job.document, State.READ, container="zip", closed=_walked("zip", job, window, budget, emit))
    try:
        reading = read_file(window, mime, job.name, job.attempt)
    except Unreadable as error:
        if error.state is not State.ENCRYPTED:
            raise
        closed = _send(unlock.unlock(window, mime, job.name, budget), emit, quoted=False)
        return Outcome(job.document, State.READ, container="locked", closed=closed)
    reading = sorted_(reading)
    outcome = _weighed(job, reading)
    closed = _send(members(window, reading, budget), emit, quoted=False)
    return replace(outcome, container="file", closed=closed) if closed.listed else outcome


def _mail(job: Job, window: Window, emit: Emit) -> Outcome:
    if window.length > MAIL_CAP:
        raise Unreadable("budget", which="mail", limit=MAIL_CAP)
    data = window.read()
    head = split_header(data)
    how, signatures = _signatures(head, data[head.body_start :], quoted=job.quoted)
    chain = arc.examine(head)
    reading = read(data, how=how, head=head, signatures=(*signatures, *chain.seals), arc=chain.sets)
    if reading.mail is None:
        raise Unreadable("corrupt", reader="mail", detail="")
    if inside := examine_inside(data, reading):
        reading = replace(reading, mail=replace(reading.mail, enclosed=inside))
    reading = sorted_(reading)
    closed = _send(children(data, reading, how), emit, quoted=job.quoted)
    return _weighed(job, reading, "mail" if closed.listed else "", closed)


def _signatures(head: Header, body: bytes, *, quoted: bool) -> tuple[str, tuple[SignatureFacts, ...]]:
    """The way of unquoting whose body the signatures agree with, else the preferred one, and the signatures' facts."""
    first: tuple[str, tuple[SignatureFacts, ...]] | None = None
    for how in unquotings(body, quoted):
        facts = dkim.examine(head, unquote(body, how))
        if any(fact.body_hash and fact.body_hash == fact.body_digest for fact in facts):
            return how, facts
        first = first or (how, facts)
    return first or ("", ())


def _weighed(job: Job, reading: Reading, container: str = "", closed: Closed | None = None) -> Outcome:
    weighed, silent = run.weigh_local(reading)
    return Outcome(
        job.document,
        State.READ,
        container=container,
        closed=closed,
        reading=reading,
        weighed=tuple(weighed),
        silent=tuple(silent),
        sketch=sketch_of(reading),
    )


def _send(entries: Iterator[Entry], emit: Emit, *, quoted: bool) -> Closed:
    """Pass a walker's entries on, slices in batches; its account comes back."""
    slices: list[Slice] = []
    for entry in entries:
        if isinstance(entry, Slice):
            slices.append(replace(entry, quoted=True) if quoted else entry)
            if len(slices) < SLICES_A_FRAME:
                continue
        if slices:
            emit(encode(tuple(slices)))
            slices = []
        if isinstance(entry, Closed):
            return entry
        if not isinstance(entry, Slice):
            emit(encode(entry))
    return Closed(0, remainder=Reason("corrupt", {"reader": "walker", "detail": ""}))


def _covered(cross: Cross, descriptors: Sequence[int]) -> bool:
    """Whether some reading of our stored bytes gives the digests that the other's signature covers."""
    other = Window(descriptors[1], *cross.other).read()
    ours = Window(descriptors[0], *cross.ours).read()
    header = split_header(ours)
    body = ours[header.body_start :]
    fields = split_header(other).all(FIELDS[cross.signature.scheme])
    if cross.signature.index >= len(fields):
        return False
    field = fields[cross.signature.index]
    target = (cross.signature.header_digest, cross.signature.body_hash)
    return any(
        dkim.cover(cross.signature, field, header, unquote(body, how)) == target
        for how in unquotings(body, cross.ours_quoted)
    )
